using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Observe;

/// <summary>Samples the fields of a device over its nodes.</summary>
internal sealed class FieldSampler(DeviceSimulation device)
{
    private readonly UnknownLayout _u = device.Layout;

    /// <summary>An empty set with one field per unknown of the nodes.</summary>
    public ProfileSet CreateSet()
    {
        var set = new ProfileSet();
        foreach ((string name, string unit, string longName, _, int[] nodes) in Fields())
            set.Fields.Add(new(name, unit, longName, [.. nodes.Select(n => device.Mesh.Z[n])],
                device.Mesh.Dimension > 1 ? [.. nodes.Select(n => device.Mesh.X[n])] : [], [])
            {
                Triangles = Triangles(nodes),
            });
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
                values[k] = start >= 0 ? device.State[start + k] : device.System.InsulatorPotential(device.State, nodes[k]);
            set.Fields[i++].Samples.Add(values);
        }
    }

    // Triangles of the mesh whose corners all belong to the field, numbered by its own nodes.
    private int[] Triangles(int[] nodes)
    {
        var own = new int[device.Mesh.NodeCount];
        Array.Fill(own, -1);
        for (int k = 0; k < nodes.Length; k++)
            own[nodes[k]] = k;
        int[] all = device.Mesh.Triangles;
        return [.. Enumerable.Range(0, all.Length / 3)
            .Where(t => own[all[3 * t]] >= 0 && own[all[3 * t + 1]] >= 0 && own[all[3 * t + 2]] >= 0)
            .SelectMany(t => new[] { own[all[3 * t]], own[all[3 * t + 1]], own[all[3 * t + 2]] })];
    }

    // A start of -1 stands for the potential of insulators, which in part belongs to what they touch.
    private IEnumerable<(string Name, string Unit, string LongName, int Start, int[] Nodes)> Fields()
    {
        yield return ("proton_density", "m^-3", "mobile protons in PSG", _u.Proton, _u.PsgNodes);
        yield return ("potential", "V", "electrostatic potential in PSG", _u.Potential, _u.PsgNodes);
        if (_u.Bound >= 0)
            yield return ("bound_density", "m^-3", "bound protons in PSG", _u.Bound, _u.PsgNodes);
        yield return ("hydrogen_density", "m^-3", "inserted hydrogen in WO3", _u.Hydrogen, _u.Wo3Nodes);
        if (_u.Electron >= 0)
            yield return ("electron_potential", "V", "potential of electrons in WO3", _u.Electron, _u.Wo3Nodes);
        if (_u.Insulators.Nodes.Length > 0)
            yield return ("insulator_potential", "V", "electrostatic potential in insulators", -1, _u.Insulators.Nodes);
        if (device.Mesh.Dimension > 1)
        {
            int[] faces = [.. _u.ChannelInterfaces.Select(f => f.First)];
            foreach (InterfaceSpecies species in InterfaceSpecies.All.Where(s => _u.Start(s) >= 0))
                yield return (species.Name, species.Unit, species.LongName + " along the PSG/WO3 interface", _u.Start(species), faces);
        }
        if (_u.Temperature >= 0)
            yield return ("temperature", "K", "temperature", _u.Temperature, [.. Enumerable.Range(0, _u.Local.Length)]);
    }
}
