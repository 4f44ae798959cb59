using FvSolver.Cases.Compact.Model;
using FvSolver.Cases.Figures;
using FvSolver.Solver.Drive;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Pictures of the fit beside what was read: markers are readings, lines are the model.</summary>
internal static class CompactFigures
{
    private static readonly AxisSpec Conductance = new("conductance", "nS"), Error = new("error of the step", "%"),
        Pulse = new("pulse", "1");

    /// <summary>All figures for which there are readings.</summary>
    public static IEnumerable<FigureSpec> Of(CompactIdentificationResult result)
    {
        double ambient = result.Table.Values().ReferenceTemperature;
        CompactStep[] first = [.. result.Steps.Where(s => s.Pulse == 0)];
        CompactStep[] single = [.. first.Where(s =>
            s.Temperature == ambient && result.Steps.Count(o => o.Experiment == s.Experiment) == 1)];
        CompactComparison[] fitted = [.. result.Comparisons.Where(c => !Fresh(result, c))],
            fresh = [.. result.Comparisons.Where(c => Fresh(result, c))];
        foreach (CompactComparison staircase in fitted)
            yield return Figure("staircase", "Staircase: the model runs by itself from rest", Levels(staircase, ""), Errors(staircase));
        if (single.Length > 0)
            yield return Figure("grid", "Single pulses from rest, over amplitude and width", Grid("up", single.Where(s => s.Read > 0)),
                Grid("down", single.Where(s => s.Read < 0)));
        if (Relaxation(result, [.. first.Where(s => s.Temperature == ambient)]) is { } relaxation)
            yield return Figure("relaxation", "After a pulse, gate open", relaxation);
        if (first.Any(s => s.Temperature != ambient))
            yield return Figure("temperature", "Temperature", Temperature(result.Steps, ambient));
        foreach (CompactComparison train in fresh)
            yield return Figure("unseen", "Not fitted: " + train.Experiment.Name, Levels(train, ""), Errors(train));
    }

    private static bool Fresh(CompactIdentificationResult result, CompactComparison c) =>
        result.Table.Checks.Any(k => k.Train == c.Experiment.Name);

    private static FigureSpec Figure(string name, string title, params PanelSpec[] panels) =>
        new() { Name = name, Title = title, Panels = panels };

    private static CurveSpec Curve(string label, CurveStyle style, int color, IEnumerable<double> x, IEnumerable<double> y) =>
        new() { Label = label, Style = style, Color = color, X = [.. x], Y = [.. y] };

    private static PanelSpec Levels(CompactComparison c, string title)
    {
        double[] pulses = [.. c.Read.Select((_, i) => (double)i)];
        return new()
        {
            Title = title,
            X = Pulse,
            Y = Conductance,
            Curves = [Curve("solver", CurveStyle.Dots, 0, pulses, c.Read.Select(g => 1e9 * g)),
                Curve("model", CurveStyle.Line, 1, pulses, c.Model.Select(g => 1e9 * g))],
        };
    }

    private static PanelSpec Errors(CompactComparison c) => new()
    {
        X = Pulse,
        Y = Error,
        Curves = [Curve("", CurveStyle.Dots, 1, c.StepErrors.Select((_, i) => i + 1.0), c.StepErrors.Select(e => 100 * e))],
    };

    private static PanelSpec Grid(string title, IEnumerable<CompactStep> steps) => new()
    {
        Title = title,
        X = new("amplitude", "V"),
        Y = new("step", "nS") { Log = true },
        Curves = [.. steps.GroupBy(s => s.Train.Widths[0]).OrderBy(g => g.Key).SelectMany((g, i) =>
        {
            CompactStep[] row = [.. g.OrderBy(s => s.Train.Amplitudes[0])];
            double[] x = [.. row.Select(s => Math.Abs(s.Train.Amplitudes[0]))];
            return new[]
            {
                Curve($"{NumberText.Short(1e9 * g.Key, 3)} ns", CurveStyle.Markers, i, x, row.Select(s => 1e9 * Math.Abs(s.Read))),
                Curve("", CurveStyle.Line, i, x, row.Select(s => 1e9 * Math.Abs(s.Predicted))),
            };
        })],
    };

    /// <summary>Readings of one pulse at several times of rest, on the curve of the model; null when there are not several.</summary>
    private static PanelSpec? Relaxation(CompactIdentificationResult result, IReadOnlyList<CompactStep> first)
    {
        IGrouping<(double, double), CompactStep>? pulses = first.GroupBy(s => (s.Train.Amplitudes[0], s.Train.Widths[0]))
            .MaxBy(g => g.Select(s => s.Train.Rest).Distinct().Count());
        if (pulses is null || pulses.Select(s => s.Train.Rest).Distinct().Count() < 2)
            return null;
        CompactGeometry geometry = result.Table.Geometry;
        var model = new CompactModel(result.Table.Values());
        var run = new CompactRun(model, geometry);
        PulseTrain pulse = pulses.MaxBy(s => s.Train.Rest)!.Train;
        double rest = run.Conductance;
        var points = new List<(double Time, double Step)>();
        run.Observer = (t, state) => points.Add((t - pulse.Widths[0], model.Conductance(state, geometry.Length, geometry.Width) - rest));
        run.Run([pulse with { Count = 1 }]);
        (double Time, double Step)[] after = [.. points.Where(p => p.Time > 1e-9)];
        return new()
        {
            Title = FormattableString.Invariant($"{pulse.Amplitudes[0]:g4} V, {1e9 * pulse.Widths[0]:g3} ns"),
            X = new("time", "s") { Log = true },
            Y = new("step", "nS"),
            Curves =
            [
                Curve("solver", CurveStyle.Markers, 0, pulses.Select(s => s.Train.Rest), pulses.Select(s => 1e9 * s.Read)),
                Curve("model", CurveStyle.Line, 1, after.Select(p => p.Time), after.Select(p => 1e9 * p.Step)),
            ],
        };
    }

    private static PanelSpec Temperature(IReadOnlyList<CompactStep> steps, double ambient)
    {
        CompactStep[] other = [.. steps.Where(s => s.Temperature != ambient)];
        var curves = new List<CurveSpec>();
        foreach (bool up in (bool[])[true, false])
        {
            CompactStep[] moved = [.. other.Where(s => s.Read > 0 == up)];
            if (moved.Length == 0)
                continue;
            PulseTrain train = moved[0].Train;
            CompactStep[] row = [.. moved.Append(steps.FirstOrDefault(
                s => s.Temperature == ambient && s.Pulse == 0 && s.Train.Amplitudes[0] == train.Amplitudes[0]
                    && s.Train.Widths[0] == train.Widths[0]) ?? moved[0])
                .OrderBy(s => s.Temperature)];
            double[] x = [.. row.Select(s => s.Temperature)];
            curves.Add(Curve($"{NumberText.Short(train.Amplitudes[0], 3)} V", CurveStyle.Markers, up ? 0 : 1, x,
                row.Select(s => 1e9 * Math.Abs(s.Read))));
            curves.Add(Curve("", CurveStyle.Line, up ? 0 : 1, x, row.Select(s => 1e9 * Math.Abs(s.Predicted))));
        }
        return new() { X = new("temperature", "K"), Y = new("step", "nS") { Log = true }, Curves = curves };
    }
}
