using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>A channel that is full stops taking hydrogen, an empty one stops giving it, and nothing is lost on the way.</summary>
public class FullChannelTests
{
    private const double Sites = 1.86e28 * 10e-9 * 50e-9 * 150e-9;

    public static TheoryData<double, double, bool> Holds
    {
        get
        {
            var data = new TheoryData<double, double, bool>();
            foreach (double voltage in new[] { 3.0, 10, -10 })
                foreach (double tolerance in new[] { 1e-3, 1e-5, 1e-8 })
                    data.Add(voltage, tolerance, voltage == 3);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Holds))]
    public void A_hold_fills_or_empties_the_channel_and_keeps_every_atom(double voltage, double tolerance, bool isFinite)
    {
        DeviceSimulation device = Simulation(CalibrationRules.Resolve(new() { Pd = new() { FiniteReservoir = isFinite } }), tolerance);
        var inventory = new Inventory(device);
        double rest = device.Device.Wo3.RestComposition * Sites;
        device.Segment(DriveMode.Voltage, device.GateVoltage, voltage, 1e-9);
        device.Segment(DriveMode.Voltage, voltage, voltage, 1000);
        double given = inventory.Given;
        Assert.InRange(Math.Abs(inventory.ProtonImbalance), 0, 1e-9 * Math.Abs(given));
        Assert.InRange(Math.Abs(inventory.ChargeImbalance), 0, 1e-9 * Constants.ElementaryCharge * Math.Abs(given));
        if (voltage > 0)
            Assert.Equal(Sites - rest, inventory.Channel, 1e-4 * Sites);
        else
            Assert.Equal(-rest, inventory.Channel, 1e-6 * rest);
        // Nothing flows any more.
        device.Segment(DriveMode.Voltage, voltage, voltage, 1000);
        Assert.Equal(given, inventory.Given, 1e-4 * Math.Abs(given));
        Assert.InRange(Math.Abs(inventory.ProtonImbalance), 0, 1e-9 * Math.Abs(given));
    }

    [Theory]
    [InlineData("default", 1e-3, 1e-3)]
    [InlineData("default", 2e-3, 1e-5)]
    [InlineData("default", 10e-3, 1e-8)]
    [InlineData("onen2022-v1", 5e-3, 1e-3)]
    [InlineData("onen2022-v1", 5e-3, 1e-4)]
    [InlineData("onen2022-v1", 5e-3, 1e-6)]
    [InlineData("onen2022-v1", 10e-3, 1e-3)]
    public void Long_pulses_keep_every_atom_and_return_to_an_open_gate(string preset, double width, double tolerance)
    {
        DeviceSimulation device = Simulation(CaseReader.Read("single", [$"preset={preset}"]).Device, tolerance);
        var inventory = new Inventory(device);
        for (int pulse = 0; pulse < 2; pulse++)
        {
            device.Pulse(10, width, 1.1e-9);
            device.Rest(1);
            Assert.InRange(Math.Abs(inventory.ProtonImbalance), 0, 1e-9 * inventory.Given);
        }
        Assert.InRange(inventory.Composition, 0.3, 1);
    }

    private static DeviceSimulation Simulation(Device device, double tolerance) =>
        new(device, new MeshSettings(), new SolverSettings { RelativeTolerance = tolerance });
}
