using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Report;
using FvSolver.Validation.Running;

namespace FvSolver.Validation.Claims;

/// <summary>One number or statement of the paper, and the validation case that shows it.</summary>
/// <param name="Statement">What the paper says, in our words.</param>
/// <param name="Paper">Its number or word.</param>
/// <param name="CaseId">Id of the case; null when there is none.</param>
/// <param name="Quantity">The check of that case that stands for the claim; null for the whole case.</param>
/// <param name="Kind">How the computed number came about.</param>
/// <param name="Note">What the verdict rests on, or why there is no case.</param>
internal sealed record Claim(string Statement, string Paper, string? CaseId, string? Quantity, FigureKind Kind, string Note = "")
{
    /// <summary>A claim that no case shows.</summary>
    public static Claim Without(string statement, string paper, string why) => new(statement, paper, null, null, FigureKind.Follows, why);

    /// <summary>True when the case passes and the statement is still not what the model says; <see cref="Note"/> tells.</summary>
    public bool IsContradicted { get; init; }

    /// <summary>The number that came out, as text.</summary>
    public string Computed(IReadOnlyList<CaseResult> results) => CheckOf(results) is { } check
        ? Numbers.Text(check.Computed) + (check.Unit == "1" ? "" : " " + check.Unit)
        : Outcome(results) is { } run ? (run.Passed ? "all numbers within their bands" : "numbers outside their bands") : "";

    /// <summary>Whether the model bears the claim out.</summary>
    public string Verdict(IReadOnlyList<CaseResult> results)
    {
        if (CaseId is null)
            return "no case";
        if (Outcome(results) is not { } run)
            return "not run";
        bool holds = CheckOf(results) is { } check ? check.Passed : run.Passed;
        return !holds ? "not met" : IsContradicted ? "contradicted" : "met";
    }

    private ValidationOutcome? Outcome(IReadOnlyList<CaseResult> results) => results.FirstOrDefault(r => r.Case.Id == CaseId)?.Run.Outcome;

    private Check? CheckOf(IReadOnlyList<CaseResult> results) =>
        Quantity is null ? null : Outcome(results)?.Checks.FirstOrDefault(c => c.Quantity == Quantity);
}
