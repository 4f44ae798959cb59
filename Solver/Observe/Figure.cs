namespace FvSolver.Solver.Observe;

/// <summary>How a figure came about: whether it can speak for the model.</summary>
public enum FigureKind
{
    /// <summary>Computed from parameters that were not chosen to give it.</summary>
    Follows,

    /// <summary>Parameters were calibrated so that it comes out.</summary>
    Calibrated,

    /// <summary>A parameter, or a rule of parameters, in other words.</summary>
    Input,
}

/// <summary>A single number of a run.</summary>
/// <param name="Value">Value [unit].</param>
/// <param name="Unit">SI unit as text.</param>
/// <param name="LongName">Meaning, in words.</param>
public sealed record Figure(double Value, string Unit, string LongName)
{
    /// <summary>How it came about.</summary>
    public FigureKind Kind { get; init; } = FigureKind.Follows;

    /// <summary>Estimated error of the discretisation in space and time [unit]; NaN where it was not estimated.</summary>
    public double NumericalError { get; init; } = double.NaN;
}
