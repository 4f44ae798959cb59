using FvSolver.Mesh;

namespace FvSolver.Solver.Layout;

/// <summary>Contact of the channel that a node belongs to.</summary>
public enum ChannelTerminal
{
    /// <summary>None.</summary>
    None,

    /// <summary>Source, the reference of all potentials.</summary>
    Source,

    /// <summary>Drain.</summary>
    Drain,
}

/// <summary>Finds the contacts of a channel in a cross-section.</summary>
/// <remarks>
/// Contacts are where the channel touches contact metal; without any, its boundaries named <c>source</c> and <c>drain</c>;
/// without those, <c>left</c> and <c>right</c>. A metal whose region is named neither source nor drain is the source
/// when it lies left of the channel's middle.
/// </remarks>
public static class ChannelTerminals
{
    /// <summary>Terminal of each channel node, in the order of the channel's nodes.</summary>
    /// <exception cref="MeshException">The channel has not two contacts.</exception>
    public static ChannelTerminal[] Of(ControlVolumeMesh mesh)
    {
        var terminal = new ChannelTerminal[mesh.NodeCount];
        int[] channel = [.. Enumerable.Range(0, mesh.NodeCount).Where(n => mesh.MaterialOf(n) == MaterialKind.Channel)];
        double middle = 0.5 * (channel.Min(n => mesh.X[n]) + channel.Max(n => mesh.X[n]));
        foreach (Interface f in mesh.Interfaces)
            foreach ((int n, int metal) in new[] { (f.First, f.Second), (f.Second, f.First) })
                if (mesh.MaterialOf(n) == MaterialKind.Channel && mesh.MaterialOf(metal) == MaterialKind.ContactMetal)
                    terminal[n] = OfMetal(mesh, metal, middle);
        foreach ((string source, string drain) in new[] { ("source", "drain"), ("left", "right") })
        {
            if (terminal.Any(t => t != ChannelTerminal.None))
                break;
            foreach (BoundaryFace face in mesh.Boundaries)
                if (mesh.MaterialOf(face.Node) == MaterialKind.Channel && (face.Name == source || face.Name == drain))
                    terminal[face.Node] = face.Name == source ? ChannelTerminal.Source : ChannelTerminal.Drain;
        }
        ChannelTerminal[] own = [.. channel.Select(n => terminal[n])];
        foreach (ChannelTerminal needed in new[] { ChannelTerminal.Source, ChannelTerminal.Drain })
            if (!own.Contains(needed))
                throw new MeshException(
                    $"The channel has no {needed.ToString().ToLowerInvariant()}: let it touch contact metal on both sides, or name its "
                        + "boundaries source and drain.");
        return own;
    }

    /// <summary>Terminal of a node of contact metal.</summary>
    /// <param name="mesh">Mesh.</param>
    /// <param name="metal">Node of the metal.</param>
    /// <param name="middle">Middle of the channel [m].</param>
    public static ChannelTerminal OfMetal(ControlVolumeMesh mesh, int metal, double middle) =>
        mesh.Regions[mesh.RegionOf(metal)].Name switch
        {
            "source" => ChannelTerminal.Source,
            "drain" => ChannelTerminal.Drain,
            _ => mesh.X[metal] <= middle ? ChannelTerminal.Source : ChannelTerminal.Drain,
        };
}
