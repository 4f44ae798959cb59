namespace FvSolver.Cases.Fits;

/// <summary>A closed-form law y = f(x; p) of one or more inputs.</summary>
public interface ILaw
{
    /// <summary>Name on the command line, e.g. <c>joint</c>.</summary>
    string Name { get; }

    /// <summary>True when <see cref="Evaluate"/> gives ln|y|, which is then fitted to the logarithms of the data.</summary>
    bool IsOfLogarithms => false;

    /// <summary>The equation, as text.</summary>
    string Equation { get; }

    /// <summary>Names of the inputs in order; a CSV without other instruction has columns of these names.</summary>
    IReadOnlyList<string> Inputs { get; }

    /// <summary>Parameters in order, with unit, bounds and scale.</summary>
    IReadOnlyList<FitParameter> Parameters { get; }

    /// <summary>Value at one point.</summary>
    double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> x);

    /// <summary>Start values from the data.</summary>
    double[] Start(FitData data);

    /// <summary>What else the fitted values say, in the field's terms; empty when nothing.</summary>
    string Remark(IReadOnlyList<double> values, FitData data) => "";
}
