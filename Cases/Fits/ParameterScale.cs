namespace FvSolver.Cases.Fits;

/// <summary>
/// Maps a parameter p to the unbounded number u of order one that the minimiser works on.
/// </summary>
/// <remarks>
/// First w = p / s or w = ln(p / s), with s the size of the parameter; then, for bounds on w,
/// two: w = l + (h - l)(1 + sin u)/2; lower only: w = l - 1 + sqrt(1 + u^2); upper only: w = h + 1 - sqrt(1 + u^2).
/// The derivative vanishes on a bound, so a start value there is moved inside, and <see cref="LeastSquares"/> looks at bounds itself.
/// </remarks>
internal sealed class ParameterScale
{
    private readonly double _size, _low, _high;
    private readonly bool _log;

    /// <param name="parameter">The parameter.</param>
    /// <param name="size">Its size s [unit].</param>
    public ParameterScale(FitParameter parameter, double size)
    {
        _log = parameter.LogScale;
        _size = size;
        _low = Inner(parameter.Lower);
        _high = Inner(parameter.Upper);
    }

    /// <summary>w of p.</summary>
    public double Inner(double p) => _log ? Math.Log(p / _size) : p / _size;

    /// <summary>p of w.</summary>
    public double Outer(double w) => _log ? _size * Math.Exp(w) : _size * w;

    /// <summary>dp/dw at p.</summary>
    public double OuterSlope(double p) => _log ? p : _size;

    /// <summary>Span of w that counts as being on a bound.</summary>
    private double BoundSpan => 1e-4 * (double.IsFinite(_high - _low) ? _high - _low : 1);

    public bool OnLower(double w) => w - _low < BoundSpan;

    public bool OnUpper(double w) => _high - w < BoundSpan;

    /// <summary>u of w; a w on a bound is moved inside.</summary>
    public double ToFree(double w)
    {
        bool low = double.IsFinite(_low), high = double.IsFinite(_high);
        if (low && high)
        {
            double share = Math.Clamp((w - _low) / (_high - _low), 0.01, 0.99);
            return Math.Asin(2 * share - 1);
        }
        if (low)
            return Math.Sqrt(Square(Math.Max(w - _low, 0.01) + 1) - 1);
        if (high)
            return Math.Sqrt(Square(Math.Max(_high - w, 0.01) + 1) - 1);
        return w;
    }

    /// <summary>w of u.</summary>
    public double FromFree(double u)
    {
        bool low = double.IsFinite(_low), high = double.IsFinite(_high);
        if (low && high)
            return _low + (_high - _low) * (1 + Math.Sin(u)) / 2;
        if (low)
            return _low - 1 + Math.Sqrt(1 + u * u);
        return high ? _high + 1 - Math.Sqrt(1 + u * u) : u;
    }

    /// <summary>dw/du at u.</summary>
    public double FreeSlope(double u)
    {
        bool low = double.IsFinite(_low), high = double.IsFinite(_high);
        if (low && high)
            return (_high - _low) * Math.Cos(u) / 2;
        if (low)
            return u / Math.Sqrt(1 + u * u);
        return high ? -u / Math.Sqrt(1 + u * u) : 1;
    }

    /// <summary>w kept within the bounds.</summary>
    public double Clamp(double w) => Math.Clamp(w, _low, _high);

    private static double Square(double x) => x * x;
}
