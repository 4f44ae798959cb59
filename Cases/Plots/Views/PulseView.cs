using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>
/// The first pulse and its rest: gate voltage, gate current and where the protons are, on the left over the pulse in
/// linear time, on the right over the rest in decades of time. Of a run without pulses all of it.
/// </summary>
internal static class PulseView
{
    public static FigureSpec? Of(Result result)
    {
        Table series = result.Record.Series, pulses = result.Record.Pulses;
        if (!series.Has("time", "gate_voltage"))
            return null;
        IReadOnlyList<double> time = series["time"];
        bool isPulse = pulses.Has("start", "width");
        double start = isPulse ? pulses["start"][0] : time[0], width = isPulse ? pulses["width"][0] : (time[^1] - start) / 3;
        double end = pulses.Count > 1 ? pulses["start"][1] : double.PositiveInfinity;
        string along = isPulse ? "time from the start of the pulse" : "time";
        // The row after the corner at which the next pulse begins is of that pulse.
        int[] rows = [.. Enumerable.Range(0, time.Count)
            .Where(i => time[i] >= start && (time[i] < end || (time[i] == end && time[i - 1] < end)))];
        if (rows.Length < 2)
            return null;

        var panels = new List<PanelSpec>();
        void Row(string label, string unit, CurveSpec[] curves, bool isRamped = false)
        {
            if (curves.Length == 0)
                return;
            panels.Add(new PanelSpec
            {
                X = new AxisSpec(along, "ns") { Min = 0, Max = 3e9 * width },
                Y = new AxisSpec(label, unit),
                // The panel on the right has the legend of both.
                Curves = [.. curves.Select(c => Cut(c, 3e9 * width) with { Label = "" })],
            });
            panels.Add(new PanelSpec
            {
                X = new AxisSpec(along, "s") { Log = true, Min = width / 50 },
                Y = new AxisSpec(label, unit),
                Curves = [.. curves.Select(c => isRamped ? Dense(c) : c).Select(c => c with { X = [.. c.X.Select(t => 1e-9 * t)] })],
            });
        }

        CurveSpec[] Curves(string column, double factor, string name, bool change = false)
        {
            if (!series.Has(column))
                return [];
            IReadOnlyList<double> values = series[column];
            double from = change ? values[rows[0]] : 0;
            return
            [
                new CurveSpec
                {
                    Label = name,
                    X = [.. rows.Select(i => 1e9 * (time[i] - start))],
                    Y = [.. rows.Select(i => factor * (values[i] - from))],
                },
            ];
        }

        Row("gate voltage", "V", Curves("gate_voltage", 1, ""), isRamped: true);
        Row("gate current", "nA", Curves("gate_current", 1e9, ""));
        Row("protons gained", "1", [.. series.Columns.Where(c => c.Name.StartsWith("protons", StringComparison.Ordinal))
            .SelectMany(c => Curves(c.Name, 1, c.LongName.Length is > 0 and < 40 ? c.LongName : c.Name.Replace('_', ' '), change: true))]);
        return panels.Count == 0 ? null : new FigureSpec
        {
            Name = "pulse",
            Title = $"{result.Header.Title}: {(isPulse ? "the first pulse" : "gate and protons")}",
            Columns = 2,
            Panels = panels,
        };
    }

    /// <summary>A curve that is straight in time between its points, with more of them: in decades of time it is bent.</summary>
    private static CurveSpec Dense(CurveSpec curve)
    {
        const double step = 1.1;
        var (x, y) = (new List<double>(), new List<double>());
        for (int i = 0; i < curve.X.Length; i++)
        {
            if (i > 0 && curve.X[i - 1] > 0 && curve.Y[i] != curve.Y[i - 1])
                for (double t = curve.X[i - 1] * step; t < curve.X[i]; t *= step)
                {
                    x.Add(t);
                    y.Add(curve.Y[i - 1] + (t - curve.X[i - 1]) / (curve.X[i] - curve.X[i - 1]) * (curve.Y[i] - curve.Y[i - 1]));
                }
            x.Add(curve.X[i]);
            y.Add(curve.Y[i]);
        }
        return curve with { X = [.. x], Y = [.. y] };
    }

    /// <summary>The part of a curve up to a time, and one point more, so that the axis suits what is seen of it.</summary>
    private static CurveSpec Cut(CurveSpec curve, double end)
    {
        int count = Math.Min(curve.X.Length, curve.X.TakeWhile(t => t <= end).Count() + 1);
        return curve with { X = curve.X[..count], Y = curve.Y[..count] };
    }
}
