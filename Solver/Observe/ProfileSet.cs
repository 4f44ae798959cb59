namespace FvSolver.Solver.Observe;

/// <summary>One field over the nodes of the mesh, sampled at several times.</summary>
/// <param name="Name">Name of the dataset, e.g. <c>proton_density</c>.</param>
/// <param name="Unit">SI unit as text.</param>
/// <param name="LongName">Meaning, in words.</param>
/// <param name="Position">Depth z of each of the field's nodes [m].</param>
/// <param name="PositionX">Position x of each of the field's nodes [m]; empty in 1-D.</param>
/// <param name="Samples">One array of node values per time of <see cref="ProfileSet.Times"/>.</param>
public sealed record ProfileField(
    string Name, string Unit, string LongName, double[] Position, double[] PositionX, List<double[]> Samples)
{
    /// <summary>Name of the part of the device whose nodes these are; fields with the same name share positions and triangles.</summary>
    public string Part { get; init; } = "";

    /// <summary>Triangles as triples of indices into the field's own nodes; empty in 1-D.</summary>
    public int[] Triangles { get; init; } = [];
}

/// <summary>Names of parts of a device that fields live on.</summary>
public static class ProfileParts
{
    /// <summary>PSG.</summary>
    public const string Electrolyte = "psg";

    /// <summary>WO3.</summary>
    public const string Channel = "wo3";

    /// <summary>Metal of the gate.</summary>
    public const string Gate = "gate";

    /// <summary>Metal of source and drain.</summary>
    public const string Contacts = "contacts";
}

/// <summary>Sampled fields of a run.</summary>
public sealed class ProfileSet
{
    /// <summary>Time of each sample [s].</summary>
    public List<double> Times { get; } = [];

    /// <summary>Fields; each has as many samples as there are times.</summary>
    public List<ProfileField> Fields { get; } = [];
}
