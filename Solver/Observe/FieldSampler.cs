using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Observe;

/// <summary>Samples the fields of a device over its nodes.</summary>
internal sealed class FieldSampler(DeviceSimulation device)
{
    private readonly UnknownLayout _u = device.Layout;

    /// <summary>An empty set with one field per unknown of the nodes, and in 2-D the potentials of the electrodes.</summary>
    public ProfileSet CreateSet()
    {
        var set = new ProfileSet();
        foreach ((string part, string name, string unit, string longName, int[] nodes, _) in Fields(device.State))
            set.Fields.Add(new(name, unit, longName, [.. nodes.Select(n => device.Mesh.Z[n])],
                device.Mesh.Dimension > 1 ? [.. nodes.Select(n => device.Mesh.X[n])] : [], [])
            {
                Part = part,
                Triangles = Triangles(nodes),
            });
        return set;
    }

    /// <summary>Adds a sample of every field of a set; one that an earlier version began may have fewer.</summary>
    /// <param name="set">The set.</param>
    /// <param name="time">Time of the state since the start of the run [s].</param>
    /// <param name="state">State of the device.</param>
    public void Sample(ProfileSet set, double time, Scalar[] state)
    {
        set.Times.Add(time);
        foreach ((_, string name, _, _, int[] nodes, Func<int, double> value) in Fields(state))
            set.Fields.Find(f => f.Name == name)?.Samples.Add([.. Enumerable.Range(0, nodes.Length).Select(value)]);
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

    private IEnumerable<(string Part, string Name, string Unit, string LongName, int[] Nodes, Func<int, double> Value)> Fields(
        Scalar[] state)
    {
        Func<int, double> Unknown(int start) => k => state[start + k];
        yield return (ProfileParts.Electrolyte, "proton_density", "m^-3", "mobile protons in PSG", _u.PsgNodes, Unknown(_u.Proton));
        yield return (ProfileParts.Electrolyte, "potential", "V", "electrostatic potential in PSG", _u.PsgNodes, Unknown(_u.Potential));
        if (_u.Bound >= 0)
            yield return (ProfileParts.Electrolyte, "bound_density", "m^-3", "bound protons in PSG", _u.PsgNodes, Unknown(_u.Bound));
        yield return (ProfileParts.Channel, "hydrogen_density", "m^-3", "inserted hydrogen in WO3", _u.Wo3Nodes, Unknown(_u.Hydrogen));
        if (_u.FilmPotential >= 0)
        {
            var electrons = ElectronStatistics<Scalar>.Of(Pack.One(device.Device), device.Device);
            yield return (ProfileParts.Channel, "film_potential", "V", "electrostatic potential in WO3", _u.Wo3Nodes,
                Unknown(_u.FilmPotential));
            yield return (ProfileParts.Channel, "electron_density", "m^-3", "electrons in WO3", _u.Wo3Nodes, _u.ElectronDensity >= 0
                ? Unknown(_u.ElectronDensity) : k => electrons.RestDensity + electrons.Excess(state[_u.FilmPotential + k]));
            if (_u.ElectronDensity >= 0)
                yield return (ProfileParts.Channel, "electron_potential", "V", "potential of electrons in WO3", _u.Wo3Nodes,
                    k => state[_u.FilmPotential + k] - electrons.Band(state[_u.ElectronDensity + k]));
        }
        if (_u.Electron >= 0)
            yield return (ProfileParts.Channel, "electron_potential", "V", "potential of electrons in WO3", _u.Wo3Nodes,
                Unknown(_u.Electron));
        int[] insulators = _u.Insulators.Nodes;
        if (insulators.Length > 0)
            yield return ("insulators", "insulator_potential", "V", "electrostatic potential in insulators", insulators,
                k => device.System.InsulatorPotential(state, insulators[k]));
        if (device.Mesh.Dimension > 1)
        {
            int[] faces = [.. _u.ChannelInterfaces.Select(f => f.First)];
            foreach (InterfaceSpecies species in InterfaceSpecies.All.Where(s => _u.Start(s) >= 0))
                yield return ("interface", species.Name, species.Unit, species.LongName + " along the PSG/WO3 interface", faces,
                    Unknown(_u.Start(species)));
            int[] gate = Metal(MaterialKind.GateMetal), contacts = Metal(MaterialKind.ContactMetal);
            double middle = 0.5 * (_u.Wo3Nodes.Min(n => device.Mesh.X[n]) + _u.Wo3Nodes.Max(n => device.Mesh.X[n]));
            bool IsDriven(int node) => _u.DrainVoltage >= 0 && ChannelTerminals.OfMetal(device.Mesh, node, middle) == ChannelTerminal.Drain;
            if (gate.Length > 0)
                yield return (ProfileParts.Gate, "gate_potential", "V", "potential of the gate", gate, _ => state[_u.GateVoltage]);
            if (contacts.Length > 0)
                yield return (ProfileParts.Contacts, "contact_potential", "V", "potential of source and drain", contacts,
                    k => IsDriven(contacts[k]) ? state[_u.DrainVoltage] : 0);
        }
        if (_u.Temperature >= 0)
            yield return ("stack", "temperature", "K", "temperature", [.. Enumerable.Range(0, _u.Local.Length)], Unknown(_u.Temperature));
    }

    private int[] Metal(MaterialKind kind) => [.. Enumerable.Range(0, device.Mesh.NodeCount).Where(n => device.Mesh.MaterialOf(n) == kind)];
}
