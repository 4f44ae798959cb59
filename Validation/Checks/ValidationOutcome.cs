namespace FvSolver.Validation.Checks;

/// <summary>What a case found.</summary>
/// <param name="Checks">Numbers held against their expected values.</param>
public sealed record ValidationOutcome(params IReadOnlyList<Check> Checks)
{
    /// <summary>Figures: computed over expected.</summary>
    public IReadOnlyList<Chart> Charts { get; init; } = [];

    /// <summary>What a reader should know about the conditions or the deviation, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>True when at least one number is judged and all are inside their bands.</summary>
    public bool Passed => Checks.Any(c => c.Band.Judged) && Checks.All(c => c.Passed);
}
