using FvSolver.Cases.Figures;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Output;

/// <summary>All that a result file holds.</summary>
public sealed record Result
{
    /// <summary>Where the result comes from.</summary>
    public required ResultHeader Header { get; init; }

    /// <summary>What the run recorded.</summary>
    public required RunRecord Record { get; init; }

    /// <summary>Every resolved parameter and setting of the run.</summary>
    public IReadOnlyList<StoredParameter> Parameters { get; init; } = [];

    /// <summary>Pictures that the case wants drawn, with their data.</summary>
    public IReadOnlyList<FigureSpec> Plots { get; init; } = [];

    /// <summary>State from which the run can be continued; null when there is none.</summary>
    public Checkpoint? Checkpoint { get; init; }
}
