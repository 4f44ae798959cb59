using System.Diagnostics;

namespace FvSolver.Cases.Sweeps;

/// <summary>Runs points on threads of this process.</summary>
/// <param name="workers">Number of threads; 0 takes one per core.</param>
public sealed class LocalBackend(int workers = 0) : ISweepBackend
{
    /// <inheritdoc/>
    public void Run(SweepJob job, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        int next = -1, done = 0, failed = 0;
        var gate = new Lock();
        Exception? fault = null;
        HashSet<int> missing = [.. job.Points.Select(p => p.Index)];
        void Work()
        {
            while (!cancellation.IsCancellationRequested && Volatile.Read(ref fault) is null)
            {
                int i = Interlocked.Increment(ref next);
                if (i >= job.Blocks.Count)
                    return;
                try
                {
                    PointResult[] results = [.. job.Runner(job.Blocks[i], cancellation).Where(r => missing.Contains(r.Index))];
                    foreach (PointResult result in results)
                        job.Store.Write(result);
                    lock (gate)
                    {
                        done += results.Length;
                        failed += results.Count(r => !r.Succeeded);
                        job.Progress?.Invoke(SweepProgress.Of(job.Before, done, failed, job.Before + job.Points.Count, clock.Elapsed));
                    }
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                catch (Exception exception) // a result that cannot be written ends the sweep
                {
                    Interlocked.CompareExchange(ref fault, exception, null);
                }
            }
        }
        int count = Math.Min(workers > 0 ? workers : Environment.ProcessorCount, Math.Max(1, job.Blocks.Count));
        Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(Work, 16 * 1024 * 1024) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        if (fault is not null)
            throw new IOException(fault.Message, fault);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Runs a point; an error becomes a failed result.</summary>
    internal static PointResult RunPoint(PointRunner runner, SweepPoint point, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        PointResult result;
        try
        {
            result = runner(point, cancellation) with { Index = point.Index };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            result = PointResult.Failed(point.Index, exception.Message);
        }
        return result with { Seconds = clock.Elapsed.TotalSeconds };
    }
}
