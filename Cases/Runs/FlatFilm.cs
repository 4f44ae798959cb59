using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Runs;

/// <summary>The films of a cross-section in 1-D, without edges: what its pulses are to be compared with.</summary>
internal static class FlatFilm
{
    private const double Same = 1e-6;

    /// <summary>Step of conductance of one pulse from rest [S] and the rest after it, on the reference mesh; null where the channel that is
    /// drawn is not as long as that of the parameters.</summary>
    public static double? Step(CaseDefinition definition, double amplitude, double width, double rest)
    {
        Rectangle[] channel = [.. definition.CrossSection?.Rectangles.Select(r => r.Shape)
            .Where(r => r.Material == MaterialKind.Channel) ?? []];
        Device device = definition.Device;
        if (channel.Length == 0
            || Math.Abs(channel.Max(r => r.Right) - channel.Min(r => r.Left) - device.Geometry.Length) > Same * device.Geometry.Length)
            return null;
        // Along a stack there is no channel for electrons to follow.
        var flat = new DeviceSimulation(device with { Wo3 = device.Wo3 with { Electrons = false } }, new MeshSettings(), definition.Solver);
        var readout = new ChannelReadout(flat);
        double before = readout.Conductance;
        flat.Pulse(amplitude, width, device.Gate.EdgeTime);
        flat.Rest(rest);
        return readout.Conductance - before;
    }
}
