namespace FvSolver.Cases.CommandLine;

/// <summary>How this program is started again, as a child or as a task on another node.</summary>
public static class ThisProgram
{
    /// <summary>
    /// The file to start and the arguments before one's own: the program itself, or the runtime with the program's library.
    /// </summary>
    /// <returns>Null when the system does not tell which file this process runs.</returns>
    public static (string File, IReadOnlyList<string> First)? Start => Environment.ProcessPath is not { } host
        ? null
        : (host, Path.GetFileNameWithoutExtension(host) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : []);
}
