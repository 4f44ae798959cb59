using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Validation.Twin;
using Xunit;

namespace FvSolver.Tests.CrossSections;

public sealed class UniformSectionTests
{
    public static Device Isothermal { get; } = ReferenceSets.Held;

    public static Device Everything { get; } = Isothermal with
    {
        Heat = new() { Enabled = true },
        Gas = new() { Enabled = true },
        Psg = Isothermal.Psg with { TrapDensity = 1e26, CaptureCoefficient = 1e-17, ReleaseRate = 1e8 },
    };

    [Theory]
    [InlineData(ElectronStatisticsLaw.Boltzmann, 10)]
    [InlineData(ElectronStatisticsLaw.Boltzmann, -4)]
    [InlineData(ElectronStatisticsLaw.FermiDirac, -8.5)]
    public void Nothing_that_varies_along_x_equals_the_stack_with_space_charge(ElectronStatisticsLaw statistics, double amplitude)
    {
        Device device = Isothermal with
        {
            Wo3 = Isothermal.Wo3 with
            {
                SpaceCharge = true,
                Statistics = statistics,
                LocalisedDensity = 1e17
            }
        };
        ControlVolumeMesh stack = UniformSection.Stack(device), section = UniformSection.Mesh(device, stack, 3);
        var one = new SteppedDevice(device, stack, LinearSolverKind.Managed);
        var two = new SteppedDevice(device, section, LinearSolverKind.Managed);
        foreach ((DriveMode mode, double start, double end, double duration, int steps) in Train(amplitude))
        {
            one.Segment(mode, start, end, duration, steps);
            two.Segment(mode, start, end, duration, steps);
            AssertSame(one, two, stack, section, 1e-9);
        }
    }

    [Theory]
    [InlineData(false, LinearSolverKind.Managed)]
    [InlineData(true, LinearSolverKind.Managed)]
    [InlineData(false, LinearSolverKind.Klu)]
    public void Nothing_that_varies_along_x_equals_the_stack(bool everything, LinearSolverKind kind)
    {
        if (kind == LinearSolverKind.Klu && !SuiteSparse.IsKluAvailable)
            return;
        Device device = everything ? Everything : Isothermal;
        ControlVolumeMesh stack = UniformSection.Stack(device), section = UniformSection.Mesh(device, stack, 3);
        var one = new SteppedDevice(device, stack, LinearSolverKind.Managed);
        var two = new SteppedDevice(device, section, kind);
        foreach ((DriveMode mode, double start, double end, double duration, int steps) in Train(10))
        {
            one.Segment(mode, start, end, duration, steps);
            two.Segment(mode, start, end, duration, steps);
            AssertSame(one, two, stack, section);
        }
    }

    // Rise, flat top, fall, then a rest in steps that grow by decades.
    private static IEnumerable<(DriveMode, double, double, double, int)> Train(double amplitude)
    {
        yield return (DriveMode.Voltage, 0.75, amplitude, 1.1e-9, 60);
        yield return (DriveMode.Voltage, amplitude, amplitude, 1e-9, 20);
        yield return (DriveMode.Voltage, amplitude, 0.75, 1.1e-9, 60);
        for (double t = 1e-11; t < 1; t *= 4)
            yield return (DriveMode.Open, 0, 0, t, 4);
    }

    private static void AssertSame(SteppedDevice one, SteppedDevice two, ControlVolumeMesh stack, ControlVolumeMesh section,
        double tolerance = 1e-8)
    {
        UnknownLayout u = one.System.Layout, v = two.System.Layout;
        void Field(int start, int[] nodes, int otherStart, int[] otherNodes)
        {
            if (start < 0)
                return;
            for (int k = 0; k < otherNodes.Length; k++)
            {
                int match = Enumerable.Range(0, nodes.Length).MinBy(i =>
                    Math.Abs(stack.Z[nodes[i]] - section.Z[otherNodes[k]])
                    + (stack.RegionOf(nodes[i]) == section.RegionOf(otherNodes[k]) ? 0 : 1));
                Close(one, start + match, two, otherStart + k, tolerance);
            }
        }
        int[] faces = [.. u.ChannelInterfaces.Select(f => f.First)], otherFaces = [.. v.ChannelInterfaces.Select(f => f.First)];
        Field(u.Proton, u.PsgNodes, v.Proton, v.PsgNodes);
        Field(u.Potential, u.PsgNodes, v.Potential, v.PsgNodes);
        Field(u.Bound, u.PsgNodes, v.Bound, v.PsgNodes);
        Field(u.Hydrogen, u.Wo3Nodes, v.Hydrogen, v.Wo3Nodes);
        Field(u.FilmPotential, u.Wo3Nodes, v.FilmPotential, v.Wo3Nodes);
        Field(u.Coverage, faces, v.Coverage, otherFaces);
        Field(u.Dissolved, faces, v.Dissolved, otherFaces);
        Field(u.Bubbles, faces, v.Bubbles, otherFaces);
        Field(u.Temperature, [.. Enumerable.Range(0, stack.NodeCount)], v.Temperature, [.. Enumerable.Range(0, section.NodeCount)]);
        Close(one, u.GateHydrogen, two, v.GateHydrogen, tolerance);
        Close(one, u.GateCharge, two, v.GateCharge, tolerance);
        Close(one, u.GateVoltage, two, v.GateVoltage, tolerance);
    }

    private static void Close(SteppedDevice one, int a, SteppedDevice two, int b, double tolerance)
    {
        double expected = one.State[a], actual = two.State[b];
        double scale = Math.Max(Math.Abs(expected), one.System.Scale[a]);
        Assert.True(Math.Abs(actual - expected) <= tolerance * scale,
            $"{one.System.Layout.Describe(a)}: {expected} in 1-D, {actual} in 2-D");
    }
}
