using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;

namespace FvSolver.Validation.Site;

/// <summary>The page of the gallery: every case of the library with its command, its time and its picture.</summary>
public static class Gallery
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private const string PageName = "gallery.md", Heading = "## ", PictureSize = "720x486";

    private const string Introduction = """
        # Gallery

        Every case of the library. The times are of one processor core of 2022, start of the program included; `fv docs --gallery CASE`
        measures them and draws the pictures anew.


        """;

    /// <summary>Runs cases and replaces their entries; those of other cases stay.</summary>
    /// <param name="docs">Folder of the page.</param>
    /// <param name="names">Names of cases; none for the whole library.</param>
    /// <param name="text">Takes a line per case.</param>
    /// <param name="cancel">Ends it after the case that is running.</param>
    /// <exception cref="OutputException">A case is not in the library, or fails.</exception>
    public static void Write(string docs, IReadOnlyCollection<string> names, TextWriter text, CancellationToken cancel)
    {
        if (names.FirstOrDefault(n => !CaseLibrary.Names.Contains(n)) is { } unknown)
            throw new OutputException(unknown, "is no case of the library; 'fv list' names them");
        string page = Path.Combine(docs, PageName);
        Dictionary<string, string> entries = File.Exists(page) ? Entries(File.ReadAllText(page)) : [];
        Directory.CreateDirectory(Path.Combine(docs, "gallery"));
        foreach (string name in names.Count > 0 ? names : CaseLibrary.Names)
        {
            double seconds = Run(name, Path.Combine(docs, "gallery", name + ".png"), cancel);
            entries[name] = Entry(name, seconds);
            text.WriteLine($"{name}: {Time(seconds)}");
            text.Flush();
            File.WriteAllText(page, Introduction + string.Join("\n", CaseLibrary.Names.Where(entries.ContainsKey).Select(n => entries[n])));
        }
    }

    /// <summary>Entries of a page by the name of their case.</summary>
    internal static Dictionary<string, string> Entries(string page) =>
        page.Split('\n' + Heading).Skip(1).ToDictionary(e => e[..e.IndexOf('\n')].Trim(), e => Heading + e.TrimEnd() + "\n");

    private static string Entry(string name, double seconds)
    {
        CaseDefinition definition = CaseReader.Read(name);
        var entry = new StringBuilder($"{Heading}{name}\n\n**{definition.Title}** {definition.Description}\n\n");
        entry.Append($"    fv {string.Join(' ', Command(name))}     # {Time(seconds)}\n\n");
        return entry.Append($"![{definition.Title}](gallery/{name}.png)\n").ToString();
    }

    // Pulse by pulse it would take minutes.
    private static string[] Command(string name) => name == "fig2c" ? ["run", name, "--fast"] : ["run", name];

    private static string Time(double seconds) => seconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:g2} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:f0} min");

    private static double Run(string name, string picture, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("fv-gallery-").FullName;
        try
        {
            string result = Path.Combine(folder, name + ".h5");
            double seconds = Start(cancel, [.. Command(name), "-o", result, "--no-picture"]);
            Start(cancel, "plot", result, "-o", picture, "--size", PictureSize);
            return seconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs this program again; returns the processor time that it took [s].</summary>
    private static double Start(CancellationToken cancel, params string[] arguments)
    {
        (string file, IReadOnlyList<string> first) = ThisProgram.Start!.Value;
        var info = new ProcessStartInfo(file, [.. first, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(info)!;
        using CancellationTokenRegistration stop = cancel.Register(process.Kill);
        Task<string> error = process.StandardError.ReadToEndAsync(cancel), output = process.StandardOutput.ReadToEndAsync(cancel);
        double seconds = 0;
        while (!process.WaitForExit(Look))
            seconds = TimeOf(process) ?? seconds;
        Task.WaitAll([error, output], cancel);
        cancel.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new OutputException(string.Join(' ', arguments), error.Result.Trim());
        return seconds;
    }

    /// <summary>Processor time of a process [s]; null when it has just ended, after which the system no longer tells.</summary>
    private static double? TimeOf(Process process)
    {
        try
        {
            return process.TotalProcessorTime.TotalSeconds;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
