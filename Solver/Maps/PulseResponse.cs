using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Maps;

/// <summary>How the values of a response are interpolated.</summary>
public enum ResponseForm
{
    /// <summary>As they are.</summary>
    Plain,

    /// <summary>By the logarithm of what is positive everywhere.</summary>
    LogPositive,

    /// <summary>By the logarithm of the magnitude of what is negative everywhere.</summary>
    LogNegative,
}

/// <summary>Something that a pulse does, as a polynomial of the content before it and of the pulse.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Form">How it is interpolated.</param>
/// <param name="Polynomial">The polynomial.</param>
public sealed record PulseResponse(string Name, ResponseForm Form, SparsePolynomial Polynomial)
{
    /// <summary>The response through values at the points of a set of indices.</summary>
    internal static PulseResponse Through(string name, IReadOnlyList<int[]> indices, ReadOnlySpan<double> values)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (double v in values)
            (least, most) = (Math.Min(least, v), Math.Max(most, v));
        ResponseForm form = least > 0 ? ResponseForm.LogPositive : most < 0 ? ResponseForm.LogNegative : ResponseForm.Plain;
        double[] transformed = [.. values];
        for (int i = 0; i < transformed.Length && form != ResponseForm.Plain; i++)
            transformed[i] = Math.Log(Math.Abs(transformed[i]));
        return new(name, form, SparsePolynomial.Through(indices, transformed, out _));
    }

    /// <summary>Turns numbers of the polynomial into the values that they stand for.</summary>
    public void ToValues(Span<double> numbers)
    {
        if (Form == ResponseForm.Plain)
            return;
        SpecialFunctions.Exp(numbers, numbers);
        for (int i = 0; i < numbers.Length && Form == ResponseForm.LogNegative; i++)
            numbers[i] = -numbers[i];
    }
}
