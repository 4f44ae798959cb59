namespace FvSolver.Validation.Checks;

/// <summary>One question whose answer is known, with the source of the answer and a mistake that must be caught.</summary>
public abstract class ValidationCase
{
    /// <summary>Group and name, e.g. <c>limits.nernst-line</c>; unique in the suite.</summary>
    public abstract string Id { get; }

    /// <summary>What is shown, in one sentence without a full stop.</summary>
    public abstract string Title { get; }

    /// <summary>Kind of answer.</summary>
    public abstract CaseGroup Group { get; }

    /// <summary>
    /// The relation that is tested, as text: <c>_x</c> and <c>_{xy}</c> are subscripts, <c>^x</c> and <c>^{xy}</c> superscripts.
    /// Lines are separated by <c>\n</c>.
    /// </summary>
    public abstract string Equation { get; }

    /// <summary>Where the expected answer comes from.</summary>
    public abstract string Source { get; }

    /// <summary>True when the case takes a few seconds at most and belongs to the quick suite.</summary>
    public virtual bool Quick => true;

    /// <summary>The mistake that <see cref="RunContext.Perturbed"/> switches on and that must make the case fail.</summary>
    public abstract Control Control { get; }

    /// <summary>Computes the answer.</summary>
    public abstract ValidationOutcome Run(RunContext context);
}
