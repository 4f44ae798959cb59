using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Studies;

/// <summary>One pulse on a cross-section from rest, and where along the channel its protons arrive.</summary>
internal static class SectionPulse
{
    /// <summary>Runs the pulse and a rest of <see cref="PulseExperiment.ReadTime"/>.</summary>
    /// <returns>
    /// <c>step</c> of conductance [S]; <c>protons</c> that entered the channel; <c>hot</c>, the largest over the mean number of
    /// protons per area by the end of the pulse along the faces under the gate, and <c>hot_x</c>, where that is [m].
    /// </returns>
    public static Dictionary<string, double> Run(CaseDefinition definition, double amplitude, double width)
    {
        DeviceSimulation device = CaseRun.CreateDevice(definition);
        var readout = new ChannelReadout(device);
        double before = readout.Conductance;
        device.Pulse(amplitude, width, definition.Device.Gate.EdgeTime);
        (double hot, double at) = HotSpot(device);
        device.Rest(PulseExperiment.ReadTime);
        return new()
        {
            ["step"] = readout.Conductance - before,
            ["protons"] = new Inventory(device).Channel,
            ["hot"] = hot,
            ["hot_x"] = at
        };
    }

    private static (double Ratio, double Position) HotSpot(DeviceSimulation device)
    {
        UnknownLayout u = device.Layout;
        double left = u.GateInterfaces.Min(f => device.Mesh.X[f.First]), right = u.GateInterfaces.Max(f => device.Mesh.X[f.First]);
        // By x: on a tensor grid the nodes of the film below a face stand in its column.
        var arrived = new Dictionary<double, double>();
        for (int n = 0; n < u.Wo3Nodes.Length; n++)
        {
            double x = device.Mesh.X[u.Wo3Nodes[n]];
            arrived[x] = arrived.GetValueOrDefault(x)
                + (device.State[u.Hydrogen + n] - device.RestState[u.Hydrogen + n]) * device.Mesh.Volume[u.Wo3Nodes[n]];
        }
        double sum = 0, area = 0, most = 0, at = double.NaN;
        for (int k = 0; k < u.ChannelInterfaces.Length; k++)
        {
            double x = device.Mesh.X[u.ChannelInterfaces[k].Second], face = u.ChannelInterfaces[k].Area;
            if (x < left || x > right)
                continue;
            double number = arrived[x] + (device.State[u.Coverage + k] - device.RestState[u.Coverage + k])
                * device.Device.Interface.SiteDensity * face;
            (sum, area) = (sum + number, area + face);
            if (number / face > most)
                (most, at) = (number / face, x);
        }
        return (most * area / sum, at);
    }
}
