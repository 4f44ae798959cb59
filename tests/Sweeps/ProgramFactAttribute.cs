using Xunit;

namespace FvSolver.Tests.Sweeps;

/// <summary>A fact that needs programs; it is skipped with the reason where one is absent.</summary>
public sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(params string[] programs)
    {
        string[] absent = [.. programs.Where(p => Find(p) is null)];
        if (absent.Length > 0)
            Skip = $"not installed: {string.Join(", ", absent)}";
    }

    /// <summary>Full path of a program, or null.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);
}
