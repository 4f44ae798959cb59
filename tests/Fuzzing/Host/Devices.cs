using System.Collections.Concurrent;
using System.Diagnostics;
using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;
using FvSolver.Tests.Drive;

namespace FvSolver.Tests.Fuzzing.Host;

/// <summary>Runs random devices, counts their endings, and keeps those that end badly as case files.</summary>
/// <param name="devices">What they are drawn from.</param>
/// <param name="keep">Folder for these.</param>
internal sealed class Devices(RandomDevice devices, string keep)
{
    private const double LargestImbalance = 1e-9;

    private int _refused, _run;
    private double _worst;

    /// <summary>Devices that end badly.</summary>
    public int Bad { get; private set; }

    /// <summary>Devices of seeds in turn.</summary>
    public void Run(int first, int count, int workers)
    {
        var clock = Stopwatch.StartNew();
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(first, count), EnumerablePartitionerOptions.NoBuffering),
            new() { MaxDegreeOfParallelism = workers }, Try);
        Console.WriteLine($"{count} devices: {_refused} refused, {_run} run, {Bad} badly, worst balance {_worst:g2}, {clock.Elapsed}");
    }

    private void Try(int seed)
    {
        string text = devices.Case(new(seed));
        CaseDefinition? definition = RandomDevice.Read(text);
        if (definition is null)
        {
            Interlocked.Increment(ref _refused);
            return;
        }
        // Before it runs: so is one that does not end.
        Directory.CreateDirectory(keep);
        string kept = Path.Combine(keep, $"device-{seed}.toml");
        File.WriteAllText(kept, text);
        double balance = 0;
        string found = "";
        var clock = Stopwatch.StartNew();
        try
        {
            IReadOnlyDictionary<string, Figure> figures = CaseFigures.Of(definition, ["proton_imbalance", "charge_imbalance"]);
            balance = figures.Values.Max(f => Math.Abs(f.Value));
            if (!(balance <= LargestImbalance))
                found = $"balance {balance:g2}";
        }
        catch (Exception e) when (e is RunFailure or InputException)
        {
            found = e.Message;
        }
        lock (this)
        {
            _run++;
            if (clock.Elapsed.TotalSeconds > 20)
                Console.WriteLine($"{seed}: {clock.Elapsed.TotalSeconds:f0} s");
            _worst = Math.Max(_worst, balance);
            if (found.Length == 0)
            {
                File.Delete(kept);
                return;
            }
            Bad++;
            File.WriteAllText(kept, $"# {found}\n{text}");
            Console.WriteLine($"{seed} ({clock.Elapsed.TotalSeconds:f1} s): {found}");
        }
    }
}
