using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;

namespace FvSolver.Cases.Fits.Calibration;

/// <summary>A calibration in words and as a picture: what was met, and which parameters that settles.</summary>
internal static class CalibrationReport
{
    private const double Strong = 0.7;

    /// <summary>Misfit at one standard error from which the targets set a limit that the linear errors do not see.</summary>
    private const double Steep = 3;

    /// <summary>Writes the report.</summary>
    public static void Write(
        TextWriter text, IReadOnlyList<CalibrationParameter> parameters, CalibrationResult result, IReadOnlyList<GuidedProfile> profiles)
    {
        text.WriteLine($"{"target",-30}  {"met with",12}  {"asked for",12}  {"+-",10}  off by");
        foreach (MetTarget t in result.Targets)
            text.WriteLine($"{t.Target.Name,-30}  {FitReport.Text(t.Result, 5),12}  {FitReport.Text(t.Target.Value, 5),12}  "
                + $"{FitReport.Text(t.Target.Sigma, 3),10}  {t.Deviation,5:f2} sigma");
        double priors = result.Fit.SumOfSquares - result.Targets.Sum(t => t.Deviation * t.Deviation);
        text.WriteLine(
            $"misfit {result.Fit.SumOfSquares:g4}, of that priors {priors:g3}; {result.Targets.Count} targets, {parameters.Count} "
                + "parameters");
        text.WriteLine();
        var determination = new Determination(parameters, result.Fit);
        text.WriteLine(
            $"{"parameter",-34}  {"start",12}  {"value",12}  {"std. error",10}  {"default",20}  {"narrowed to",11}  by the targets");
        for (int j = 0; j < parameters.Count; j++)
        {
            FittedParameter p = result.Fit.Parameters[j];
            string error = p.Held ? "held" : parameters[j].LogScale ? $"{100 * p.StandardError / p.Value:g3} %"
                : FitReport.Text(p.StandardError, 3);
            string narrowed = p.Held ? "" : $"{100 * determination.Narrowing(j):g3} %";
            text.WriteLine(
                $"{p.Name,-34}  {FitReport.Text(parameters[j].Start, 4),12}  {FitReport.Text(p.Value, 5),12}  {error,10}  "
                    + $"{Default(p, parameters[j]),20}  {narrowed,11}  {determination.Word(j)}");
        }
        text.WriteLine(
            $"the targets determine {determination.Combinations} combinations of {determination.FreeParameters} free parameters; the rest "
                + "is as known before");
        FitReport.WriteCorrelations(text, result.Fit);
        foreach ((string a, string b, double r) in StrongPairs(result.Fit))
            text.WriteLine($"trade-off: {a} against {b}, correlation {r:f2}");
        if (profiles.Count > 0)
            text.WriteLine(
                "misfit along each parameter, others following (1 at one standard error and 4 at two when the model is linear; limited: "
                    + "the runs rule out more than that)");
        foreach (GuidedProfile profile in profiles)
            text.WriteLine($"{profile.Path,-34}  " + string.Join("  ",
                profile.Values.Zip(profile.Misfit, (v, m) => $"{FitReport.Text(v, 3)}: {m:f2}")) + Limits(profile));
        foreach (string warning in result.Fit.Warnings)
            text.WriteLine($"note: {warning}");
    }

    /// <summary>Misfit along each parameter, over the value relative to the best.</summary>
    public static FigureSpec Picture(
        string name, IReadOnlyList<CalibrationParameter> parameters, CalibrationResult result, IReadOnlyList<GuidedProfile> profiles)
    {
        var determination = new Determination(parameters, result.Fit);
        return new FigureSpec
        {
            Name = "likelihood",
            Title = $"Calibration {name}: misfit along each parameter",
            Columns = 3,
            Panels = [.. profiles.Select(profile =>
            {
                int j = parameters.Index().First(p => p.Item.Path == profile.Path).Index;
                FittedParameter fitted = result.Fit.Parameters[j];
                return new PanelSpec
                {
                    Title = $"{profile.Path}: {determination.Word(j)}",
                    X = new AxisSpec("value", parameters[j].Unit)
                        { Log = parameters[j].LogScale && profile.Values[^1] > 20 * profile.Values[0] },
                    Y = new AxisSpec("misfit above the least, −2 Δ ln L", "1") { Min = 0, Max = 10 },
                    Curves = [new CurveSpec { Style = CurveStyle.MarkersAndLine, X = profile.Values, Y = profile.Misfit }],
                    References =
                    [
                        new ReferenceSpec("one standard error", 1, 1),
                        .. DefaultValue(fitted) is { } d && d >= profile.Values[0] && d <= profile.Values[^1]
                            ? [new ReferenceSpec("default", d, d) { OnX = true }]
                            : Array.Empty<ReferenceSpec>(),
                    ],
                };
            })],
            Note = string.Join(" ",
            [
                "Real runs; the other parameters follow where the covariance expects them: a curve is an upper bound of the profile.",
                .. StrongPairs(result.Fit).Select(p => $"Trade-off: {p.Item1} against {p.Item2}, correlation {p.Item3:f2}."),
            ]),
        };
    }

    /// <summary>Sides on which the runs rule out what the linear standard error would allow.</summary>
    private static string Limits(GuidedProfile profile)
    {
        int best = Array.IndexOf(profile.Misfit, 0.0);
        bool below = best > 0 && profile.Misfit[best - 1] > Steep,
            above = best < profile.Misfit.Length - 1 && profile.Misfit[best + 1] > Steep;
        return (below, above) switch
        {
            (true, true) => "  (limited on both sides)",
            (true, false) => "  (limited below)",
            (false, true) => "  (limited above)",
            _ => "",
        };
    }

    private static IEnumerable<(string, string, double)> StrongPairs(FitResult fit) =>
        from a in Enumerable.Range(0, fit.Parameters.Count)
        from b in Enumerable.Range(a + 1, fit.Parameters.Count - a - 1)
        where Math.Abs(fit.Correlation[a, b]) > Strong
        orderby -Math.Abs(fit.Correlation[a, b])
        select (fit.Parameters[a].Name, fit.Parameters[b].Name, fit.Correlation[a, b]);

    /// <summary>Default of the parameter records, and how many standard errors it is away.</summary>
    private static string Default(FittedParameter p, CalibrationParameter parameter)
    {
        if (DefaultValue(p) is not { } value)
            return "by rule";
        double away = parameter.LogScale ? Math.Log(value / p.Value) * p.Value / p.StandardError : (value - p.Value) / p.StandardError;
        return double.IsFinite(away) ? $"{value:g4} ({Math.Round(away, 1) + 0.0:+0.0;-0.0;0.0} se)" : $"{value:g4}";
    }

    private static double? DefaultValue(FittedParameter p) =>
        ParameterCatalogue.Device[p.Name].Read(new Device()) is double value && double.IsFinite(value) ? value : null;
}
