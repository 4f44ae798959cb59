using System.Diagnostics;
using System.Globalization;
using FvSolver.Tests.Sweeps;

namespace FvSolver.Tests.Compact;

/// <summary>Runs decks in ngspice.</summary>
internal static class Ngspice
{
    /// <summary>Output of a deck.</summary>
    /// <param name="deck">Text of the deck.</param>
    /// <param name="mode">Value of ngbehavior, or null.</param>
    /// <param name="files">Files beside it.</param>
    /// <exception cref="InvalidOperationException">ngspice wrote of an error: its exit code is 0 even after "timestep too small".</exception>
    public static string Run(string deck, string? mode, params (string Name, string Text)[] files)
    {
        using var directory = new TemporaryDirectory();
        foreach ((string name, string text) in files)
            File.WriteAllText(directory[name], text);
        File.WriteAllText(directory["deck.cir"], deck);
        if (mode is not null)
            File.WriteAllText(directory[".spiceinit"], $"set ngbehavior={mode}\n");
        var start = new ProcessStartInfo("ngspice", ["-b", "deck.cir"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(directory["deck.cir"]) };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return output.Contains("Error", StringComparison.OrdinalIgnoreCase) || output.Contains("too small", StringComparison.Ordinal)
            ? throw new InvalidOperationException(output)
            : output;
    }

    /// <summary>A number that the deck printed or measured.</summary>
    public static double Value(string output, string name)
    {
        string line = output.Split('\n').FirstOrDefault(l => l.StartsWith(name + " ", StringComparison.Ordinal) && l.Contains('='))
            ?? throw new InvalidOperationException($"ngspice did not give {name}:\n{output}");
        return double.Parse(line.Split('=')[1].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>A number to the last bit.</summary>
    public static string N(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
