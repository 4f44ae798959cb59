using System.Collections.Concurrent;
using System.Diagnostics;
using FvSolver.Cases.Output;
using FvSolver.Solver.Kinetic;

namespace FvSolver.Cases.Noise;

/// <summary>Simulates the blocks of all points on threads; what comes out does not depend on how many there are.</summary>
/// <remarks>Blocks that are done go into <c>OUTPUT.checkpoint</c>, from which a run that was cut off goes on.</remarks>
public sealed class NoiseRun
{
    private readonly IReadOnlyList<NoisePoint> _points;
    private readonly NoiseSettings _settings;
    private readonly NoiseBlock?[][] _blocks;
    private readonly string _fingerprint;

    /// <summary>A run in which nothing is done yet.</summary>
    /// <param name="points">Points.</param>
    /// <param name="settings">How much is simulated.</param>
    public NoiseRun(IReadOnlyList<NoisePoint> points, NoiseSettings settings)
    {
        (_points, _settings) = (points, settings);
        _blocks = [.. points.Select(p => new NoiseBlock?[NoiseBlock.CountOf(p, settings)])];
        _fingerprint = string.Join('\n', [$"{settings with { Workers = 0 }}", .. points.Select(p => $"{p with { }} {p.Device}")]);
    }

    /// <summary>Blocks of all points.</summary>
    public int Total => _blocks.Sum(b => b.Length);

    /// <summary>Blocks that are done.</summary>
    public int Done => _blocks.Sum(b => b.Count(x => x is not null));

    /// <summary>Runs what is missing.</summary>
    /// <param name="progress">Called from any thread, one at a time, after each block; may be null.</param>
    /// <param name="save">Called now and then with what is to be kept, and when the run is cancelled; may be null.</param>
    /// <param name="interval">Time between two calls of <paramref name="save"/> [s].</param>
    /// <param name="cancel">Ends the run.</param>
    /// <returns>Statistics of each point.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; what was done is saved.</exception>
    public IReadOnlyList<NoiseStatistics> Run(
        Action<NoiseRun>? progress = null, Action<Checkpoint>? save = null, double interval = 5, CancellationToken cancel = default)
    {
        (int Point, int Block)[] missing =
        [
            .. Enumerable.Range(0, _points.Count).SelectMany(p => Enumerable.Range(0, _blocks[p].Length).Select(b => (p, b)))
                .Where(x => _blocks[x.p][x.b] is null),
        ];
        Lazy<Func<Random, DrivenFilm>>[] films =
            [.. _points.Select(p => new Lazy<Func<Random, DrivenFilm>>(() => NoiseBlock.Films(p, _settings)))];
        var gate = new Lock();
        var clock = Stopwatch.StartNew();
        double saved = 0;
        try
        {
            Parallel.ForEach(
                Partitioned(missing),
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = _settings.Workers > 0 ? _settings.Workers : Environment.ProcessorCount,
                    CancellationToken = cancel,
                },
                item =>
                {
                    NoiseBlock block = NoiseBlock.Run(
                        _points[item.Point], _settings, films[item.Point].Value, item.Point, item.Block, cancel);
                    lock (gate)
                    {
                        _blocks[item.Point][item.Block] = block;
                        progress?.Invoke(this);
                        if (save is null || clock.Elapsed.TotalSeconds - saved < interval)
                            return;
                        save(Save());
                        saved = clock.Elapsed.TotalSeconds;
                    }
                });
        }
        catch (Exception e) when (e is OperationCanceledException || e is AggregateException { InnerException: OperationCanceledException })
        {
            save?.Invoke(Save());
            throw new OperationCanceledException(cancel);
        }
        catch (AggregateException e) when (e.InnerException is not null)
        {
            throw e.InnerException;
        }
        return [.. _points.Select((point, p) => new NoiseStatistics(point, _settings, _blocks[p]!))];
    }

    /// <summary>What is done.</summary>
    public Checkpoint Save()
    {
        var checkpoint = new Checkpoint();
        checkpoint.Strings["noise"] = [_fingerprint];
        for (int p = 0; p < _blocks.Length; p++)
        {
            for (int b = 0; b < _blocks[p].Length; b++)
            {
                if (_blocks[p][b] is not { } block)
                    continue;
                string name = $"{p}_{b}";
                checkpoint.Doubles[name] = [.. block.Mean, .. block.Step, .. block.Hydrogen];
                checkpoint.Longs[name] = [block.Events, .. block.Forward, .. block.Backward];
            }
        }
        return checkpoint;
    }

    /// <summary>Takes over what an earlier run did.</summary>
    /// <returns>False when it belongs to other points or settings.</returns>
    public bool Resume(Checkpoint checkpoint)
    {
        if (!checkpoint.Strings.TryGetValue("noise", out string[]? stored) || stored is not [var text] || text != _fingerprint)
            return false;
        foreach ((string name, double[] sample) in checkpoint.Doubles)
        {
            int[] place = [.. name.Split('_').Select(int.Parse)];
            long[] counts = checkpoint.Longs[name];
            int pulses = sample.Length / 3, links = (counts.Length - 1) / 2;
            _blocks[place[0]][place[1]] = new(
                sample[..pulses], sample[pulses..(2 * pulses)], sample[(2 * pulses)..],
                counts[1..(1 + links)], counts[(1 + links)..], counts[0]);
        }
        return true;
    }

    // One at a time: blocks of one point take as long as each other, but points do not.
    private static OrderablePartitioner<(int Point, int Block)> Partitioned((int, int)[] items) =>
        Partitioner.Create(items, loadBalance: true);
}
