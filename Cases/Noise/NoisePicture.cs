using FvSolver.Cases.Figures;
using FvSolver.Solver.Kinetic;

namespace FvSolver.Cases.Noise;

/// <summary>Trajectories, histogram, sums of steps and scatter over the points.</summary>
internal static class NoisePicture
{
    private const int Shown = 8;

    public static FigureSpec Of(string name, IReadOnlyList<NoiseStatistics> points, NoiseSettings settings, double lattice)
    {
        NoiseStatistics first = points[0];
        List<PanelSpec> panels = [Trajectories(first, settings, lattice), Histogram(first), Sums(first)];
        panels.Add(points.Count > 1 ? Scatter(points) : Hydrogen(first));
        return new()
        {
            Name = "noise",
            Title = $"{name}: one proton at a time, {first.Point}",
            Columns = 2,
            Panels = panels,
            Note = "Scatter follows from the model: no number was fitted to it. The charge of a pulse is what came through the "
                + "lead until the gate opened; it is frozen then, together with the electrons that happened to be on the metal "
                + "(reset, sqrt(kT C)/q).",
        };
    }

    /// <summary>Charge through the lead within single pulses.</summary>
    private static PanelSpec Trajectories(NoiseStatistics s, NoiseSettings settings, double lattice)
    {
        Random random = NoiseBlock.Numbers(settings.Seed, -1, 0);
        DrivenFilm film = NoiseBlock.Films(s.Point, settings)(random);
        List<CurveSpec> curves = [];
        int entered = s.Point.Entered(film.Film.Area);
        for (int i = 0; i < Shown; i++)
        {
            film.Draw(entered, random);
            List<double> times = [0], charges = [0];
            double start = film.Moved;
            film.OnEvent = time =>
            {
                times.Add(time * 1e9);
                charges.Add(film.Moved - start);
            };
            film.Pulse(s.Point.Pulse);
            curves.Add(new() { X = [.. times], Y = [.. charges], Color = i % 6, Label = i == 0 ? "single pulses" : "" });
        }
        return new()
        {
            Title = "charge that moved, event by event",
            X = new("time", "ns"),
            Y = new("protons", "1"),
            Curves = curves,
            References = [new("solver on lattice planes", lattice, lattice)],
        };
    }

    private static PanelSpec Histogram(NoiseStatistics s)
    {
        int low = (int)s.Blocks.Min(b => b.Step.Min()), high = (int)s.Blocks.Max(b => b.Step.Max());
        var counts = new double[high - low + 1];
        foreach (double x in s.Blocks.SelectMany(b => b.Step))
            counts[(int)x - low] += 1.0 / s.Step.Count;
        double[] steps = [.. counts.Select((_, i) => (double)(low + i))];
        double width = s.Pulse.Deviation / 4;
        var fine = s.Blocks.SelectMany(b => b.Mean).GroupBy(x => Math.Round(x / width)).OrderBy(g => g.Key).ToList();
        return new()
        {
            Title = "step that is frozen, and the pulse alone",
            X = new("protons", "1"),
            Y = new("probability per proton", "1"),
            Curves =
            [
                new() { Label = "step", Style = CurveStyle.MarkersAndLine, X = steps, Y = counts },
                new()
                {
                    Label = "pulse alone",
                    X = [.. fine.Select(g => g.Key * width)],
                    Y = [.. fine.Select(g => g.Count() / width / s.Pulse.Count)],
                },
                new()
                {
                    Label = "1/sqrt(N)", Style = CurveStyle.Dashed,
                    X = steps,
                    Y = [.. steps.Select(x => Normal(x, s.Pulse.Mean, Math.Sqrt(Math.Abs(s.Pulse.Mean))))],
                },
            ],
        };
    }

    /// <summary>Sums of steps less their mean over the pulses of a block: a random walk.</summary>
    private static PanelSpec Sums(NoiseStatistics s)
    {
        int length = s.Blocks[0].Step.Length;
        double[] pulse = [.. Enumerable.Range(0, length + 1).Select(i => (double)i)];
        double Spread(double i) => s.Step.Deviation * Math.Sqrt(i);
        return new()
        {
            Title = "sum of steps less their mean",
            X = new("pulse", "1"),
            Y = new("protons", "1"),
            Curves =
            [
                .. s.Blocks.Where(b => b.Step.Length == length).Take(Shown).Select((b, i) => new CurveSpec
                {
                    X = pulse,
                    Y = [.. Running(b.Step, s.Step.Mean)],
                    Color = i % 6,
                    Label = i == 0 ? "single devices" : "",
                }),
                new() { Label = "scatter x sqrt(pulses)", Style = CurveStyle.Dashed, Color = 7, X = pulse, Y = [.. pulse.Select(Spread)] },
                new() { Style = CurveStyle.Dashed, Color = 7, X = pulse, Y = [.. pulse.Select(i => -Spread(i))] },
            ],
        };
    }

    private static PanelSpec Scatter(IReadOnlyList<NoiseStatistics> points)
    {
        double[] index = [.. points.Select((_, i) => i + 1.0)];
        CurveSpec Curve(string label, CurveStyle style, int color, Func<NoiseStatistics, double> value) => new()
        {
            Label = label,
            Style = style,
            Color = color,
            X = index,
            Y = [.. points.Select(s => value(s) / Math.Abs(s.Pulse.Mean))],
        };
        return new()
        {
            Title = "scatter of a step over the step",
            X = new("point", "1"),
            Y = new("scatter", "1") { Log = true },
            Curves =
            [
                Curve("step", CurveStyle.Markers, 0, s => s.Step.Deviation),
                Curve("pulse", CurveStyle.Markers, 1, s => s.Pulse.Deviation),
                Curve("Ramo", CurveStyle.Line, 1, s => Math.Sqrt(s.RamoFano * Math.Abs(s.Pulse.Mean))),
                Curve("reset", CurveStyle.Markers, 2, s => s.Reset.Deviation),
                Curve("sqrt(kT C)/q", CurveStyle.Line, 2, s => s.ResetTheory),
                Curve("1/sqrt(N)", CurveStyle.Dashed, 3, s => Math.Sqrt(Math.Abs(s.Pulse.Mean))),
            ],
        };
    }

    private static PanelSpec Hydrogen(NoiseStatistics s)
    {
        var counts = s.Blocks.SelectMany(b => b.Hydrogen).GroupBy(x => x).OrderBy(g => g.Key).ToList();
        double[] atoms = [.. counts.Select(g => g.Key)];
        return new()
        {
            Title = "hydrogen with the gate open",
            X = new("adsorbed and inserted atoms", "1"),
            Y = new("probability", "1"),
            Curves =
            [
                new()
                {
                    Label = "single atoms", Style = CurveStyle.Dots, X = atoms,
                    Y = [.. counts.Select(g => (double)g.Count() / s.Hydrogen.Count)],
                },
                new() { Label = "ladder of planes", X = atoms, Y = [.. atoms.Select(n => Normal(n, s.Hydrogen.Mean, s.HydrogenTheory))] },
            ],
        };
    }

    private static double Normal(double x, double mean, double deviation) =>
        Math.Exp(-Math.Pow((x - mean) / deviation, 2) / 2) / (deviation * Math.Sqrt(2 * Math.PI));

    private static IEnumerable<double> Running(double[] steps, double mean)
    {
        double sum = 0;
        yield return 0;
        foreach (double step in steps)
            yield return sum += step - mean;
    }
}
