using System.ComponentModel;
using System.Diagnostics;

namespace FvSolver.Validation.Bench;

/// <summary>Runs other programs. They inherit the processor to which this one is pinned.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it printed, and its time [s].</returns>
    /// <exception cref="ProgramFailure">It cannot be started or fails.</exception>
    public static (string Output, double Seconds) Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        long begin = Stopwatch.GetTimestamp();
        try
        {
            using Process process = Process.Start(start)!;
            // Read at the same time: a full pipe would stop the program.
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            return process.ExitCode == 0 ? (output, seconds)
                : throw new ProgramFailure(
                    $"'{start.FileName}' ended with code {process.ExitCode}: {error.Result.ReplaceLineEndings(" ").Trim()}");
        }
        catch (Win32Exception e)
        {
            throw new ProgramFailure($"'{start.FileName}' cannot be started: {e.Message}");
        }
    }
}

/// <summary>Another program cannot be run, or its answer not be read.</summary>
public sealed class ProgramFailure(string message) : Exception(message);
