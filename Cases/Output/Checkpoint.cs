namespace FvSolver.Cases.Output;

/// <summary>State of a run as named arrays, from which it continues bit for bit. What the names mean is the run's affair.</summary>
public sealed class Checkpoint
{
    /// <summary>Arrays of floating-point numbers, kept to the last bit.</summary>
    public Dictionary<string, double[]> Doubles { get; } = [];

    /// <summary>Arrays of integers.</summary>
    public Dictionary<string, long[]> Longs { get; } = [];

    /// <summary>Arrays of text.</summary>
    public Dictionary<string, string[]> Strings { get; } = [];
}
