using System.Numerics;
using FvSolver.Cases.Figures;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Electrochemistry;

/// <summary>Impedance of the gate over frequency, with that of the equivalent circuit when the device is at rest.</summary>
public sealed class ImpedanceSpectrum
{
    /// <summary>Columns of the table.</summary>
    public static readonly Column[] Columns =
    [
        new("frequency", "Hz", "frequency"),
        new("resistance", "ohm", "real part of the impedance"),
        new("reactance", "ohm", "imaginary part of the impedance"),
        new("magnitude", "ohm", "size of the impedance"),
        new("phase", "deg", "phase of the impedance"),
        new("circuit_resistance", "ohm", "real part of the equivalent circuit at rest; NaN elsewhere"),
        new("circuit_reactance", "ohm", "imaginary part of the equivalent circuit at rest; NaN elsewhere"),
    ];

    /// <summary>Measures a spectrum.</summary>
    /// <param name="potentiostat">The device in its present state.</param>
    /// <param name="frequencies">Frequencies [Hz].</param>
    /// <param name="circuit">Circuit to compare with, or null.</param>
    public ImpedanceSpectrum(Potentiostat potentiostat, double[] frequencies, RestCircuit? circuit)
    {
        Frequencies = frequencies;
        Impedance = potentiostat.Impedance(frequencies);
        Circuit = circuit is null ? null : [.. frequencies.Select(circuit.Impedance)];
    }

    /// <summary>Frequencies [Hz].</summary>
    public double[] Frequencies { get; }

    /// <summary>Impedance [ohm].</summary>
    public Complex[] Impedance { get; }

    /// <summary>Impedance of the equivalent circuit [ohm], or null.</summary>
    public Complex[]? Circuit { get; }

    /// <summary>Largest |Z - Z_circuit|/|Z_circuit|; NaN without a circuit.</summary>
    public double WorstDeviation => Circuit is null ? double.NaN : Impedance.Zip(Circuit, (z, c) => ((z - c) / c).Magnitude).Max();

    /// <summary>Frequencies in a constant ratio, both ends included.</summary>
    public static double[] Decades(double low, double high, int perDecade)
    {
        int count = Math.Max(2, (int)Math.Round(Math.Log10(high / low) * perDecade) + 1);
        return [.. Enumerable.Range(0, count).Select(k => low * Math.Pow(high / low, (double)k / (count - 1)))];
    }

    /// <summary>The spectrum as a table.</summary>
    public Table ToTable()
    {
        var table = new Table(Columns);
        for (int k = 0; k < Frequencies.Length; k++)
        {
            Complex z = Impedance[k], c = Circuit?[k] ?? new Complex(double.NaN, double.NaN);
            table.Append([Frequencies[k], z.Real, z.Imaginary, z.Magnitude, z.Phase * 180 / Math.PI, c.Real, c.Imaginary]);
        }
        return table;
    }

    /// <summary>Nyquist and Bode pictures.</summary>
    public FigureSpec Picture(string title)
    {
        // The arc of the film: beyond it the channel's store rises out of sight.
        double reach = 1.3 * ArcEnd();
        var frequency = new AxisSpec("frequency", "Hz") { Log = true };
        CurveSpec[] Pair(Func<Complex, double> x, Func<Complex, double> y, bool overFrequency)
        {
            CurveSpec Curve(Complex[] z, string label, CurveStyle style, int color) => new()
            {
                Label = label,
                Style = style,
                Color = color,
                X = overFrequency ? Frequencies : [.. z.Select(x)],
                Y = [.. z.Select(y)],
            };
            return Circuit is null ? [Curve(Impedance, "", CurveStyle.Line, 0)]
                : [Curve(Circuit, "equivalent circuit", CurveStyle.Line, 1), Curve(Impedance, "device", CurveStyle.Dots, 0)];
        }
        return new FigureSpec
        {
            Name = "impedance",
            Title = title,
            Columns = 2,
            Panels =
            [
                new PanelSpec
                {
                    Title = "Nyquist",
                    X = new AxisSpec("Re Z", "ohm") { Min = 0, Max = reach },
                    Y = new AxisSpec("- Im Z", "ohm") { Min = 0, Max = reach },
                    Curves = [.. Pair(z => z.Real, z => -z.Imaginary, false).Select(c => Within(c, reach))],
                    EqualScales = true,
                },
                new PanelSpec
                {
                    Title = "Bode, magnitude",
                    X = frequency,
                    Y = new AxisSpec("|Z|", "ohm") { Log = true },
                    Curves = Pair(z => 0, z => z.Magnitude, true),
                },
                new PanelSpec
                {
                    Title = "Nyquist by decades",
                    X = new AxisSpec("Re Z", "ohm") { Log = true },
                    Y = new AxisSpec("- Im Z", "ohm") { Log = true },
                    Curves = Pair(z => z.Real, z => -z.Imaginary, false),
                },
                new PanelSpec
                {
                    Title = "Bode, phase",
                    X = frequency,
                    Y = new AxisSpec("phase", "deg") { Min = -95, Max = 5, TickStep = 45 },
                    Curves = Pair(z => 0, z => z.Phase * 180 / Math.PI, true),
                },
            ],
        };
    }

    /// <summary>Real part where the reactance is smallest below the arc of the film: its foot.</summary>
    public double ArcEnd()
    {
        int valley = -1;
        for (int k = 1; k < Impedance.Length - 1; k++)
            if (-Impedance[k].Imaginary < -Impedance[k - 1].Imaginary && -Impedance[k].Imaginary <= -Impedance[k + 1].Imaginary)
                valley = k;
        return valley >= 0 ? Impedance[valley].Real : Impedance.Max(z => z.Real);
    }

    private static CurveSpec Within(CurveSpec curve, double reach)
    {
        int[] kept = [.. Enumerable.Range(0, curve.X.Length).Where(i => curve.X[i] <= reach && curve.Y[i] <= reach)];
        return curve with { X = [.. kept.Select(i => curve.X[i])], Y = [.. kept.Select(i => curve.Y[i])] };
    }
}
