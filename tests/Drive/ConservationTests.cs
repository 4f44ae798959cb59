using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Tests.Assembly;
using Xunit;
using Xunit.Abstractions;

namespace FvSolver.Tests.Drive;

/// <summary>Protons, charge and energy over programming pulses.</summary>
public class ConservationTests(ITestOutputHelper output)
{
    private static readonly MeshSettings Mesh = new()
    {
        PsgCells = 24,
        Wo3Cells = 6,
        Psg = PsgNodes.Tanh,
        TanhStrength = 2,
        PdCells = 2,
        OxideCells = 6
    };

    public static TheoryData<int> Draws => [.. Enumerable.Range(0, 16)];

    [Theory]
    [MemberData(nameof(Draws))]
    public void Protons_and_charge_are_conserved_for_any_options(int draw)
    {
        var random = new Random(draw);
        DeviceOptions drawn = DeviceOptions.Draw((HopLaw)(draw % 4), random);
        // Half of the films are neutral.
        DeviceOptions options = drawn with
        {
            SeriesResistance = draw % 3 == 0 ? 1e6 : 0,
            SpaceCharge = draw / 4 % 2 == 0 ? null : drawn.SpaceCharge ?? ElectronStatisticsLaw.Boltzmann,
        };
        var device = new DeviceSimulation(options.Device(), Mesh, new SolverSettings());
        var inventory = new Inventory(device);
        double transferred = 0, before = 0;
        double content = device.Device.Psg.FixedChargeDensity * device.Device.Psg.Thickness * device.Device.Geometry.Area;
        foreach (double amplitude in new[] { 10, -8.5, 10 })
        {
            device.Pulse(amplitude, 5e-9, 1.1e-9);
            Check();
            device.Rest(1);
            Check();
        }

        void Check()
        {
            transferred += Math.Abs(inventory.Given - before);
            before = inventory.Given;
            double protons = Math.Abs(inventory.ProtonImbalance) / transferred;
            double charge = Math.Abs(inventory.ChargeImbalance) / (Constants.ElementaryCharge * transferred);
            // What is in the device counts with its own rounding; a leak drives a current through every rest.
            double tolerance = Math.Max(options.Losses ? 1e-10 : 1e-12, 4e-15 * content / transferred);
            output.WriteLine(
                $"{device.Statistics.Steps} steps, {device.Statistics.Rejections} rejected, {transferred:g3} transferred: protons "
                    + $"{protons:e1}, charge {charge:e1}");
            Assert.True(protons < tolerance && charge < tolerance, $"protons {protons:e1}, charge {charge:e1}; {options}");
        }
    }

    [Theory]
    [InlineData("wo3.space_charge=true", "wo3.localised_density=1e17 m^-2")]
    [InlineData("psg.trap_density=2.9e26 m^-3")]
    [InlineData("gas.enabled=true", "interface.tafel_rate=0", "interface.heyrovsky_rate=0", "hypotheses.remote_heyrovsky=true")]
    public void Long_steps_keep_what_little_a_pulse_moves_of_all_that_a_device_holds(params string[] settings)
    {
        Device parameters = CaseReader.Read("single", settings).Device;
        var device = new DeviceSimulation(parameters, new MeshSettings(), new SolverSettings { RelativeTolerance = 1e-4 });
        var inventory = new Inventory(device);
        double transferred = 0;
        for (int pulse = 0; pulse < 10; pulse++)
        {
            double before = inventory.Given;
            device.Pulse(pulse < 5 ? 10 : -8.5, 5e-9, parameters.Gate.EdgeTime);
            device.Rest(1);
            transferred += Math.Abs(inventory.Given - before);
            Assert.InRange(Math.Abs(inventory.ProtonImbalance), 0, 3e-10 * transferred);
        }
    }

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 0)]
    [InlineData(true, false, 1e6)]
    [InlineData(true, true, 0)]
    public void Work_is_heat_and_change_of_field_and_chemical_energy_over_a_pulse_and_its_rest(bool everything, bool traps,
        double resistance)
    {
        DeviceOptions options = new()
        {
            Heat = true,
            Gas = everything,
            Hypotheses = everything,
            Traps = traps,
            Thermodynamic = everything,
            Marcus = everything,
            FiniteReservoir = everything,
            Losses = everything,
            Warm = everything,
            SeriesResistance = resistance,
        };
        var device = new DeviceSimulation(options.Device(), Mesh, new SolverSettings { RelativeTolerance = 1e-8 });
        double start = device.System.FieldEnergy(device.State), hottest = 0;
        void Check(string when)
        {
            double work = device.Quadratures[QuadratureLayout.Work], heat = device.Quadratures[device.QuadratureLayout.Heat];
            double chemical = device.Quadratures[device.QuadratureLayout.Chemical], field = device.System.FieldEnergy(device.State) - start;
            double left = work - heat - chemical - field;
            double size = Math.Max(Math.Abs(work), Math.Abs(chemical));
            output.WriteLine($"{when}: work {work:e4}, heat {heat:e4}, chemical {chemical:e4}, field {field:e4} J; left {left / size:e1}");
            Assert.True(Math.Abs(left) < 1e-6 * size,
                $"{when}: {left / size:e1} is left of work {work}, heat {heat}, chemical {chemical}, field {field}");
            hottest = Math.Max(hottest, Spread(device));
        }
        device.Pulse(10, 5e-9, 1.1e-9, onCorner: () => Check("corner"));
        Check("pulse");
        device.Rest(traps ? 1e-8 : 1);
        Check("rest");
        device.Pulse(-8.5, 5e-9, 1.1e-9);
        Check("second pulse");
        Assert.True(hottest > 1e-3, "temperature did not vary over the device");
    }

    [Fact]
    public void The_balance_of_energy_does_not_act_on_a_solution_that_keeps_it()
    {
        Device parameters = new DeviceOptions { Heat = true, Gas = true, Traps = true }.Device();
        DeviceSimulation[] devices = [.. new[] { true,
            false }.Select(balance => new DeviceSimulation(parameters, Mesh, new SolverSettings { EnergyBalance = balance }))];
        foreach (DeviceSimulation device in devices)
            device.Pulse(10, 5e-9, 1.1e-9);
        Assert.Equal(devices[0].State, devices[1].State);
        Assert.Equal((2, -1), (devices[0].System.QuadratureCount - devices[1].System.QuadratureCount, devices[1].QuadratureLayout.Heat));
        Assert.Equal(devices[0].Quadratures[QuadratureLayout.Work], devices[1].Quadratures[QuadratureLayout.Work]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_heat_warms_the_layers_and_leaves_through_the_oxide(bool gas)
    {
        // Until the heat has reached the oxide's far side, what the layers have taken up is what was dissipated.
        Device parameters = new DeviceOptions { Heat = true, Gas = gas }.Device();
        var device = new DeviceSimulation(parameters, Mesh, new SolverSettings { RelativeTolerance = 1e-8 });
        double Stored()
        {
            double sum = 0;
            for (int n = 0; n < device.Mesh.NodeCount; n++)
                sum += device.System.Mass[device.Layout.Temperature + n] * (device.State[device.Layout.Temperature + n] - 300);
            return sum;
        }
        device.Pulse(10, 5e-9, 1.1e-9, hold: 0);
        double heat = device.Quadratures[device.QuadratureLayout.Heat];
        Assert.Equal(heat, Stored(), 5e-3 * heat);
        device.Rest(1);
        Assert.True(Stored() < 1e-6 * heat);
    }

    private static double Spread(DeviceSimulation device)
    {
        UnknownLayout u = device.Layout;
        double low = double.PositiveInfinity, high = 0;
        for (int n = 0; n < device.Mesh.NodeCount; n++)
            (low, high) = (Math.Min(low, device.State[u.Temperature + n]), Math.Max(high, device.State[u.Temperature + n]));
        return high - low;
    }
}
