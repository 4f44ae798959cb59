using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Model;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Validation.Twin;
using Xunit;

namespace FvSolver.Tests.Compact;

public class CompactModelTests
{
    private static readonly Device Device = ReferenceSets.Frozen;
    private static readonly CompactParameters Parameters = CompactParameters.FromDevice(Device);

    private static CompactRun NewRun(double tolerance = 1e-6, double temperature = 300, CompactParameters? parameters = null) =>
        new(new CompactModel(parameters ?? Parameters, temperature), CompactGeometry.Of(Device), tolerance);

    private static PulseTrain Train(double amplitude, double width, int count, double rest = 1) =>
        new() { Amplitudes = [amplitude], Widths = [width], Count = count, Rest = rest };

    [Fact]
    public void At_rest_nothing_moves()
    {
        CompactRun run = NewRun();
        run.Run([new Rest(1e4)]);
        Assert.Equal(default, run.State);
        Assert.Equal(0.75, run.GateVoltage);
        Assert.Equal(88e6, 1 / run.Conductance, 1);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(20)]
    public void Equilibrium_at_any_composition_stays_and_its_gate_voltage_is_that_of_Nernst(double composition)
    {
        var model = new CompactModel(Parameters);
        CompactState state = model.Equilibrium(composition);
        Assert.Equal(0.75 + model.ThermalVoltage * Math.Log(composition), model.GateVoltage(state), 1e-9);
        CompactRun run = NewRun();
        run.State = state;
        run.Run([new Rest(100)]);
        Assert.Equal(state.Inserted, run.State.Inserted, Math.Abs(state.Inserted) * 1e-9);
        Assert.Equal(composition, model.Composition(run.State), 1e-8 * composition);
    }

    [Fact]
    public void Pulse_conserves_protons_with_the_gate_open_and_charges_the_gate_with_what_passed()
    {
        CompactRun run = NewRun();
        var model = new CompactModel(Parameters);
        CompactPulse pulse = run.Run([Train(10, 5e-9, 1)])[0];
        Assert.Equal(pulse.Protons, run.State.Stored * run.Area / Constants.ElementaryCharge, 1e-9);
        Assert.Equal(model.RestVoltage + model.ThermalVoltage * Math.Log(pulse.Composition), pulse.GateVoltage, 1e-6);
    }

    [Fact]
    public void Derivatives_agree_with_differences()
    {
        var model = new CompactModel(Parameters with { DiluteSpecies = 1.5, InteractionPotential = 1e-3 }, 310);
        foreach (double[] state in (double[][])[[3e-2, -1e-4, 2e-4, 1e-4, 1e-5, 1e-3, 1e-3], [-3e-2, 1e-4, 5e-3, 1e-3, 1e-3, 0.02, 0.05],
            [2e-6, 1e-6, -1e-3, -1e-4, -1e-5, -5e-4, -1e-3]])
        {
            double[] at = new double[9 * 8], above = new double[9], below = new double[9];
            model.Evaluate(state, at, derivatives: true);
            for (int k = 0; k < 7; k++)
            {
                double h = 1e-6 * Math.Abs(state[k]);
                double[] moved = [.. state];
                moved[k] = state[k] + h;
                model.Evaluate(moved, above, derivatives: false);
                moved[k] = state[k] - h;
                model.Evaluate(moved, below, derivatives: false);
                for (int i = 0; i < 9; i++)
                {
                    double difference = (above[i] - below[i]) / (2 * h), rounding = 1e-14 * Math.Abs(at[i]) / h;
                    Assert.InRange(Math.Abs(at[9 + 7 * i + k] - difference), 0, 1e-5 * Math.Abs(difference) + 30 * rounding);
                }
            }
        }
    }

    [Fact]
    public void Integrator_has_its_order_and_meets_its_tolerance()
    {
        double Read(double tolerance, out int steps)
        {
            CompactRun run = NewRun(tolerance);
            run.Run([Train(10, 20e-9, 2, 1e-4), Train(-8.5, 20e-9, 2, 1e-4)]);
            steps = run.Steps;
            return run.State.Stored;
        }
        double exact = Read(1e-10, out _);
        double coarse = Math.Abs(Read(1e-5, out int few) - exact), fine = Math.Abs(Read(1e-8, out int many) - exact);
        // Error over steps: third order.
        double order = Math.Log(coarse / fine) / Math.Log((double)many / few);
        Assert.InRange(order, 2.5, 4);
        Assert.InRange(fine / Math.Abs(exact), 0, 1e-4);
    }

    /// <summary>
    /// Figures of the full 1-D model with the default parameters (reference solver), which the compact model meets
    /// without any fit.
    /// </summary>
    [Theory]
    [InlineData(10, 10, 5e-9, 9.4716e14, 7.679e13, 1.18126e15, 0.750396)]
    [InlineData(10, -8.5, 5e-9, -9.4811e14, -7.6878e13, -1.18452e15, 0.749597)]
    [InlineData(5, 5, 20e-9, 2.38522e15, 1.93356e14, 2.97092e15, 0.750986)]
    public void Single_pulse_meets_the_full_model_within_5_percent_without_a_fit(
        double thickness, double amplitude, double width, double channel, double coverage, double given, double gate)
    {
        Device device = Device with { Psg = Device.Psg with { Thickness = thickness * 1e-9 } };
        var model = new CompactModel(CompactParameters.FromDevice(device));
        CompactRun run = CompactRun.Of(model, device);
        run.Run([Train(amplitude, width, 1)]);
        double q = Constants.ElementaryCharge, inChannel = model.Parameters.ChannelCharge * (model.Composition(run.State) - 1) / q;
        Assert.Equal(1, inChannel / channel, 0.05);
        Assert.Equal(1, (run.State.Inserted / q - inChannel) / coverage, 0.05);
        Assert.Equal(1, run.State.Stored / q / given, 0.05);
        Assert.Equal(gate - 0.75, run.GateVoltage - 0.75, 0.05 * Math.Abs(gate - 0.75));
    }

    [Fact]
    public void Thousand_pulses_up_and_down_meet_the_full_model_within_2_5_percent_without_a_fit()
    {
        CompactRun run = NewRun(1e-5);
        var model = new CompactModel(Parameters);
        IReadOnlyList<CompactPulse> up = run.Run([Train(10, 5e-9, 1000)]);
        double q = Constants.ElementaryCharge;
        double Channel() => Parameters.ChannelCharge * (model.Composition(run.State) - 1) / q;
        Assert.Equal(1, Channel() / 1.1341e18, 0.02);
        Assert.Equal(1, run.State.Stored / q / 1.2570e18, 0.02);
        Assert.Equal(0.82692, run.GateVoltage, 1e-3);
        Assert.InRange(up.Average(p => p.Protons), 8, 11);
        Assert.InRange(up.Average(p => p.ProtonEnergy), 13e-18, 18e-18);
        Assert.InRange(up[0].CapacitiveEnergy, 2.4e-15, 2.7e-15);
        double growth = (up[^1].Conductance - up[^2].Conductance) / (up[0].Conductance - 1 / 88e6);
        Assert.InRange(growth, 1.2, 1.45);
        run.Run([Train(-8.5, 5e-9, 1000)]);
        Assert.InRange(Math.Abs(Channel()) / 1.1341e18, 0, 0.025);
    }

    [Fact]
    public void Twenty_up_and_twenty_down_return_the_charge_within_1_percent()
    {
        CompactRun run = NewRun();
        run.Run([Train(10, 5e-9, 20)]);
        double up = run.State.Stored;
        run.Run([Train(-8.5, 5e-9, 20)]);
        Assert.InRange(Math.Abs(run.State.Stored) / up, 0, 0.01);
    }

    [Fact]
    public void Conductance_and_protons_scale_with_the_device()
    {
        CompactRun small = NewRun(), large = new(new CompactModel(Parameters), new CompactGeometry(1000e-9, 750e-9, 1.1e-9, 0));
        CompactPulse a = small.Run([Train(10, 5e-9, 1)])[0], b = large.Run([Train(10, 5e-9, 1)])[0];
        Assert.Equal(100, b.Protons / a.Protons, 1e-6);
        Assert.Equal(2.25, b.Conductance / a.Conductance, 1e-9);
    }

    [Fact]
    public void Higher_temperature_speeds_the_film_by_its_activation_energy_less_what_the_field_gains()
    {
        double Protons(double temperature) => NewRun(temperature: temperature).Run([Train(10, 5e-9, 1)])[0].Protons;
        double ratio = Math.Log(Protons(310) / Protons(300));
        double inverse = 1 / Constants.ThermalVoltage(300) - 1 / Constants.ThermalVoltage(310);
        // E_a less q a V/2d at the pulse's top.
        double expected = (Parameters.FilmActivation - 9.25 / Parameters.SlopeVoltage * Constants.ThermalVoltage(300)) * inverse;
        Assert.Equal(expected, ratio, 0.02);
    }

    [Fact]
    public void Leak_discharges_at_the_rate_of_its_conductance_and_the_loss_is_what_the_channel_gives()
    {
        CompactParameters leaky = Parameters with { LeakConductance = 1e-9 };
        CompactRun run = NewRun(parameters: leaky);
        run.State = new CompactModel(leaky).Equilibrium(10);
        run.Run([new Rest(1)]);
        double before = run.State.Stored + run.State.Metal, volt = run.GateVoltage;
        run.Run([new Rest(10)]);
        double rate = (run.State.Stored + run.State.Metal - before) / 10;
        Assert.Equal(1, -rate / (1e-9 * volt), 0.01);
    }

    [Fact]
    public void Hold_current_table_and_repeat_do_what_they_say()
    {
        CompactRun run = NewRun();
        run.Run([new Hold(2, 1e-6), new Rest(1e-9)]);
        Assert.Equal(2, run.GateVoltage, 1e-3);
        CompactRun current = NewRun();
        current.Run([new CurrentPulse(1e-12, 1e-6)]);
        Assert.Equal(1e-18, (current.State.Metal + current.State.Stored) * current.Area, 1e-23);
        CompactRun once = NewRun(), twice = NewRun();
        once.Run([Train(10, 5e-9, 2)]);
        twice.Run([new Repeat(2, [Train(10, 5e-9, 1)])]);
        Assert.Equal(once.State, twice.State);
    }

    [Theory]
    [InlineData(nameof(CompactParameters.SlopeVoltage), 0, "Compact parameter VS (SlopeVoltage) is 0 V; it must be finite and positive.")]
    [InlineData(nameof(CompactParameters.RestVoltage), double.NaN, "Compact parameter VREST (RestVoltage) is NaN V; it must be finite.")]
    public void Faulty_parameter_is_named(string name, double value, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(
            () => new CompactModel(Parameters.With([KeyValuePair.Create(name, value)]))).Message);

    [Fact]
    public void Pulse_shorter_than_its_edges_is_refused() =>
        Assert.Contains("shorter than its two edges", Assert.Throws<ArgumentException>(() => NewRun().Run([Train(10, 2e-9, 1)])).Message);
}
