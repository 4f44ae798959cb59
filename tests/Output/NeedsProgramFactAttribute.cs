using System.Diagnostics;
using Xunit;

namespace FvSolver.Tests.Output;

/// <summary>
/// A test that needs a program that a bare machine lacks: skipped with the reason where it is absent; with CI=true it runs, and fails.
/// </summary>
public sealed class NeedsProgramFactAttribute : FactAttribute
{
    /// <summary>Skips unless some candidate runs and ends well.</summary>
    /// <param name="what">Name for the reason.</param>
    /// <param name="arguments">Arguments of a run that proves that the program works.</param>
    /// <param name="candidates">Programs to try.</param>
    public NeedsProgramFactAttribute(string what, string arguments, params string[] candidates)
    {
        if (Environment.GetEnvironmentVariable("CI") != "true" && Find(arguments, candidates) is null)
            Skip = $"{what} is not installed";
    }

    /// <summary>Runs a script of Python, which must end well.</summary>
    /// <param name="import">Module that the Python must have.</param>
    /// <param name="script">Script.</param>
    /// <param name="arguments">Its arguments.</param>
    public static void Python(string import, string script, params string[] arguments)
    {
        string file = Path.GetTempFileName(), python = Find($"-c \"import {import}\"", "python3", "/usr/bin/python3") ?? "python3";
        try
        {
            File.WriteAllText(file, script);
            (int code, string output) = Run(python, $"\"{file}\" {string.Join(' ', arguments.Select(a => $"\"{a}\""))}");
            Assert.True(code == 0, output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The first candidate that runs.</summary>
    public static string? Find(string arguments, params string[] candidates) =>
        candidates.FirstOrDefault(c => Run(c, arguments).Code == 0);

    /// <summary>Runs a program to its end.</summary>
    public static (int Code, string Output) Run(string program, string arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
