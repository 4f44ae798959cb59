using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FvSolver.Cases.CommandLine;

namespace FvSolver.Validation.Start;

/// <summary>Settings of the just-in-time compiler that the runtime takes from the environment only, before the program begins.</summary>
/// <remarks>
/// Where the processor has no vectors of eight numbers, they are put together from halves, in more pieces than the compiler inlines and
/// keeps in registers unless it is told to: without the settings a run takes half as long again, with heat twice as long. The scripts of
/// the sources set them; an installed tool, which no script starts, begins anew with them.
/// </remarks>
internal static class CompilerSettings
{
    // As the runtime reads them: hexadecimal.
    private static readonly (string Name, string Value)[] Wanted = [("DOTNET_JitInlineBudget", "64"),
        ("DOTNET_JitMaxLocalsToTrack", "2000")];

    /// <summary>True when a command that computes would run faster with the settings, which are not there.</summary>
    public static bool AreMissing =>
        !Vector512.IsHardwareAccelerated && Wanted.All(w => Environment.GetEnvironmentVariable(w.Name) is null);

    /// <summary>Begins the program anew with the settings.</summary>
    /// <param name="args">Arguments of the program.</param>
    /// <returns>The exit code of that program; null when it cannot be started, and this one goes on, slower.</returns>
    public static int? BeginAnew(string[] args)
    {
        if (ThisProgram.Start is not { } program)
            return null;
        foreach ((string name, string value) in Wanted)
            Environment.SetEnvironmentVariable(name, value);
        string[] all = [.. program.First, .. args];
        return OperatingSystem.IsWindows() ? Start(program.File, all) : Replace(program.File, all);
    }

    // The same process: signals, the terminal and whoever waits for it see no difference.
    private static int? Replace(string program, string[] args)
    {
        string?[] environment =
            [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => $"{e.Key}={e.Value}"), null];
        _ = Execve(program, [program, .. args, null], environment);
        return null;
    }

    private static int? Start(string program, string[] args)
    {
        // The interruption reaches both; this one waits for what the other does about it.
        Console.CancelKeyPress += (_, e) => e.Cancel = true;
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, args) { UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "execve")]
    private static extern int Execve(string path, string?[] arguments, string?[] environment);
}
