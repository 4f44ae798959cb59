using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Studies;

/// <summary>
/// Fig. 3A of onen2022: the step of conductance against amplitude and width of single pulses, each from rest, and the
/// hopping distance and exponent that the paper's fit finds in it; how both depend on single parameters.
/// </summary>
internal sealed class HoppingFit : IStudy
{
    private const double Angstrom = 1e-10;
    private const string LawLabel = "onen2022, eq. 1";

    private readonly CaseDefinition _case;
    private readonly PulseGrid _map, _fit;
    private readonly IReadOnlyList<ParameterScan> _scans;
    private readonly PulseGrid? _trains;
    private readonly int _trainPulses;

    private HoppingFit(CaseDefinition definition, TableReader table)
    {
        _case = definition;
        double edge = definition.Device.Gate.EdgeTime;
        _map = PulseGrid.Read(table, edge);
        TableReader fit = table.OptionalTable("fit") ?? throw table.Error("fit", "is missing: the grid of the fit");
        _fit = PulseGrid.Read(fit, edge);
        fit.Finish();
        if (table.OptionalTable("trains") is { } trains)
        {
            _trainPulses = trains.Integer("count", new Bounds(1, 1e6));
            _trains = PulseGrid.Read(trains, edge);
            trains.Finish();
        }
        _scans = ParameterScan.Read(table, "against", definition);
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new HoppingFit(definition, table);

    private Device Device => _case.Device;

    private double Temperature => Device.Heat.AmbientTemperature;

    public StudyAnswer Run(StudyContext context)
    {
        List<StudyPoint> points =
        [
            new("map of pulses", () => _map.Steps(_case)),
            new("grid of the fit", () => _fit.Steps(_case)),
        ];
        foreach (ParameterScan scan in _scans)
            points.AddRange(scan.Cases.Select(c => new StudyPoint($"fit with {c.Setting}", () => _fit.Steps(c.Case))));
        if (_trains is { } trains)
            points.AddRange(trains.Amplitudes.Select(a => new StudyPoint($"trains of {_trainPulses} at {a:g4} V",
                () => PulseExperiment.MeanSteps(_case, [.. trains.Widths.Select(w => (a, w))], _trainPulses, context.Cancel))));
        IReadOnlyList<IReadOnlyDictionary<string, double>> found = context.Compute(_case, points);

        double[] steps = JointFit.Steps(found[1]);
        JointFit fit = FitOf(_case, steps);
        var answer = new StudyAnswer { Points = Table(JointFit.Steps(found[0])) };
        AddFit(answer, "", "of single pulses from rest", fit, isJudged: _trains is null);
        answer.Add("worst_residual", "worst residual of the fit, relative", fit.WorstResidual, "1", $"{100 * fit.WorstResidual:f1} %",
            "not given");
        answer.Add("hopping_distance_in", "hopping distance put in", Device.Psg.HopDistance, "m",
            $"{Device.Psg.HopDistance / Angstrom:f2} Å", "", FigureKind.Input);
        JointFit logarithms = JointFit.OfLogarithms(_fit, steps, Device.Psg.Thickness, Temperature);
        answer.Add("hopping_distance_log", "a from a fit of logarithms", logarithms.Distance, "m", Distance(logarithms), "not judged");
        answer.Add("exponent_log", "b from a fit of logarithms", logarithms.Exponent, "1", $"{logarithms.Exponent:f3}", "not judged");
        int next = 2;
        var panels = new List<PanelSpec> { AmplitudePanel(found[0], fit), WidthPanel(found[0], fit) };
        foreach (ParameterScan scan in _scans)
        {
            JointFit[] fits = [.. scan.Cases.Select((c, i) => FitOf(c.Case, JointFit.Steps(found[next + i])))];
            next += fits.Length;
            panels.Add(ScanPanel(scan, fits));
            string name = scan.Parameter.Path.Replace('.', '_');
            for (int i = 0; i < fits.Length; i++)
            {
                (double factor, string unit) = scan.Axis;
                string at = $"at {scan.Label} {scan.Values[i] * factor:g4} {(unit == "1" ? "" : unit)}".TrimEnd();
                answer.Add($"hopping_distance_{name}_{i}", $"a {at}", fits[i].Distance, "m", Distance(fits[i]), "not judged");
                answer.Add($"exponent_{name}_{i}", $"b {at}", fits[i].Exponent, "1", $"{fits[i].Exponent:f3}", "not judged");
            }
        }
        string byMeans = "";
        if (_trains is not null)
        {
            double[] means = [.. found.Skip(next).SelectMany(JointFit.Steps)];
            JointFit mean = JointFit.Of(_trains, means, Device.Psg.Thickness, Temperature);
            AddFit(answer, "_trains", $"of means over {_trainPulses} equal pulses, as the paper measured", mean, isJudged: true);
            byMeans = $" (means over {_trainPulses}: {mean.Distance / Angstrom:f2} Å, {mean.Exponent:f2})";
        }
        foreach (string warning in fit.Warnings)
            answer.Warn("fit: " + warning);
        answer.Plots.Add(new()
        {
            Name = "hopping-fit",
            Title = $"Step of a single pulse from rest, PSG {Device.Psg.Thickness * 1e9:g3} nm: a = {fit.Distance / Angstrom:f2} Å, b = "
                + $"{fit.Exponent:f2}{byMeans}",
            Columns = 2,
            Panels = panels,
            Note = "Dashed: the law of onen2022 with its own 5.6 Å and 1.2, height fitted. Judged are means over equal pulses, as the "
                + "paper measured: hopping distance and pulse edges of the default are calibrated to them. What varies in the lower "
                + "panels follows.",
        });
        return answer;
    }

    /// <summary>Adds the two figures of a fit; judged are those that were measured as the paper did, or all there is.</summary>
    private static void AddFit(StudyAnswer answer, string suffix, string of, JointFit fit, bool isJudged)
    {
        string a = $"apparent hopping distance a {of}", b = $"exponent of the width b {of}";
        if (isJudged)
        {
            answer.Judge($"hopping_distance{suffix}", a, fit.Distance, "m", Distance(fit), "5.6 ± 0.1 Å", (5.5e-10, 5.7e-10),
                FigureKind.Calibrated);
            answer.Judge($"exponent{suffix}", b, fit.Exponent, "1", $"{fit.Exponent:f3}", "1.2 ± 0.05", (1.15, 1.25),
                FigureKind.Calibrated);
            return;
        }
        answer.Add($"hopping_distance{suffix}", a, fit.Distance, "m", Distance(fit));
        answer.Add($"exponent{suffix}", b, fit.Exponent, "1", $"{fit.Exponent:f3}");
    }

    private JointFit FitOf(CaseDefinition definition, double[] steps) =>
        JointFit.Of(_fit, steps, definition.Device.Psg.Thickness, Temperature);

    private static string Distance(JointFit fit) => $"{fit.Distance / Angstrom:f3} Å";

    private Table Table(double[] steps)
    {
        var table = new Table(
        [
            new("amplitude", "V", "amplitude of the pulse"),
            new("width", "s", "width of the pulse from base to base"),
            new("conductance_step", "S", "change of conductance by a single pulse from rest"),
        ]);
        foreach ((int i, (double amplitude, double width)) in _map.Pulses.Index())
            table.Append([amplitude, width, steps[i]]);
        return table;
    }

    /// <summary>The paper's law with its own distance and exponent, its height from the steps of this fit's grid.</summary>
    private double PaperLaw(JointFit fit, double amplitude, double width)
    {
        double scale = 2 * Constants.ThermalVoltage(Temperature) * Device.Psg.Thickness;
        double Law(double v, double t, double a, double b) => Math.Pow(t, b) * Math.Sinh(a * v / scale);
        // Both laws agree at the geometric middle of the grid.
        double v0 = (_fit.Amplitudes[0] + _fit.Amplitudes[^1]) / 2, t0 = Math.Sqrt(_fit.Widths[0] * _fit.Widths[^1]);
        double height = fit.Prefactor * Law(v0, t0, fit.Distance, fit.Exponent)
            / Law(v0, t0, Published.HopDistance, Published.WidthExponent);
        return height * Law(amplitude, width, Published.HopDistance, Published.WidthExponent);
    }

    private PanelSpec AmplitudePanel(IReadOnlyDictionary<string, double> map, JointFit fit)
    {
        double[] steps = JointFit.Steps(map);
        double[] fine = [.. Enumerable.Range(0, 61).Select(i => _map.Amplitudes[0] + (_map.Amplitudes[^1] - _map.Amplitudes[0]) * i / 60)];
        return new()
        {
            X = new("amplitude", "V"),
            Y = new("step of conductance", "pS") { Log = true, Min = 0.02 },
            Curves =
            [
                .. _map.Widths.Index().SelectMany(w => new CurveSpec[]
                {
                    new()
                    {
                        Label = Typography.Quantity(w.Item, "s"),
                        Style = CurveStyle.Markers,
                        Tone = (double)w.Index / _map.Widths.Count,
                        X = [.. _map.Amplitudes],
                        Y = [.. _map.Amplitudes.Select((_, v) => 1e12 * steps[v * _map.Widths.Count + w.Index])],
                    },
                    new()
                    {
                        Label = w.Index == _map.Widths.Count - 1 ? LawLabel : "",
                        Style = CurveStyle.Dashed,
                        Tone = (double)w.Index / _map.Widths.Count,
                        X = fine,
                        Y = [.. fine.Select(v => 1e12 * PaperLaw(fit, v, w.Item))],
                    },
                }),
            ],
            References = [Fitted(_fit.Amplitudes, 1)],
        };
    }

    private PanelSpec WidthPanel(IReadOnlyDictionary<string, double> map, JointFit fit)
    {
        double[] steps = JointFit.Steps(map);
        double[] fine = [.. Enumerable.Range(0, 61).Select(i => _map.Widths[0] * Math.Pow(_map.Widths[^1] / _map.Widths[0], i / 60.0))];
        return new()
        {
            X = new("width", "ns") { Log = true },
            Y = new("step of conductance", "pS") { Log = true, Min = 0.02 },
            Curves =
            [
                .. _map.Amplitudes.Index().SelectMany(v => new CurveSpec[]
                {
                    new()
                    {
                        Label = Typography.Quantity(v.Item, "V"),
                        Style = CurveStyle.Markers,
                        Tone = (double)v.Index / _map.Amplitudes.Count,
                        X = [.. _map.Widths.Select(w => 1e9 * w)],
                        Y = [.. _map.Widths.Select((_, w) => 1e12 * steps[v.Index * _map.Widths.Count + w])],
                    },
                    new()
                    {
                        Label = v.Index == _map.Amplitudes.Count - 1 ? LawLabel : "",
                        Style = CurveStyle.Dashed,
                        Tone = (double)v.Index / _map.Amplitudes.Count,
                        X = [.. fine.Select(w => 1e9 * w)],
                        Y = [.. fine.Select(w => 1e12 * PaperLaw(fit, v.Item, w))],
                    },
                }),
            ],
            References = [Fitted(_fit.Widths, 1e9)],
        };
    }

    private static ReferenceSpec Fitted(IReadOnlyList<double> values, double factor) =>
        new("fitted", factor * values[0], factor * values[^1]) { OnX = true };

    private static PanelSpec ScanPanel(ParameterScan scan, JointFit[] fits)
    {
        (double factor, string unit) = scan.Axis;
        return new()
        {
            X = new(scan.Label, unit) { Log = scan.IsWide },
            Y = scan.ShowsExponent ? new("exponent b", "1") : new("apparent a", "Å"),
            Curves =
            [
                new()
                {
                    Label = "this model",
                    Style = CurveStyle.MarkersAndLine,
                    X = [.. scan.Values.Select(x => x * factor)],
                    Y = [.. fits.Select(f => scan.ShowsExponent ? f.Exponent : f.Distance / Angstrom)],
                },
            ],
            References =
            [
                scan.ShowsExponent
                    ? new("1.2", Published.WidthExponent, Published.WidthExponent) { Source = Published.Source }
                    : new("5.6 Å", Published.HopDistance / Angstrom, Published.HopDistance / Angstrom) { Source = Published.Source },
                new("this case", scan.Default * factor, scan.Default * factor) { OnX = true },
            ],
        };
    }
}
