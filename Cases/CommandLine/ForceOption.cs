using System.CommandLine;

namespace FvSolver.Cases.CommandLine;

/// <summary>The option <c>--force</c>.</summary>
public static class ForceOption
{
    /// <summary>Makes the option for a command.</summary>
    public static Option<bool> Create() => new("--force")
    {
        Description =
            "Replace files that this program has not written, start anew where an interrupted run could be resumed, and accept values "
                + "outside plausible ranges.",
    };
}
