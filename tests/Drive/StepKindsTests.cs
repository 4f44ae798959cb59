using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;
using FvSolver.Tests.Assembly;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>What a mesh is chosen for: the extremes of what is done to the gate, the fullest channel, the thinnest layer.</summary>
public class StepKindsTests
{
    private static readonly Device s_device = new DeviceOptions().Device();

    private static PulseTrain Train(double[] amplitudes, double width, int count, double rest = 1) =>
        new() { Amplitudes = amplitudes, Widths = [width], Count = count, Rest = rest };

    private static double Voltage(double field) => s_device.Gate.RestVoltage + field * s_device.Psg.Thickness;

    private static double Thermal => Constants.ThermalVoltage(s_device.Heat.AmbientTemperature);

    private static double Debye => Math.Sqrt(s_device.Psg.RelativePermittivity * Constants.VacuumPermittivity * Thermal
        / (Constants.ElementaryCharge * s_device.Psg.FixedChargeDensity));

    private static double Layer(params ProtocolStep[] steps) => StepKinds.Of(s_device, steps).ThinnestLayer;

    // Layers stand on a ladder of steps of 1.2, the one below.
    private static void IsRungBelow(double layer, double rung)
    {
        Assert.InRange(rung, layer / 1.2 * (1 - 1e-9), layer * (1 + 1e-9));
        double place = Math.Log(rung / 1e-12) / Math.Log(1.2);
        Assert.Equal(Math.Round(place), place, 1e-9);
    }

    [Fact]
    public void Of_pulses_the_weakest_and_strongest_and_the_shortest_and_longest_of_each_sign_stand_for_all()
    {
        PulseTrain first = Train([9, -6, 3, 6], 5e-9, 40), second = Train([4], 20e-9, 10), third = Train([5], 1e-9, 1);
        StepKinds kinds = StepKinds.Of(s_device, [first, new Rest(1), new Repeat(3, [second, third])]);
        Assert.Equal([first, second, third], kinds.All);
        Assert.Equal([(-6, 5e-9), (3, 5e-9), (4, 20e-9), (5, 1e-9), (9, 5e-9)],
            kinds.Steps.Cast<PulseTrain>().Select(p => (p.Amplitudes[0], p.Widths[0])).Order());
        Assert.All(kinds.Steps.Cast<PulseTrain>(), p => Assert.Equal((1, 1, 1), (p.Count, p.Amplitudes.Count, p.Widths.Count)));
    }

    [Fact]
    public void Pulses_beyond_the_end_of_a_train_do_not_count_and_those_alike_count_once()
    {
        Assert.Equal([9], StepKinds.Of(s_device, [Train([9, 10], 5e-9, 1)]).Steps.Cast<PulseTrain>().Select(p => p.Amplitudes[0]));
        Assert.Single(StepKinds.Of(s_device, [Train([9], 5e-9, 5), Train([9], 5e-9, 7)]).Steps);
        Assert.Equal(2, StepKinds.Of(s_device, [Train([9], 5e-9, 5), Train([9], 5e-9, 7), Train([9.5], 5e-9, 1)]).Steps.Count);
    }

    [Fact]
    public void Of_other_steps_the_four_in_the_strongest_fields_are_taken()
    {
        ProtocolStep[] steps =
        [
            new Hold(2, 1), new Hold(-5, 1), new Hold(4, 1), new VoltageTable([0, 1], [0.5, 6]), new DrainBias(0.1, 1), new Hold(3, 1),
            new Hold(-5, 1),
        ];
        Assert.Equal([steps[1], steps[3], steps[2], steps[5]], StepKinds.Of(s_device, steps).Steps);
        // A table counts by its strongest piece.
        ProtocolStep[] tables =
            [.. new[] { 7.0, 6, 5, 4 }.Select(v => new VoltageTable([0, 1, 2, 3], [0.75, v, 0.75, 0.75])), new Hold(3, 1)];
        Assert.Equal(tables[..4], StepKinds.Of(s_device, tables.Reverse()).Steps);
    }

    [Fact]
    public void The_fullest_channel_is_the_largest_sum_along_the_protocol()
    {
        PulseTrain up = Train([9], 5e-9, 100), down = Train([-6], 5e-9, 300), weak = Train([2], 5e-9, 50);
        var hold = new Hold(-1, 1);
        StepKinds kinds = StepKinds.Of(s_device, [weak, down, up, hold, up]);
        double Added(int k) => kinds.Steps[k] switch
        {
            PulseTrain p when p.Amplitudes[0] == 9 => 0.03,
            PulseTrain p when p.Amplitudes[0] == 2 => 0.01,
            PulseTrain => -0.02,
            _ => -0.5,
        };
        // Weak pulses are taken for as strong as the strongest of their sign: 50 * 0.03 - 300 * 0.02 + 100 * 0.03 - 0.5 + 100 * 0.03.
        Assert.Equal(1.5, kinds.Fullest(Added), 1e-12);
        Assert.Equal(5.5, (kinds with { All = [up, hold, up] }).Fullest(Added), 1e-12);
        Assert.Equal(0, (kinds with { All = [down, hold] }).Fullest(Added));
    }

    [Fact]
    public void Without_a_drive_the_thinnest_layer_is_the_Debye_length()
    {
        IsRungBelow(Debye, Layer());
        IsRungBelow(Debye, Layer(new DrainBias(0.1, 1)));
        IsRungBelow(Debye, Layer(new Hold(s_device.Gate.RestVoltage, 1)));
    }

    [Fact]
    public void A_field_holds_protons_within_kT_over_qE()
    {
        const double Field = 8e8;
        double layer = Thermal / Field, voltage = Voltage(Field);
        Assert.True(layer < Debye);
        IsRungBelow(layer, Layer(new Hold(voltage, 1)));
        Assert.Equal(Layer(new Hold(voltage, 1)), Layer(new Hold(Voltage(-Field), 1)));
        Assert.Equal(Layer(new Hold(voltage, 1)), Layer(Train([1, voltage], 1, 2)));
        Assert.Equal(Layer(new Hold(voltage, 1)), Layer(new VoltageTable([0, 1, 2], [1, voltage, 1])));
        Assert.Equal(Layer(new Hold(voltage, 1)), Layer(new VoltageTable([0, 1, 2], [voltage, 1, 1])));
        double current = BulkCurrent.Density(s_device, HopLaw.Sinh, Field, s_device.Heat.AmbientTemperature) * s_device.Geometry.Area;
        foreach (double sign in new[] { 1, -1 })
            IsRungBelow(layer, 1.0001 * Layer(new CurrentPulse(sign * current * 1.001, 1)) / 1.0001);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e24)]
    public void In_a_short_time_protons_move_as_far_as_they_diffuse_at_the_field_until_a_trap_takes_them(double traps)
    {
        const double Field = 1e8, Time = 1e-7;
        Device device = s_device with
        {
            Psg = s_device.Psg with { TrapDensity = traps, CaptureCoefficient = 1e-16 },
        };
        double free = traps > 0 ? Math.Min(Time, 1 / (traps * 1e-16)) : Time;
        double diffusivity = BulkCurrent.Density(device, HopLaw.Sinh, Field, device.Heat.AmbientTemperature) * Thermal
            / (Constants.ElementaryCharge * device.Psg.FixedChargeDensity * Field);
        double reach = Math.Sqrt(diffusivity * free);
        Assert.InRange(reach, 1e-12, Math.Min(Debye, Thermal / Field));
        IsRungBelow(reach, StepKinds.Of(device, [Train([Voltage(Field)], Time, 1)]).ThinnestLayer);
        IsRungBelow(reach, StepKinds.Of(device, [new Hold(Voltage(Field), 0, Time)]).ThinnestLayer);
        IsRungBelow(reach, StepKinds.Of(device, [new VoltageTable([0, Time], [Voltage(Field), Voltage(Field)])]).ThinnestLayer);
    }
}
