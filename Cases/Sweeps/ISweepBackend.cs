namespace FvSolver.Cases.Sweeps;

/// <summary>Points that are to be run, and where their results go.</summary>
/// <param name="Sweep">What the sweep varies.</param>
/// <param name="Fingerprint">Its fingerprint.</param>
/// <param name="Points">Points without a result.</param>
/// <param name="Before">Number of points that have one already.</param>
/// <param name="Store">Where results are written.</param>
/// <param name="Blocks">Points that are run together, each block with a point of
/// <paramref name="Points"/>; of one point when each runs alone.</param>
/// <param name="Runner">Runs a block.</param>
/// <param name="Progress">Told now and then how far the sweep is; may be called from any thread, never from two at once.</param>
public sealed record SweepJob(
    SweepDefinition Sweep, string Fingerprint, IReadOnlyList<SweepPoint> Points, int Before, PointStore Store,
    IReadOnlyList<IReadOnlyList<SweepPoint>> Blocks, BlockRunner Runner, Action<SweepProgress>? Progress);

/// <summary>Where the points of a sweep are run.</summary>
public interface ISweepBackend
{
    /// <summary>Runs the points; returns when each has a result or is given up.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; results so far are kept.</exception>
    void Run(SweepJob job, CancellationToken cancellation);
}
