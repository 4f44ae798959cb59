using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Running;

/// <summary>One run of one case: an outcome, or the error that prevented it.</summary>
/// <param name="Outcome">What came out; null when the case threw.</param>
/// <param name="Error">Why there is no outcome.</param>
/// <param name="Seconds">Wall time [s].</param>
public sealed record ValidationRun(ValidationOutcome? Outcome, string? Error, double Seconds)
{
    /// <summary>True when there is an outcome and all its numbers are inside their bands.</summary>
    public bool Passed => Outcome is { Passed: true };
}

/// <summary>A case with its run and, where asked for, the run of its control.</summary>
/// <param name="Case">The case.</param>
/// <param name="Run">The case as it is.</param>
/// <param name="ControlRun">The case with its mistake; null when controls were not asked for.</param>
public sealed record CaseResult(ValidationCase Case, ValidationRun Run, ValidationRun? ControlRun)
{
    /// <summary>True when the mistake was caught: a number left its band. An error that prevents an answer does not count.</summary>
    public bool? MistakeCaught => ControlRun is null ? null : ControlRun.Outcome is { Passed: false };

    /// <summary>True when the case passes and its control, where run, fails as it must.</summary>
    public bool Passed => Run.Passed && MistakeCaught != false;
}
