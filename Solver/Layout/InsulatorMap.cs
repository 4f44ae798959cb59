using FvSolver.Mesh;

namespace FvSolver.Solver.Layout;

/// <summary>What holds the potential of an insulator node.</summary>
public enum InsulatorTie
{
    /// <summary>The insulator has no field that matters: it touches no electrolyte.</summary>
    None,

    /// <summary>An unknown of its own.</summary>
    Free,

    /// <summary>The electrolyte node at the same place: the potential is continuous.</summary>
    Electrolyte,

    /// <summary>Another insulator's node at the same place.</summary>
    Insulator,

    /// <summary>The gate metal.</summary>
    Gate,

    /// <summary>The channel.</summary>
    Channel,

    /// <summary>Source or drain metal.</summary>
    Contact,

    /// <summary>The substrate, below the insulators that the film's field reaches.</summary>
    Substrate,
}

/// <summary>Where the potential of each insulator node comes from: itself, or the node of another material at the same place.</summary>
/// <remarks>
/// A field is solved for in the insulators that touch the electrolyte, or a channel with space charge, directly or through other
/// insulators; in the others it changes nothing. A pair of nodes at an interface is one unknown, so that no capacitance has to stand for a
/// joint. Where a node touches several materials, the electrolyte comes first, then the channel. With space charge the lower side of the
/// mesh is the substrate.
/// </remarks>
public sealed class InsulatorMap
{
    /// <summary>Sorts the insulator nodes of a mesh.</summary>
    /// <param name="mesh">Mesh.</param>
    /// <param name="hasFilm">True when the channel has a field.</param>
    public InsulatorMap(ControlVolumeMesh mesh, bool hasFilm)
    {
        Tie = new InsulatorTie[mesh.NodeCount];
        Partner = new int[mesh.NodeCount];
        Array.Fill(Partner, -1);
        MaterialKind[] material = [.. Enumerable.Range(0, mesh.NodeCount).Select(mesh.MaterialOf)];
        bool IsInsulator(int n) => material[n] == MaterialKind.Oxide;
        bool IsFilm(int n) => hasFilm && mesh.Dimension > 1 && material[n] == MaterialKind.Channel;

        var hasField = new bool[mesh.Regions.Length];
        for (bool grows = true; grows;)
        {
            grows = false;
            foreach (Interface f in mesh.Interfaces)
                foreach ((int n, int other) in new[] { (f.First, f.Second), (f.Second, f.First) })
                    if (IsInsulator(n) && !hasField[mesh.RegionOf(n)]
                        && (material[other] == MaterialKind.Electrolyte || IsFilm(other)
                            || IsInsulator(other) && hasField[mesh.RegionOf(other)]))
                        grows = hasField[mesh.RegionOf(n)] = true;
        }
        Nodes = [.. Enumerable.Range(0, mesh.NodeCount).Where(n => IsInsulator(n) && hasField[mesh.RegionOf(n)])];
        foreach (int n in Nodes)
            Tie[n] = InsulatorTie.Free;
        foreach (BoundaryFace face in mesh.Boundaries)
            if (hasFilm && face.Name == "bottom" && Tie[face.Node] == InsulatorTie.Free)
                Tie[face.Node] = InsulatorTie.Substrate;
        foreach (Interface f in mesh.Interfaces)
            foreach ((int n, int other) in new[] { (f.First, f.Second), (f.Second, f.First) })
            {
                if (Tie[n] == InsulatorTie.None)
                    continue;
                InsulatorTie tie = material[other] switch
                {
                    MaterialKind.Electrolyte => InsulatorTie.Electrolyte,
                    MaterialKind.GateMetal => InsulatorTie.Gate,
                    MaterialKind.Channel => InsulatorTie.Channel,
                    MaterialKind.ContactMetal => InsulatorTie.Contact,
                    // Of two insulator nodes the later follows the earlier.
                    _ => n > other && Tie[other] != InsulatorTie.None ? InsulatorTie.Insulator : InsulatorTie.Free,
                };
                if (tie != InsulatorTie.Free && Tie[n] != InsulatorTie.Electrolyte
                    && (Tie[n] != InsulatorTie.Channel || tie == InsulatorTie.Electrolyte))
                    (Tie[n], Partner[n]) = (tie, other);
            }
        Free = [.. Nodes.Where(n => Tie[n] == InsulatorTie.Free)];
    }

    /// <summary>Tie of each mesh node; <see cref="InsulatorTie.None"/> outside the insulators.</summary>
    public InsulatorTie[] Tie { get; }

    /// <summary>Mesh node that each tied node follows, or -1.</summary>
    public int[] Partner { get; }

    /// <summary>Mesh nodes of insulators with a field.</summary>
    public int[] Nodes { get; }

    /// <summary>Those of them with an unknown of their own.</summary>
    public int[] Free { get; }
}
