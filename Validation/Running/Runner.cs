using System.Diagnostics;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Running;

/// <summary>Runs cases over the cores.</summary>
/// <param name="quick">Passed on to the cases.</param>
/// <param name="controls">True to run every case a second time with its mistake.</param>
/// <param name="workers">Cases at a time.</param>
public sealed class Runner(bool quick, bool controls, int workers)
{
    /// <summary>Runs the cases, the long ones first, and returns their results in the order given.</summary>
    /// <param name="cases">Cases.</param>
    /// <param name="finished">Called as each case ends, by one thread at a time.</param>
    /// <param name="cancel">Stops before the next case, and within the cases that look at it.</param>
    /// <exception cref="OperationCanceledException">The user stopped the run.</exception>
    public IReadOnlyList<CaseResult> Run(IReadOnlyList<ValidationCase> cases, Action<CaseResult> finished,
        CancellationToken cancel = default)
    {
        var context = new RunContext(quick, cancel);
        CaseResult[] results = new CaseResult[cases.Count];
        int[] order = [.. Enumerable.Range(0, cases.Count).OrderBy(i => cases[i].Quick)];
        int next = -1;
        Parallel.For(0, Math.Max(1, Math.Min(workers, cases.Count)), new ParallelOptions { MaxDegreeOfParallelism = workers }, _ =>
        {
            for (int k = Interlocked.Increment(ref next); k < order.Length && !cancel.IsCancellationRequested;
                k = Interlocked.Increment(ref next))
            {
                ValidationCase item = cases[order[k]];
                ValidationRun run = Run(item, context);
                results[order[k]] = new(item, run, controls ? Run(item, context.WithMistake()) : null);
                lock (results)
                    finished(results[order[k]]);
            }
        });
        cancel.ThrowIfCancellationRequested();
        return results;
    }

    private static ValidationRun Run(ValidationCase item, RunContext context)
    {
        long start = Stopwatch.GetTimestamp();
        double Seconds() => Stopwatch.GetElapsedTime(start).TotalSeconds;
        try
        {
            return new(item.Run(context), null, Seconds());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A case that cannot answer fails with its reason; the others go on.
            return new(null, $"{e.GetType().Name}: {e.Message}", Seconds());
        }
        catch (OperationCanceledException)
        {
            return new(null, "stopped", Seconds());
        }
    }
}
