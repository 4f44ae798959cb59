using FvSolver.Cases.Figures;

namespace FvSolver.Cases.Comparison;

/// <summary>The same view of two results in one picture: both laid over each other, and what is between them.</summary>
internal static class DifferencePicture
{
    /// <summary>Draws two figures of one name together.</summary>
    /// <param name="a">Figure of the first result.</param>
    /// <param name="nameA">What the first result is called.</param>
    /// <param name="b">Figure of the second result.</param>
    /// <param name="nameB">What the second result is called.</param>
    /// <returns>The picture; null when they have no panel with curves in common.</returns>
    public static FigureSpec? Of(FigureSpec a, string nameA, FigureSpec b, string nameB)
    {
        (PanelSpec A, PanelSpec B)[] pairs = [.. a.Panels.Zip(b.Panels)
            .Where(p => p.First.Curves.Count > 0 && p.Second.Curves.Count > 0 && p.First.Y.Unit == p.Second.Y.Unit
                && p.First.X.Unit == p.Second.X.Unit)];
        if (pairs.Length == 0)
            return null;
        return new FigureSpec
        {
            Name = $"diff-{a.Name}",
            Title = a.Title == b.Title ? $"{a.Title}: {nameA} and {nameB}" : $"{nameA} and {nameB}",
            Columns = pairs.Length == 1 ? 1 : 2,
            Panels = [.. pairs.SelectMany(p => new[] { Together(p.A, nameA, p.B, nameB), Between(p.A, nameA, p.B, nameB) })],
        };
    }

    private static PanelSpec Together(PanelSpec a, string nameA, PanelSpec b, string nameB) => a with
    {
        Curves = [.. Named(a.Curves, nameA, 0), .. Named(b.Curves, nameB, 1)],
        References = [],
    };

    // One colour a result; its curves keep their labels where there are several.
    private static IEnumerable<CurveSpec> Named(IReadOnlyList<CurveSpec> curves, string name, int color) => curves.Select((c, i) => c with
    {
        Color = color,
        Tone = null,
        Style = color == 0 || c.Style != CurveStyle.Line ? c.Style : CurveStyle.Dashed,
        Label = i == 0 ? name : "",
    });

    private static PanelSpec Between(PanelSpec a, string nameA, PanelSpec b, string nameB)
    {
        var curves = new List<CurveSpec>();
        foreach ((int i, CurveSpec curve) in a.Curves.Index())
            if (Counterpart(a, i, b) is { } other && Residual(curve, other) is { } residual)
                curves.Add(curve with { Color = i, Tone = null, X = residual.X, Y = residual.Y, YError = [] });
        return new PanelSpec
        {
            X = a.X,
            Y = new AxisSpec($"{nameB} less {nameA}", a.Y.Unit),
            Curves = curves,
            References = [new ReferenceSpec("", 0, 0)],
        };
    }

    // Labels may tell values that differ: then the order decides.
    private static CurveSpec? Counterpart(PanelSpec a, int i, PanelSpec b) =>
        (a.Curves[i].Label.Length > 0 ? b.Curves.FirstOrDefault(c => c.Label == a.Curves[i].Label) : null)
            ?? (a.Curves.Count == b.Curves.Count ? b.Curves[i] : null);

    /// <summary>Second less first at the points of the first, linear in between; null where the points of one are in no order.</summary>
    internal static (double[] X, double[] Y)? Residual(CurveSpec a, CurveSpec b)
    {
        if (a.X.SequenceEqual(b.X))
            return (a.X, [.. a.Y.Zip(b.Y, (y, z) => z - y)]);
        if (!Increases(a.X) || !Increases(b.X))
            return null;
        double[] x = [.. a.X.Where(v => v >= b.X[0] && v <= b.X[^1])];
        return (x, [.. x.Select(v => At(b, v) - At(a, v))]);
    }

    private static bool Increases(double[] x) => x.Length > 1 && x.Zip(x.Skip(1)).All(p => p.First < p.Second);

    private static double At(CurveSpec curve, double x)
    {
        int i = Array.BinarySearch(curve.X, x);
        if (i >= 0)
            return curve.Y[i];
        i = ~i;
        double part = (x - curve.X[i - 1]) / (curve.X[i] - curve.X[i - 1]);
        return curve.Y[i - 1] + part * (curve.Y[i] - curve.Y[i - 1]);
    }
}
