using System.Reflection;

namespace FvSolver.Validation.Report;

/// <summary>What the reports say about the run as a whole.</summary>
/// <param name="Started">When it started, UTC.</param>
/// <param name="Seconds">Wall time [s].</param>
/// <param name="Selection">Which cases were run, in words.</param>
public sealed record RunInfo(DateTime Started, double Seconds, string Selection)
{
    /// <summary>Version of the program, with the commit where the build knows it.</summary>
    public string Version { get; } = Read();

    private static string Read()
    {
        string? full = typeof(RunInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return full?.Split('+') switch
        {
            [var version, { Length: > 8 } commit] => $"{version} ({commit[..8]})",
            [var version, ..] => version,
            _ => "unknown",
        };
    }
}
