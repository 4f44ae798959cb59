using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Time;
using FvSolver.Tests.CrossSections;
using Xunit;

namespace FvSolver.Tests.Observe;

public class SectionReadoutTests
{
    [Fact]
    public void A_channel_conducts_alike_in_both_directions()
    {
        string exchanged = CrossSectionCaseTests.Small.Replace("\"source\"", "\"x\"", StringComparison.Ordinal)
            .Replace("\"drain\"", "\"source\"", StringComparison.Ordinal).Replace("\"x\"", "\"drain\"", StringComparison.Ordinal);
        double[] both = [.. new[] { CrossSectionCaseTests.Small, exchanged }
            .Select(text => new ChannelReadout(CrossSectionCaseTests.DeviceOf(text)).Conductance)];
        Assert.True(both[0] > 0);
        Assert.Equal(1, both[1] / both[0], 1e-9);
    }

    [Fact]
    public void A_channel_without_hydrogen_does_not_conduct_and_the_error_says_where()
    {
        DeviceSimulation device = CrossSectionCaseTests.DeviceOf(CrossSectionCaseTests.Small);
        for (int n = 0; n < device.Layout.Wo3Nodes.Length; n++)
            device.State[device.Layout.Hydrogen + n] = default;
        NumericalException error = Assert.Throws<NumericalException>(() => new ChannelReadout(device).Conductance);
        Assert.Contains("does not conduct between source and drain", error.Message);
        Assert.InRange(error.Unknown, device.Layout.Hydrogen, device.Layout.Hydrogen + device.Layout.Wo3Nodes.Length - 1);
    }

    [Fact]
    public void With_space_charge_electrons_conduct_by_their_density()
    {
        DeviceSimulation device = CrossSectionCaseTests.DeviceOf(CrossSectionCaseTests.Small, "wo3.electrons=true", "wo3.space_charge=true",
            "wo3.localised_density=1e17");
        var readout = new ChannelReadout(device);
        double rest = readout.Conductance;
        for (int n = 0; n < device.Layout.Wo3Nodes.Length; n++)
            device.State[device.Layout.ElectronDensity + n] *= new Scalar(0.5);
        Assert.InRange(readout.Conductance / rest, 0.3, 0.7);
    }

    [Fact]
    public void Only_the_drop_across_the_compact_layer_draws_electrons_into_the_film()
    {
        DeviceSimulation device = CrossSectionCaseTests.DeviceOf(CrossSectionCaseTests.Small, "wo3.electrons=true");
        UnknownLayout u = device.Layout;
        var readout = new ChannelReadout(device);
        double rest = readout.Conductance;
        void Lift(int start, int count, double by)
        {
            for (int n = 0; n < count; n++)
                device.State[start + n] += new Scalar(by);
        }
        Lift(u.Potential, u.PsgNodes.Length, 0.2);
        double drawn = readout.Conductance;
        Assert.True(drawn > 1.01 * rest, $"{drawn} S, {rest} S at rest");
        Assert.Equal(drawn, readout.Conductance);
        Lift(u.Electron, u.Wo3Nodes.Length, 0.2);
        Assert.Equal(1, readout.Conductance / rest, 1e-9);
    }
}
