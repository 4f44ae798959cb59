namespace FvSolver.Cases.Output;

/// <summary>Where a result comes from: enough to run it again.</summary>
public sealed record ResultHeader
{
    /// <summary>Title of the case.</summary>
    public required string Title { get; init; }

    /// <summary>The case file as it was read.</summary>
    public string CaseText { get; init; } = "";

    /// <summary>Name of the case as it was given: a file, or a case of the library with <c>.toml</c>.</summary>
    public string CaseName { get; init; } = "";

    /// <summary>Command line that made the result.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Version of the program.</summary>
    public string CodeVersion { get; init; } = "";

    /// <summary>When the run was started or last saved (UTC).</summary>
    public DateTime Created { get; init; } = DateTime.UtcNow;
}
