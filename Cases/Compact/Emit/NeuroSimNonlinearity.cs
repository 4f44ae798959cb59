namespace FvSolver.Cases.Compact.Emit;

/// <summary>Nonlinearity of an update curve as NeuroSim has it.</summary>
/// <param name="Curvature">kappa = P_max/A of G = G_min + B (1 - exp(-P/A)); negative when steps grow.</param>
public sealed record NeuroSimNonlinearity(double Curvature)
{
    private const double LargestCurvature = 20;

    /// <summary>
    /// NeuroSim's label: the largest distance of the normalised curve from the straight line, over 0.099, with the sign of A;
    /// negative when the curve is convex. (Its table of A against labels 0.01 to 9 obeys this rule within 2 %, from A = 126.27 P_max
    /// at 0.01 over 1.2517 at 1 to 0.0228 at 9.)
    /// </summary>
    public double Label
    {
        get
        {
            double k = Math.Abs(Curvature);
            if (k < 1e-9)
                return 0;
            double share = -Expm1(-k), at = Math.Log(k / share) / k;
            return Math.Sign(Curvature) * (-Expm1(-k * at) / share - at) / 0.099;
        }
    }

    /// <summary>Largest distance of the law from what it was fitted to, over the range of conductance.</summary>
    public double Misfit { get; init; }

    /// <summary>Fits the law to a rising curve: the largest distance is as small as it can be.</summary>
    public static NeuroSimNonlinearity Of(IReadOnlyList<double> rising) =>
        Of([.. rising.Select((g, i) => ((double)i, g))], rising.Count - 1, rising[0], rising[^1]);

    /// <summary>The same for points of a curve.</summary>
    /// <param name="points">Pulses from the lowest conductance, and conductances [S].</param>
    /// <param name="pulses">Pulses over the whole range.</param>
    /// <param name="low">Lowest conductance [S].</param>
    /// <param name="high">Highest conductance [S].</param>
    internal static NeuroSimNonlinearity Of(IReadOnlyList<(double Pulse, double Conductance)> points, int pulses, double low, double high)
    {
        double Misfit(double k) => points.Max(p => Math.Abs((p.Conductance - low) / (high - low) - Curve(k, p.Pulse / pulses)));
        // The curves of the family do not cross within the range, so that the largest distance has one minimum.
        double shrink = (Math.Sqrt(5) - 1) / 2, from = -LargestCurvature, to = LargestCurvature;
        while (to - from > 1e-7)
        {
            double left = to - shrink * (to - from), right = from + shrink * (to - from);
            (from, to) = Misfit(left) < Misfit(right) ? (from, right) : (left, to);
        }
        double best = (from + to) / 2;
        return new(best) { Misfit = Misfit(best) };
    }

    /// <summary>(1 - exp(-k x))/(1 - exp(-k)).</summary>
    private static double Curve(double k, double x) => Math.Abs(k) < 1e-9 ? x : Expm1(-k * x) / Expm1(-k);

    private static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x * (1 + x / 2) : Math.Exp(x) - 1;
}

/// <summary>NeuroSim's law of both directions, over the range of conductance or its upper part.</summary>
/// <param name="Low">Lowest conductance [S].</param>
/// <param name="UpPulses">Pulses up over the range.</param>
/// <param name="DownPulses">Pulses down over it.</param>
/// <param name="Up">Nonlinearity up.</param>
/// <param name="Down">Nonlinearity down, over the state.</param>
public sealed record NeuroSimLaw(double Low, int UpPulses, int DownPulses, NeuroSimNonlinearity Up, NeuroSimNonlinearity Down)
{
    /// <summary>Largest distance from the curve, over the range of conductance.</summary>
    public double Misfit => Math.Max(Up.Misfit, Down.Misfit);

    // Pulses that may come at once without one being lost.
    private const int SafePulses = 25;

    /// <summary>The law of a curve after its first pulses up.</summary>
    public static NeuroSimLaw Of(UpdateCurve curve, int first = 0)
    {
        double low = curve.Up[first];
        double[] up = [.. curve.Up.Skip(first)], down = [.. curve.Down.TakeWhile(g => g >= low)];
        int pulses = DownPulsesTo(curve, low);
        return new(low, up.Length - 1, pulses, NeuroSimNonlinearity.Of(up),
            NeuroSimNonlinearity.Of([.. down.Select((g, i) => ((double)pulses - i, g))], pulses, low, curve.Max));
    }

    /// <summary>The law of the widest upper part of a curve in which it holds within a band; of the
    /// whole where half of it is not enough.</summary>
    /// <remarks>
    /// A little less where NeuroSim would lose pulses: it takes k pulses as (int)((k/N) N), which for
    /// some numbers N of levels is k - 1, even for one.
    /// </remarks>
    public static NeuroSimLaw Of(UpdateCurve curve, double band)
    {
        int fails = -1, holds = curve.Up.Count / 2;
        if (Of(curve, holds).Misfit > band)
            return Of(curve);
        while (holds - fails > 1)
        {
            int middle = (fails + holds) / 2;
            if (Of(curve, middle).Misfit > band)
                fails = middle;
            else
                holds = middle;
        }
        int Safe(int first) => Math.Min(FirstLost(curve.Up.Count - 1 - first), FirstLost(DownPulsesTo(curve, curve.Up[first])));
        return Of(curve, Enumerable.Range(holds, curve.Up.Count / 10).MaxBy(first => Math.Min(SafePulses, Safe(first))));
    }

    /// <summary>Smallest number of pulses of which NeuroSim loses one at this number of levels.</summary>
    internal static int FirstLost(int levels)
    {
        for (int k = 1; k <= levels; k++)
            if ((int)((double)k / levels * levels) != k)
                return k;
        return int.MaxValue;
    }

    /// <summary>Pulses down to a conductance; the last may only in part belong to it.</summary>
    private static int DownPulsesTo(UpdateCurve curve, double low)
    {
        int whole = curve.Down.TakeWhile(g => g >= low).Count() - 1;
        double left = whole + 1 < curve.Down.Count ? (curve.Down[whole] - low) / (curve.Down[whole] - curve.Down[whole + 1]) : 0;
        return (int)Math.Round(whole + left);
    }
}
