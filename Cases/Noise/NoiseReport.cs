using System.Globalization;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Noise;

/// <summary>Statistics of all points as text, as tables of a result and as figures.</summary>
internal sealed class NoiseReport
{
    private static readonly Column[] PointColumns =
    [
        new("amplitude", "V", "amplitude of the pulse"),
        new("width", "s", "width from base to base"),
        new("hold", "s", "time at the base voltage before the gate opens"),
        new("temperature", "K", "temperature"),
        new("thickness", "m", "thickness of PSG, rounded to whole hops"),
        new("content", "1", "hydrogen in WO3 over that at rest"),
        new("mean", "1", "mean charge of a pulse, protons"),
        new("mean_error", "1", "standard error of the mean"),
        new("lattice_mean", "1", "the solver on lattice planes"),
        new("pulse_deviation", "1", "standard deviation of the pulse alone, protons"),
        new("pulse_deviation_error", "1", "its standard error"),
        new("reset_deviation", "1", "standard deviation that opening the gate adds, protons"),
        new("reset_deviation_error", "1", "its standard error"),
        new("reset_theory", "1", "sqrt(kT C)/q"),
        new("step_deviation", "1", "standard deviation of what is frozen, protons"),
        new("skew", "1", "skewness of the pulse alone"),
        new("lag_pulse", "1", "correlation of the pulse with the one before"),
        new("lag_step", "1", "correlation of the step with the one before"),
        new("fano", "1", "variance over mean of the pulse alone"),
        new("fano_error", "1", "its standard error"),
        new("fano_ramo", "1", "theory: Ramo sum over the events that were counted"),
        new("fano_neutral", "1", "theory: (a/d) coth(q a V/2kTd)"),
        new("hydrogen_mean", "1", "adsorbed and inserted hydrogen with the gate open"),
        new("hydrogen_deviation", "1", "its standard deviation"),
        new("hydrogen_theory", "1", "theory: the ladder of planes"),
        new("events", "1", "events simulated"),
    ];

    private readonly CaseDefinition _case;
    private readonly IReadOnlyList<NoiseStatistics> _points;
    private readonly double[] _lattice;

    public NoiseReport(CaseDefinition definition, IReadOnlyList<NoiseStatistics> points, double[] lattice) =>
        (_case, _points, _lattice) = (definition, points, lattice);

    /// <summary>Writes a table with theory beside each figure.</summary>
    public void Print(TextWriter text)
    {
        string Number(double x, string format = "g4") => x.ToString(format, CultureInfo.InvariantCulture);
        string Pair(double x, double error) => $"{Number(x)} +- {Number(error, "g2")}";
        foreach ((NoiseStatistics s, double lattice) in _points.Zip(_lattice))
        {
            string thickness = QuantityText.Format(Math.Round(s.Film.Thickness, 14), "m");
            text.WriteLine($"{s.Point}; PSG {thickness} = {s.Film.Hops} hops and two compact layers");
            Row("protons a pulse", Pair(s.Pulse.Mean, s.Pulse.MeanError), $"{Number(lattice, "g5")}, the solver on lattice planes");
            Row("scatter of the pulse", Pair(s.Pulse.Deviation, s.Pulse.DeviationError),
                $"{Number(Math.Sqrt(s.RamoFano * Math.Abs(s.Pulse.Mean)))}, independent hops (Ramo)");
            Row("scatter of the reset", Pair(s.Reset.Deviation, s.Reset.DeviationError), $"{Number(s.ResetTheory)}, sqrt(kT C)/q");
            Row("scatter of the step", Pair(s.Step.Deviation, s.Step.DeviationError),
                $"{Number(double.Hypot(s.ResetTheory, Math.Sqrt(s.RamoFano * Math.Abs(s.Pulse.Mean))))}, both");
            double size = Math.Abs(s.Pulse.Mean);
            Row("of a step", Number(s.Step.Deviation / size), $"{Number(1 / Math.Sqrt(size))}, 1/sqrt(N), which is wrong");
            Row("Fano factor of the pulse", Pair(s.Pulse.Fano, s.Pulse.FanoError),
                $"{Number(s.RamoFano)}, Ramo; {Number(s.NeutralFano)}, (a/d) coth(q a V/2kTd)");
            Row("skew; lag 1 of pulse and step", $"{Number(s.Pulse.Skew, "f3")}; {Number(s.LagOfPulse, "f3")}, {Number(s.LagOfStep, "f3")}",
                $"0 +- {Number(1 / Math.Sqrt(s.Pulse.Count), "g2")}");
            Row("hydrogen with the gate open", $"{Number(s.Hydrogen.Mean)} +- {Number(s.Hydrogen.Deviation)}",
                $"+- {Number(s.HydrogenTheory)}, ladder of planes; a read sees none of it: the channel's electrons stay base + X");
        }

        void Row(string label, string computed, string theory) => text.WriteLine($"  {label,-30}{computed,-22}{theory}");
    }

    /// <summary>The result: points, pulses, figures and picture.</summary>
    public Result Collect(string commandLine, FigureSpec picture)
    {
        var points = new Table(PointColumns);
        var pulses = new Table(
        [
            new("point", "1", "number of the point"),
            new("block", "1", "number of the block: pulses of one device, one after the other"),
            new("charge", "1", "charge without the noise of the electrons at its end, protons"),
            new("step", "1", "charge that is frozen, protons"),
            new("hydrogen", "1", "adsorbed and inserted hydrogen before the pulse"),
        ]);
        var record = new RunRecord { Series = points, Pulses = pulses, Profiles = new() };
        for (int p = 0; p < _points.Count; p++)
        {
            NoiseStatistics s = _points[p];
            points.Append(
            [
                s.Point.Amplitude, s.Point.Width, s.Point.Hold, s.Point.Device.Heat.AmbientTemperature, s.Film.Thickness, s.Point.Content,
                s.Pulse.Mean, s.Pulse.MeanError, _lattice[p],
                s.Pulse.Deviation, s.Pulse.DeviationError, s.Reset.Deviation, s.Reset.DeviationError, s.ResetTheory, s.Step.Deviation,
                s.Pulse.Skew, s.LagOfPulse, s.LagOfStep, s.Pulse.Fano, s.Pulse.FanoError, s.RamoFano, s.NeutralFano,
                s.Hydrogen.Mean, s.Hydrogen.Deviation, s.HydrogenTheory, s.Events,
            ]);
            for (int b = 0; b < s.Blocks.Count; b++)
                for (int i = 0; i < s.Blocks[b].Mean.Length; i++)
                    pulses.Append([p, b, s.Blocks[b].Mean[i], s.Blocks[b].Step[i], s.Blocks[b].Hydrogen[i]]);
        }
        NoiseStatistics first = _points[0];
        void Add(string name, double value, string words) => record.Figures[name] = new(value, "1", words);
        Add("protons_per_pulse", first.Pulse.Mean, $"mean charge of a pulse in protons, {first.Point} (follows)");
        Add("lattice_protons", _lattice[0], "the solver on lattice planes (follows)");
        Add("pulse_scatter", first.Pulse.Deviation, "scatter of the pulse in protons (follows)");
        Add("reset_scatter", first.Reset.Deviation, "scatter of the reset in protons (follows)");
        Add("step_scatter", first.Step.Deviation / Math.Abs(first.Pulse.Mean), "scatter of a step over the step (follows)");
        Add("fano", first.Pulse.Fano, "variance over mean of the pulse (follows)");
        Add("hydrogen_scatter", first.Hydrogen.Deviation, "scatter of the hydrogen with the gate open, atoms (follows)");
        return Collect(_case, commandLine, $"single protons: {_case.Title}", picture, record);
    }

    /// <summary>A result that says where it comes from.</summary>
    public static Result Collect(CaseDefinition definition, string commandLine, string title, FigureSpec picture, RunRecord record)
    {
        record.Warnings.AddRange(definition.Notes);
        return new()
        {
            Header = CaseRun.Header(definition, commandLine) with { Title = title },
            Record = record,
            Parameters = [.. definition.Parameters.Select(CaseRun.Store)],
            Plots = [picture],
        };
    }
}
