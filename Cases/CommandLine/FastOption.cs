using System.CommandLine;

namespace FvSolver.Cases.CommandLine;

/// <summary>The option <c>--fast</c> of commands that run a case.</summary>
public static class FastOption
{
    /// <summary>The setting that it stands for.</summary>
    public const string Setting = "solver.pulse_map=auto";

    /// <summary>Makes the option.</summary>
    public static Option<bool> Create() => new("--fast")
    {
        Description = "Map pulses where the map is certified, as solver.pulse_map = \"auto\" does: "
            + "each row of /pulses says what it is, and its bound.",
    };
}
