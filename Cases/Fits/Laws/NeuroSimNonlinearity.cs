namespace FvSolver.Cases.Fits.Laws;

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
        Of(rising.Select((g, i) => (i / (rising.Count - 1.0), g)), rising[0], rising[^1]);

    /// <summary>The same for points of a curve.</summary>
    /// <param name="points">Share of all pulses, from the first value, and values.</param>
    /// <param name="first">First value.</param>
    /// <param name="last">Last value.</param>
    internal static NeuroSimNonlinearity Of(IEnumerable<(double Share, double Value)> points, double first, double last)
    {
        (double Share, double Value)[] scaled = [.. points.Select(p => (p.Share, (p.Value - first) / (last - first)))];
        double Misfit(double k) => scaled.Max(p => Math.Abs(p.Value - Curve(k, p.Share)));
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
