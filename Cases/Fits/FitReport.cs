using System.Globalization;
using FvSolver.Cases.Figures;

namespace FvSolver.Cases.Fits;

/// <summary>A fit in words and as a picture.</summary>
internal static class FitReport
{
    /// <summary>Writes parameters with standard errors and intervals, correlations, bootstrap and warnings.</summary>
    public static void Write(TextWriter text, FitResult fit, double level)
    {
        text.WriteLine($"{"parameter",-34}  {"value",12}  {"std. error",12}  {level * 100:g3} % interval");
        foreach (FittedParameter p in fit.Parameters)
            text.WriteLine(p.Held
                ? $"{p.Name,-34}  {Text(p.Value),12}  {"held",12}"
                : ($"{p.Name,-34}  {Text(p.Value),12}  {Text(p.StandardError, 3),12}  "
                    + $"{Text(p.Lower)} to {Text(p.Upper)} {Unit(p.Parameter.Unit)}").TrimEnd());
        text.WriteLine(
            $"residual: {Text(Math.Sqrt(fit.ReducedSumOfSquares), 4)} per degree of freedom ({fit.DegreesOfFreedom}), worst "
                + $"{100 * fit.WorstRelativeResidual:g3} % of the fit");
        WriteCorrelations(text, fit);
        if (fit.Bootstrap is { } b)
        {
            text.WriteLine($"bootstrap: {b.Samples.Length} data sets, {b.Failures} failed");
            for (int j = 0; j < fit.Parameters.Count; j++)
                if (!fit.Parameters[j].Held)
                    text.WriteLine(
                        $"{fit.Parameters[j].Name,-34}  {"",12}  {Text(b.StandardErrors[j], 3),12}  {Text(b.Lower[j])} to "
                            + $"{Text(b.Upper[j])}");
        }
        foreach (string warning in fit.Warnings)
            text.WriteLine($"note: {warning}");
    }

    /// <summary>The parameters of a fit for a JSON document.</summary>
    public static IEnumerable<object> Json(FitResult fit) =>
        fit.Parameters.Select(p => new { p.Name, p.Parameter.Unit, p.Value, p.StandardError, p.Lower, p.Upper, p.Held });

    /// <summary>The correlation matrix row by row.</summary>
    public static double[][] CorrelationRows(FitResult fit) =>
        [.. Enumerable.Range(0, fit.Parameters.Count)
            .Select(i => Enumerable.Range(0, fit.Parameters.Count).Select(j => fit.Correlation[i, j]).ToArray())];

    /// <summary>Writes the correlation matrix of the parameters that were free.</summary>
    public static void WriteCorrelations(TextWriter text, FitResult fit)
    {
        int[] free = [.. Enumerable.Range(0, fit.Parameters.Count).Where(j => !fit.Parameters[j].Held)];
        if (free.Length < 2)
            return;
        text.WriteLine("correlations");
        for (int a = 0; a < free.Length; a++)
            text.WriteLine($"{fit.Parameters[free[a]].Name,-34}  "
                + string.Join(" ", free.Take(a + 1).Select(
                    j => fit.Correlation[free[a], j].ToString("0.00", CultureInfo.InvariantCulture).PadLeft(6))));
    }

    /// <summary>Data and fit, and what is left between them.</summary>
    public static FigureSpec Picture(string title, string equation, AxisSpec input, AxisSpec output, double[] x, double[] observed,
        double[]? sigma, FitResult fit)
    {
        int[] order = [.. Enumerable.Range(0, x.Length).OrderBy(i => x[i])];
        double[] At(IReadOnlyList<double> values) => [.. order.Select(i => values[i])];
        // A second input makes the fit several valued over the first: then markers, no line.
        bool isLine = x.Distinct().Count() == x.Length;
        AxisSpec axis = input with { Log = x.Min() > 0 && x.Max() / x.Min() > 50 };
        return new FigureSpec
        {
            Name = "fit",
            Title = title,
            Columns = 2,
            Panels =
            [
                new PanelSpec
                {
                    X = axis,
                    Y = output,
                    Curves =
                    [
                        new CurveSpec { Label = "data", Style = CurveStyle.Markers, X = At(x), Y = At(observed),
                            YError = sigma is null ? [] : At(sigma) },
                        new CurveSpec { Label = "fit", Style = isLine ? CurveStyle.Line : CurveStyle.Dots, X = At(x), Y = At(fit.Fitted) },
                    ],
                },
                new PanelSpec
                {
                    X = axis,
                    Y = new AxisSpec("data less fit, of the fit", "%"),
                    Curves = [new CurveSpec { Style = CurveStyle.Markers, X = At(x),
                        Y = At([.. fit.Residuals.Zip(fit.Fitted, (r, f) => r == 0 ? 0 : 100 * r / f)]) }],
                    References = [new ReferenceSpec("", 0, 0)],
                },
            ],
            Note = equation,
        };
    }

    /// <summary>A number with a few digits.</summary>
    public static string Text(double value, int digits = 6) => value.ToString("g" + digits, CultureInfo.InvariantCulture);

    private static string Unit(string unit) => unit == "1" ? "" : unit;
}
