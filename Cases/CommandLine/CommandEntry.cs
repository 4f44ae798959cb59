using System.CommandLine;

namespace FvSolver.Cases.CommandLine;

/// <summary>A command that is made only when it is needed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Create">Makes it.</param>
public sealed record CommandEntry(string Name, Func<Command> Create)
{
    /// <summary>True when it integrates, so that the speed of compiled code counts for more than a quick start.</summary>
    public bool Computes { get; init; }
}
