using System.ComponentModel;
using System.Diagnostics;

namespace FvSolver.Tests.Fuzzing.Host;

/// <summary>Runs attempts one after the other, counts their endings, and keeps the inputs of those that end badly.</summary>
/// <param name="keep">Folder for these.</param>
internal sealed class Campaign(string keep)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10), Signalled = TimeSpan.FromSeconds(3),
        Ends = TimeSpan.FromSeconds(2), Look = TimeSpan.FromSeconds(1);

    private const int MostTold = 100;
    private const long LargestMemory = 2_000_000_000;

    /// <summary>Attempts without a documented ending so far.</summary>
    public int Bad { get; private set; }

    /// <summary>Inputs of one kind in this process.</summary>
    public void Run(Subject kind, int first, int count)
    {
        var clock = Stopwatch.StartNew();
        var endings = new SortedDictionary<string, int>();
        string folder = Folder();
        (TimeSpan Time, int Seed) slowest = default;
        (long Bytes, int Seed) most = default;
        for (int seed = first; seed < first + count; seed++)
        {
            TimeSpan before = clock.Elapsed;
            long allocated = GC.GetTotalAllocatedBytes();
            Attempt attempt = kind.Damage(seed, folder);
            Task<Ending> ending = Task.Run(attempt.Run);
            string name = "hang";
            TimeSpan used = Environment.CpuUsage.TotalTime;
            // On a busy machine the time of others does not count, but not for ever.
            while (!ending.Wait(Look) && Environment.CpuUsage.TotalTime - used < Longest && clock.Elapsed - before < 6 * Longest)
            {
            }
            if (ending.IsCompleted)
                name = Name(ending.Result);
            slowest = clock.Elapsed - before is var time && time > slowest.Time ? (time, seed) : slowest;
            allocated = GC.GetTotalAllocatedBytes() - allocated;
            most = allocated > most.Bytes ? (allocated, seed) : most;
            name = allocated > LargestMemory ? "memory" : name;
            endings[name] = endings.GetValueOrDefault(name) + 1;
            if (name is not ("read" or "refused" or "failed"))
                folder = Found(kind, seed, folder, attempt, name, ending.IsCompleted ? ending.Result.Error : "");
        }
        Tell($"{kind.Name}: {count} inputs", endings, clock.Elapsed, slowest.Time,
            $" (seed {slowest.Seed}), most memory {most.Bytes / 1e6:f0} MB (seed {most.Seed})");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Inputs of all kinds in turn, each by a start of the program; what takes long is interrupted.</summary>
    public void Start(IReadOnlyList<Subject> kinds, int first, int count)
    {
        var clock = Stopwatch.StartNew();
        var endings = new SortedDictionary<string, int>();
        string folder = Folder();
        TimeSpan slowest = default;
        for (int k = 0; k < count; k++)
        {
            (Subject kind, int seed) = (kinds[k % kinds.Count], first + k / kinds.Count);
            Attempt attempt = kind.Damage(seed, folder);
            TimeSpan before = clock.Elapsed;
            Ending ending = ByProcess(attempt, out bool interrupted);
            slowest = clock.Elapsed - before is var time && time > slowest ? time : slowest;
            string name = interrupted && ending.Code == 130 ? "interrupted" : Name(ending);
            endings[name] = endings.GetValueOrDefault(name) + 1;
            if (name is not ("read" or "refused" or "failed" or "interrupted"))
                folder = Found(kind, seed, folder, attempt, name, ending.Error);
        }
        if (count > 0)
            Tell($"{count} process starts", endings, clock.Elapsed, slowest);
        Directory.Delete(folder, recursive: true);
    }

    private static Ending ByProcess(Attempt attempt, out bool interrupted)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "fv.dll"), .. attempt.Arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(info)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        interrupted = !EndsWithin(process, Signalled);
        bool hangs = false;
        if (interrupted)
        {
            Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();
            hangs = !EndsWithin(process, Ends);
            if (hangs)
                process.Kill();
        }
        process.WaitForExit();
        return hangs ? new(-1, "does not end on SIGINT") : new(process.ExitCode, error.Result);
    }

    // On a busy machine the time of others does not count, but not for ever.
    private static bool EndsWithin(Process process, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan before = TimeUsed(process);
        while (!process.WaitForExit(Look / 10))
            if (TimeUsed(process) - before > time || clock.Elapsed > 6 * Longest)
                return false;
        return true;
    }

    private static TimeSpan TimeUsed(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return default; // it has ended meanwhile
        }
    }

    private static string Name(Ending ending) => ending switch
    {
        { IsDocumented: false } => $"code {ending.Code}",
        { Code: 0 } => "read",
        { Code: 2 } => "refused",
        _ => "failed",
    };

    // What ended badly is left where it is moved to, and a new folder taken: an input that hangs may still be using the old one.
    private string Found(Subject kind, int seed, string folder, Attempt attempt, string name, string error)
    {
        if (++Bad > MostTold)
            return folder;
        string place = Path.Combine(keep, $"{kind.Name}-{seed}");
        Directory.CreateDirectory(place);
        foreach (string file in Directory.GetFiles(folder))
            File.Copy(file, Path.Combine(place, Path.GetFileName(file)), overwrite: true);
        string line = string.Join(' ', attempt.Arguments.Select(a => a.Contains(' ', StringComparison.Ordinal) ? $"'{a}'" : a));
        File.WriteAllText(Path.Combine(place, "command"), $"fv {line}\n{name}: {error}\n");
        Console.WriteLine($"{kind.Name} {seed}: {name}: {error.TrimEnd()}");
        return Folder();
    }

    private static string Folder() => Directory.CreateTempSubdirectory("fuzz-").FullName;

    private static void Tell(string what, SortedDictionary<string, int> endings, TimeSpan time, TimeSpan slowest,
        string further = "")
    {
        Console.WriteLine($"{what}: {string.Join(", ", endings.Select(e => $"{e.Value} {e.Key}"))}; {time.TotalSeconds:f0} s, "
            + $"slowest {slowest.TotalSeconds:f2} s{further}");
        Console.Out.Flush();
    }
}
