namespace FvSolver.Solver.Maps;

/// <summary>A property of settled states as a function of the content u = ln c: a series, times c where that is the smoother.</summary>
public sealed class ContentFunction
{
    /// <summary>A function from its parts.</summary>
    public ContentFunction(ChebyshevSeries series, bool isPerContent) => (Series, IsPerContent) = (series, isPerContent);

    /// <summary>The series.</summary>
    public ChebyshevSeries Series { get; }

    /// <summary>True when the property is the series times c.</summary>
    public bool IsPerContent { get; }

    /// <summary>The function through values at the nodes of <see cref="ChebyshevSeries.Nodes"/>.</summary>
    public static ContentFunction Through(double low, double high, ReadOnlySpan<double> values)
    {
        double[] nodes = ChebyshevSeries.Nodes(low, high, values.Length), ratios = [.. values];
        for (int i = 0; i < ratios.Length; i++)
            ratios[i] /= Math.Exp(nodes[i]);
        ChebyshevSeries plain = ChebyshevSeries.Through(low, high, values), ratio = ChebyshevSeries.Through(low, high, ratios);
        return RelativeTail(ratio) < RelativeTail(plain) ? new(ratio, true) : new(plain, false);
    }

    /// <summary>Value at a content.</summary>
    public double At(double u) => IsPerContent ? Series.At(u) * Math.Exp(u) : Series.At(u);

    /// <summary>Values at many contents.</summary>
    /// <param name="u">Contents u.</param>
    /// <param name="content">c = e^u of each.</param>
    /// <param name="values">Takes the values.</param>
    public void At(ReadOnlySpan<double> u, ReadOnlySpan<double> content, Span<double> values)
    {
        Series.At(u, values);
        if (IsPerContent)
            for (int i = 0; i < u.Length; i++)
                values[i] *= content[i];
    }

    private static double RelativeTail(ChebyshevSeries s)
    {
        double largest = 0;
        foreach (double c in s.Coefficients)
            largest = Math.Max(largest, Math.Abs(c));
        return largest > 0 ? s.Tail / largest : 0;
    }
}
