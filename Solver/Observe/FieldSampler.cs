using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;

namespace FvSolver.Solver.Observe;

/// <summary>Samples the fields of a device over its nodes.</summary>
internal sealed class FieldSampler(DeviceSimulation device)
{
    private readonly UnknownLayout _u = device.System.Layout;

    /// <summary>An empty set with one field per unknown of the nodes.</summary>
    public ProfileSet CreateSet()
    {
        var set = new ProfileSet();
        foreach ((string name, string unit, string longName, _, int[] nodes) in Fields())
            set.Fields.Add(new(name, unit, longName, [.. nodes.Select(n => device.Mesh.Z[n])],
                device.Mesh.Dimension > 1 ? [.. nodes.Select(n => device.Mesh.X[n])] : [], []));
        return set;
    }

    /// <summary>Adds a sample of every field.</summary>
    public void Sample(ProfileSet set)
    {
        set.Times.Add(device.Time);
        int i = 0;
        foreach ((_, _, _, int start, int[] nodes) in Fields())
        {
            var values = new double[nodes.Length];
            for (int k = 0; k < values.Length; k++)
                values[k] = device.State[start + k];
            set.Fields[i++].Samples.Add(values);
        }
    }

    private IEnumerable<(string Name, string Unit, string LongName, int Start, int[] Nodes)> Fields()
    {
        yield return ("proton_density", "m^-3", "mobile protons in PSG", _u.Proton, _u.PsgNodes);
        yield return ("potential", "V", "electrostatic potential in PSG", _u.Potential, _u.PsgNodes);
        if (_u.Bound >= 0)
            yield return ("bound_density", "m^-3", "bound protons in PSG", _u.Bound, _u.PsgNodes);
        yield return ("hydrogen_density", "m^-3", "inserted hydrogen in WO3", _u.Hydrogen, _u.Wo3Nodes);
        if (_u.Temperature >= 0)
            yield return ("temperature", "K", "temperature", _u.Temperature, [.. Enumerable.Range(0, _u.Local.Length)]);
    }
}
