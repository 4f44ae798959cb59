using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Studies;

/// <summary>
/// Fig. 2C of onen2022: very many pulses in cycles up and down, every one of them computed; each half-cycle ends when the
/// conductance is back at its bound. Beside it the drift of a few cycles with fixed counts.
/// </summary>
/// <remarks>The cycles are the protocol of the case; a run that is cut off goes on from its checkpoint.</remarks>
internal sealed class Endurance : IStudy
{
    private readonly CaseDefinition _case;
    private readonly int _fixedCount, _fixedCycles;
    private readonly PulseTrain _up, _down;

    private Endurance(CaseDefinition definition, TableReader table)
    {
        _case = definition;
        _fixedCount = table.Integer("fixed_count", new Bounds(1, 1e6));
        _fixedCycles = table.Integer("fixed_cycles", new Bounds(1, 1000));
        if (definition.Protocol is not [Repeat { Steps: [PulseTrain { Until.Above: true } up, PulseTrain { Until.Above: false } down] }])
            throw new InputException(definition.SourceName, 0, "protocol", "",
                "endurance needs one repeat of two trains, up until conductance_above and down until conductance_below");
        (_up, _down) = (up, down);
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new Endurance(definition, table);

    public StudyAnswer Run(StudyContext context)
    {
        CaseDefinition plain = _case.With("hypotheses.remote_heyrovsky=false");
        bool hasHypotheses = _case.Device.Hypotheses.RemoteHeyrovsky;
        string fixedCounts = $"{_fixedCycles} cycles of {_fixedCount} up and {_fixedCount} down";
        List<StudyPoint> points = [new(fixedCounts, () => FixedCounts(plain, context.Cancel))];
        if (hasHypotheses)
            points.Add(new($"{fixedCounts}, with the hypothesis", () => FixedCounts(_case, context.Cancel)));
        IReadOnlyList<IReadOnlyDictionary<string, double>> drifts = context.Compute(_case, points);
        IReadOnlyDictionary<string, double> drift = drifts[0];
        CaseRun run = context.Resume
            ? CaseRun.Resume(_case, context.Output, context.CommandLine)
            : CaseRun.Start(_case, context.Output, context.CommandLine);
        int before = run.Pulses;
        Result result = run.Run(r => context.Progress?.Invoke(new(r.Pulses, (long)r.PulsesAtMost, before, "pulse")), context.Cancel,
            context.Lock);

        var answer = new StudyAnswer { Run = result };
        List<HalfCycle> halves = HalfCycle.Of(result.Record.Pulses);
        HalfCycle[] up = [.. halves.Where(h => h.IsUp)], down = [.. halves.Where(h => !h.IsUp)];
        answer.Add("pulses", "pulses", run.Pulses, "1", $"{run.Pulses}", "1e5");
        answer.Add("half_cycles", "half-cycles", halves.Count, "1", $"{halves.Count}");
        if (down.Length >= 2)
        {
            Change("up", up);
            Change("down", down);
        }
        void Change(string name, HalfCycle[] all)
        {
            double change = (double)all[^1].Count / all[1].Count - 1;
            answer.Judge($"change_{name}", $"pulses {name} per half-cycle, cycle 2 to {all.Length}: {all[1].Count} to {all[^1].Count}",
                change, "1", $"{100 * change:f2} %", "no degradation; within 2 %", (-0.02, 0.02));
        }
        if (_case.Device.Gas.Enabled)
        {
            double bubble = run.Recorder.Extremes.BubblePulse;
            answer.Judge("bubbles", "first pulse with a bubble", bubble, "1", bubble < 0 ? "none" : $"{bubble:f0}", "none", (-1, -1));
            double dissolved = result.Record.Pulses["hydrogen_dissolved"].Max() / _case.Device.Gas.HenryConstant;
            double share = LargestShare(result.Record.Pulses);
            answer.Add("gas_share", "largest share of a pulse's protons that leaves as gas", share, "1", $"{100 * share:g2} %",
                hasHypotheses ? "by hypothesis" : "");
            answer.Add("largest_fugacity", "largest fugacity of dissolved hydrogen, bar", dissolved, "1", $"{dissolved:g3} bar");
        }
        double[] lows = [.. Enumerable.Range(0, _fixedCycles + 1).Select(i => drift[$"low{i}"])];
        double[] highs = [.. Enumerable.Range(1, _fixedCycles).Select(i => drift[$"high{i}"])];
        for (int i = 1; i < lows.Length; i++)
            answer.Add($"drift_{i}", $"with fixed counts of {_fixedCount}: base after cycle {i} against the start", lows[i] / lows[0] - 1,
                "1", $"{100 * (lows[i] / lows[0] - 1):f1} %", "not judged: nothing restores it");
        if (hasHypotheses)
        {
            double loss = drifts[1]["low1"] / drifts[1]["low0"] - 1;
            answer.Add("drift_hypothesis_1", "after cycle 1, with the protons that remote_heyrovsky takes", loss, "1", $"{100 * loss:f1} %",
                "by hypothesis");
        }
        foreach (FigureRow row in new RunSummary(_case, run).Rows)
            answer.Add(row);
        answer.Plots.Add(Figure(result.Record.Pulses, up, down, lows, highs));
        return answer;
    }

    /// <summary>Dissolved hydrogen, two protons a molecule, over what Pd gave in the pulse; only up
    /// pulses have an irreversible step.</summary>
    private double LargestShare(Table pulses) => Enumerable.Range(0, pulses.Count).Where(i => pulses["amplitude"][i] > 0)
        .Max(i => 2 * pulses["hydrogen_dissolved"][i] * _case.Device.Geometry.Area / pulses["protons_from_pd"][i]);

    private Dictionary<string, double> FixedCounts(CaseDefinition definition, CancellationToken cancel)
    {
        var device = new DeviceSimulation(definition.Device, definition.MeshFor(_up, _down), definition.Solver);
        var readout = new ChannelReadout(device);
        Dictionary<string, double> numbers = new() { ["low0"] = readout.Conductance };
        PulseTrain[] trains = [_up with { Count = _fixedCount, Until = null }, _down with { Count = _fixedCount, Until = null }];
        PulseMap? map = definition.Solver.PulseMap == PulseMapUse.Never ? null
            : PulseMap.Of(device, trains, MapSettings.ForFigures);
        void Train(PulseTrain train)
        {
            var recorder = new RunRecorder(device, new OutputSettings().Quiet(), mapsPulses: map is not null);
            recorder.Begin();
            var runner = new ProtocolRunner(device, [train], recorder);
            foreach (DriveRequest request in map is null ? runner.Requests() : new MappedProtocol(device, runner, recorder, map).Requests())
            {
                cancel.ThrowIfCancellationRequested();
                request.Run();
            }
        }
        for (int cycle = 1; cycle <= _fixedCycles; cycle++)
        {
            Train(trains[0]);
            numbers[$"high{cycle}"] = readout.Conductance;
            Train(trains[1]);
            numbers[$"low{cycle}"] = readout.Conductance;
        }
        return numbers;
    }

    private FigureSpec Figure(Table pulses, HalfCycle[] up, HalfCycle[] down, double[] lows, double[] highs)
    {
        IReadOnlyList<double> after = pulses["conductance_after"];
        double[] Ends(HalfCycle[] all) => [.. all.Select(h => 1e9 * after[h.Start + h.Count - 1])];
        double[] tops = Ends(up), bases = Ends(down);
        double[] fixedTops = [.. highs.Select(g => 1e9 * g)], fixedBases = [.. lows.Select(g => 1e9 * g)];
        double[] all = [.. tops, .. bases, .. fixedTops, .. fixedBases];
        // One scale for both, so that they can be compared.
        AxisSpec conductance = new("conductance", "nS") { Log = true, Min = 0.8 * all.Min(), Max = 1.25 * all.Max() };
        AxisSpec cycle = new("cycle", "1") { Whole = true };
        double published = 1e9 * Published.BaseConductance;
        ReferenceSpec[] paper =
        [
            new("base 11.4 nS", published, published) { Source = Published.Source },
            new("20 × base", Published.Range * published, Published.Range * published) { Source = Published.Source },
        ];
        double[] Fugacity(Func<IEnumerable<double>, double> pick) => [.. up.Select(h =>
            pick(Enumerable.Range(h.Start, h.Count).Select(i => pulses["hydrogen_dissolved"][i])) / _case.Device.Gas.HenryConstant)];
        return new()
        {
            Name = "endurance",
            Title = $"{pulses.Count} pulses in {down.Length} cycles, each half until its bound",
            Columns = 2,
            Panels =
            [
                new()
                {
                    Title = "each half until its bound",
                    X = cycle,
                    Y = conductance,
                    Curves = [ByCycle("top", FigurePalette.Up, tops), ByCycle("base", FigurePalette.Down, bases)],
                    References = paper,
                },
                new()
                {
                    Title = $"with fixed counts of {_fixedCount} instead",
                    X = cycle,
                    Y = conductance,
                    Curves = [ByCycle("top", FigurePalette.Up, fixedTops), ByCycle("base", FigurePalette.Down, fixedBases, first: 0)],
                    References = paper,
                },
                new()
                {
                    Title = "pulses that a half-cycle takes",
                    X = cycle,
                    Y = new("pulses", "1") { Min = 0, Max = 1.3 * up.Concat(down).Max(h => h.Count) },
                    Curves = [ByCycle("up", FigurePalette.Up, [.. up.Select(h => (double)h.Count)]),
                        ByCycle("down", FigurePalette.Down, [.. down.Select(h => (double)h.Count)])],
                },
                new()
                {
                    Title = "fugacity of dissolved hydrogen in pulses up",
                    X = cycle,
                    Y = new("largest fugacity in a pulse", "bar") { Log = true },
                    Curves = [ByCycle("highest of the half-cycle", 2, Fugacity(Enumerable.Max)),
                        ByCycle("lowest of the half-cycle", 3, Fugacity(Enumerable.Min))],
                },
            ],
            Note = "The paper reports 1e5 pulses without degradation. With bounds nothing drifts; with fixed counts the base "
                + $"{(lows[^1] > lows[0] ? "rises" : "falls")} by {100 * Math.Abs(lows[1] / lows[0] - 1):f0} % in the first cycle, and "
                + "nothing in the model restores it.",
        };
    }

    private static CurveSpec ByCycle(string label, int color, double[] values, int first = 1) => new()
    {
        Label = label,
        Style = CurveStyle.MarkersAndLine,
        Color = color,
        X = [.. values.Select((_, i) => (double)(first + i))],
        Y = values,
    };

    /// <summary>Pulses of one direction in a row.</summary>
    private sealed record HalfCycle(bool IsUp, int Start, int Count)
    {
        public static List<HalfCycle> Of(Table pulses)
        {
            var halves = new List<HalfCycle>();
            IReadOnlyList<double> amplitude = pulses["amplitude"];
            for (int i = 0, start = 0; i < amplitude.Count; i++)
                if (i + 1 == amplitude.Count || amplitude[i + 1] > 0 != amplitude[start] > 0)
                {
                    halves.Add(new(amplitude[start] > 0, start, i + 1 - start));
                    start = i + 1;
                }
            return halves;
        }
    }
}
