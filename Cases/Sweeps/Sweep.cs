using FvSolver.Cases.Output;
using FvSolver.Solver.Drive;

namespace FvSolver.Cases.Sweeps;

/// <summary>Settings of a sweep's execution.</summary>
public sealed record SweepOptions
{
    /// <summary>Where results of points and the final table go.</summary>
    public required string Directory { get; init; }

    /// <summary>True to keep results that are there and run only what is missing; false starts anew.</summary>
    public bool Resume { get; init; }

    /// <summary>True to run failed points again when resuming.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Where points run; null takes local threads.</summary>
    public ISweepBackend? Backend { get; init; }

    /// <summary>
    /// Runs blocks of points together in large local sweeps; null runs each point alone. The steps of a block are shared, so
    /// that the last digits of a point depend on its block; blocks depend on the sweep only, and a block of which a point is
    /// missing is run again as a whole, so that a resumed sweep gives the same table.
    /// </summary>
    public BlockRunner? Together { get; init; }

    /// <summary>Told how far the sweep is.</summary>
    public Action<SweepProgress>? Progress { get; init; }
}

/// <summary>Runs a sweep.</summary>
public static class Sweep
{
    /// <summary>Name of the directory of the points' results.</summary>
    public const string PointDirectory = "points";

    // Tries of a point whose result is not there afterwards.
    private const int Rounds = 3;

    // Fewer points than this are better spread over the cores one by one.
    private const int FewestForBlocks = 8 * DeviceEnsemble.Capacity;

    /// <summary>Runs all points, or the missing ones, and returns the table; it is also written to <c>sweep.csv</c>
    /// unless their job was only written.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="baseCase">Text of the base case: part of the fingerprint.</param>
    /// <param name="baseValue">Value of a parameter in the base case, for relative spreads.</param>
    /// <param name="runner">Runs one point.</param>
    /// <param name="options">Settings.</param>
    /// <param name="cancellation">Ends the sweep; results so far are kept.</param>
    /// <exception cref="ArgumentException">The sweep contradicts itself.</exception>
    /// <exception cref="InvalidDataException">The directory holds results of another sweep.</exception>
    public static SweepTable Run(
        SweepDefinition sweep, string baseCase, Func<string, double>? baseValue, PointRunner runner, SweepOptions options,
        CancellationToken cancellation = default)
    {
        IReadOnlyList<SweepPoint> points = sweep.Points(baseValue);
        string fingerprint = sweep.Fingerprint(points, baseCase);
        var store = new PointStore(Path.Combine(options.Directory, PointDirectory), fingerprint);
        if (!options.Resume)
            PointStore.Clear(store.Directory);
        ISweepBackend backend = options.Backend ?? new LocalBackend();
        SweepPoint[] missing = [.. points.Where(p => store.Read(p.Index) is not { } r || (options.RetryFailed && !r.Succeeded))];
        // What somebody removes while the sweep runs is run again; a distributed sweep sees to that itself.
        for (int round = 0; missing.Length > 0 && round < (backend is LocalBackend ? Rounds : 1); round++)
        {
            backend.Run(Job(sweep, fingerprint, points, missing, store, runner, options), cancellation);
            missing = [.. points.Where(p => store.Read(p.Index) is null)];
        }
        var table = new SweepTable(sweep, points, [.. points.Select(p => store.Read(p.Index)
            ?? PointResult.Failed(p.Index, "no result: the task that ran it was lost; resume the sweep"))]);
        if (backend is SlurmBackend { Unsubmitted: not null })
            return table;
        string path = Path.Combine(options.Directory, "sweep.csv");
        using var text = new StringWriter();
        table.WriteCsv(text);
        OutputFolder.Ensure(path);
        OutputFile.WriteText(path, text.ToString());
        return table;
    }

    // Which points run together, and what runs them.
    private static SweepJob Job(SweepDefinition sweep, string fingerprint, IReadOnlyList<SweepPoint> points, SweepPoint[] missing,
        PointStore store, PointRunner runner, SweepOptions options)
    {
        BlockRunner run = (block, cancel) => [.. block.Select(p => LocalBackend.RunPoint(runner, p, cancel))];
        IReadOnlyList<SweepPoint>[] blocks = [.. missing.Select(p => new[] { p })];
        if (options.Together is { } together && points.Count >= FewestForBlocks)
        {
            // The last ones go one by one, so that all workers come to their ends at about the same time. Which points go
            // together is a matter of the sweep alone: a resumed sweep gives the same bits.
            int inBlocks = (points.Count / DeviceEnsemble.Capacity - 1) * DeviceEnsemble.Capacity;
            run = (block, cancel) => block.Count == 1 ? [LocalBackend.RunPoint(runner, block[0], cancel)] : together(block, cancel);
            blocks =
            [
                .. points.Take(inBlocks).Chunk(DeviceEnsemble.Capacity).Concat(points.Skip(inBlocks).Chunk(1))
                    .Where(block => block.Any(missing.Contains)),
            ];
        }
        return new(sweep, fingerprint, missing, points.Count - missing.Length, store, blocks, run, options.Progress);
    }
}
