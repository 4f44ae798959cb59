using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Observe;
using FvSolver.Tests.Assembly;
using Xunit;
using Xunit.Abstractions;

namespace FvSolver.Tests.CrossSections;

/// <summary>Electrons of WO3 with space charge in a cross-section.</summary>
public sealed class SectionElectronTests(ITestOutputHelper output)
{
    private static CaseDefinition Case(params string[] settings) =>
        CaseReader.Parse(CrossSectionCaseTests.Small, "small.toml", null, ["wo3.space_charge=true", .. settings]);

    [Theory]
    [InlineData(false, "boltzmann")]
    [InlineData(true, "boltzmann")]
    [InlineData(true, "fermi-dirac")]
    public void A_device_with_contacts_rests_and_conserves(bool electrons, string statistics)
    {
        DeviceSimulation device = CaseRun.CreateDevice(
            Case($"wo3.electrons={(electrons ? "true" : "false")}", $"wo3.statistics={statistics}", "wo3.localised_density=1e17",
                "solver.relative_tolerance=1e-6"));
        device.Rest(1e-3);
        for (int u = 0; u < device.State.Length; u++)
            Assert.True(Math.Abs(device.State[u] - device.RestState[u]) <= 1e-9 * device.System.Scale[u], device.Layout.Describe(u));
        var inventory = new Inventory(device);
        double transferred = 0, before = 0;
        foreach (double amplitude in new[] { 10, -8.5 })
        {
            double atStart = inventory.ElectronImbalance;
            device.Pulse(amplitude, 5e-9, 1.1e-9);
            double inPulse = Math.Abs(inventory.ElectronImbalance - atStart);
            device.Rest(1);
            transferred += Math.Abs(inventory.Given - before);
            before = inventory.Given;
            double protons = Math.Abs(inventory.ProtonImbalance) / transferred,
                charge = Math.Abs(inventory.ChargeImbalance) / (Constants.ElementaryCharge * transferred);
            double electron = Math.Abs(inventory.ElectronImbalance) / transferred;
            inPulse /= transferred;
            output.WriteLine($"{inventory.Given} given, imbalance of protons {protons:e1}, charge {charge:e1}, electrons {inPulse:e1}, "
                + $"after the rest {electron:e1}; {device.Statistics.Steps} steps");
            Assert.True(transferred > 1, $"{transferred} protons");
            // In steps of a second the one-way flows of electrons along an edge exceed what its nodes hold by more than the digits of a
            // number: what is lost is returned.
            Assert.True(protons < 1e-10 && inPulse < 1e-10 && electron < 1e-10,
                $"protons {protons:e1}, electrons {inPulse:e1}, {electron:e1}");
            Assert.True(charge < (electrons ? 1e-10 : 1e-3 * device.Settings.RelativeTolerance), $"charge {charge:e1}");
        }
    }

    [Fact]
    public void Electrons_leave_through_the_contacts_under_a_negative_gate_and_come_back_when_it_opens()
    {
        DeviceSimulation device = CaseRun.CreateDevice(Case("wo3.electrons=true", "wo3.localised_density=1e17"));
        UnknownLayout u = device.Layout;
        double rest = device.RestState[u.ElectronDensity];
        double Least() => Enumerable.Range(0, u.Wo3Nodes.Length).Min(n => device.State[u.ElectronDensity + n].Value) / rest;
        double Taken(int contact) => device.State[u.Drained + contact];
        double readout = new ChannelReadout(device).Conductance;
        double[] taken = [];
        double least = 1, conductance = 0;
        device.Pulse(-8.5, 5e-9, 1.1e-9, onCorner: () =>
        {
            if (Least() < least)
                (least, taken, conductance) = (Least(), [Taken(0), Taken(1)], new ChannelReadout(device).Conductance);
        });
        device.Rest(1);
        output.WriteLine($"least density {least:g3} of that at rest, {taken[0]:g4} and {taken[1]:g4} electrons taken, "
            + $"{Taken(0):g4} and {Taken(1):g4} after, {conductance / readout:g3}");
        Assert.True(least < 1e-3, $"{least} of the density at rest");
        // The device is its own mirror image.
        Assert.Equal(1, taken[1] / taken[0], 1e-6);
        Assert.True(taken[0] > 10 * Math.Abs(Taken(0)), $"{taken[0]} taken, {Taken(0)} not given back");
        Assert.True(conductance < 0.9 * readout, $"{conductance} S under the gate, {readout} S at rest");
        Assert.Equal(1, new ChannelReadout(device).Conductance / readout, 0.1);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-8.5)]
    public void A_channel_that_conducts_well_is_at_the_potential_of_its_contacts(double amplitude)
    {
        double[] given = [.. new[] { Case(), Case("wo3.electrons=true", "wo3.electron_mobility=1") }.Select(c =>
        {
            DeviceSimulation device = CaseRun.CreateDevice(c);
            device.Pulse(amplitude, 5e-9, 1.1e-9);
            device.Rest(1);
            output.WriteLine($"{device.Statistics.Steps} steps");
            return new Inventory(device).Given;
        })];
        output.WriteLine($"{given[0]} held, {given[1]} conducting");
        Assert.Equal(1, given[1] / given[0], 1e-3);
    }

    [Theory]
    [InlineData(false, ElectronStatisticsLaw.Boltzmann)]
    [InlineData(false, ElectronStatisticsLaw.FermiDirac)]
    [InlineData(true, ElectronStatisticsLaw.Boltzmann)]
    public void The_Jacobian_is_exact_and_complete(bool heat, ElectronStatisticsLaw statistics)
    {
        Device device = new DeviceOptions { SpaceCharge = statistics, Heat = heat }.Device();
        device = device with { Wo3 = device.Wo3 with { Electrons = true, PercolationThreshold = 0.01 } };
        (DeviceSystem<Scalar> system, SparsityPattern pattern) = UniformSection.TwoColumns(device);
        UnknownLayout u = system.Layout;
        Scalar[] x = RandomState.Of(system, device, new Random(1));
        var random = new Random(2);
        for (int n = 0; n < u.Wo3Nodes.Length; n++)
            x[u.ElectronDensity + n] = new(x[u.ElectronDensity + n] * Math.Exp(random.NextDouble() - 0.5));
        system.Prepare(x, new() { Mode = DriveMode.Voltage, Start = new(0.1), Slope = new(1e8) });
        JacobianCheck.Run(system, pattern, 2e-10, x, j => system.Scale[j] > 1e3 ? 1e-3 * Math.Abs(x[j])
            : j >= u.Temperature && u.Temperature >= 0 && j < u.Temperature + u.Local.Length ? 0.2 : 2e-3, statistics);
    }
}
