namespace FvSolver.Validation.Bench;

/// <summary>Something that users wait for, to be timed.</summary>
internal abstract class Workload
{
    /// <summary>Short name, for <c>--only</c>.</summary>
    public abstract string Id { get; }

    /// <summary>What it is, in one line.</summary>
    public abstract string Title { get; }

    /// <summary>False where the users' several processors belong to what is measured.</summary>
    public virtual bool IsPinned => true;

    /// <summary>Measures it, in one or several variants.</summary>
    public abstract IEnumerable<Measurement> Run(BenchContext context);
}

/// <summary>How thoroughly to measure.</summary>
/// <param name="Quick">True for short trains and small grids.</param>
/// <param name="Cancel">Ends the work.</param>
internal sealed record BenchContext(bool Quick, CancellationToken Cancel)
{
    /// <summary>Rounds of each variant.</summary>
    public int RoundCount => Quick ? 3 : 7;

    /// <summary>Settings of the isothermal trains, found by <see cref="ToleranceFront"/> when they are first asked for.</summary>
    public ToleranceFront Front => MeasuredFront ??= ToleranceFront.Measure(this);

    /// <summary>The same, or null as long as nobody has asked.</summary>
    public ToleranceFront? MeasuredFront { get; private set; }
}
