namespace FvSolver.Cases.Sweeps;

/// <summary>How far a sweep is.</summary>
/// <param name="Done">Points that have a result, failed ones included.</param>
/// <param name="Failed">Points that failed.</param>
/// <param name="Total">All points.</param>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="Left">Estimated time left, from the mean pace since the start; null before the first result.</param>
public sealed record SweepProgress(int Done, int Failed, int Total, TimeSpan Elapsed, TimeSpan? Left)
{
    /// <summary>Progress from counts; points that were there before the start do not count for the pace.</summary>
    public static SweepProgress Of(int before, int done, int failed, int total, TimeSpan elapsed) =>
        new(before + done, failed, total, elapsed, done > 0 ? elapsed * ((double)(total - before - done) / done) : null);
}
