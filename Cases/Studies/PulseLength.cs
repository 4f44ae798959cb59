using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Cases.Studies;

/// <summary>
/// Fig. 4 of onen2022: trains of pulses of one amplitude and several widths, each train from rest, by the hypothesis of the case, by its
/// rival, crowding, and by thermodynamics alone; whether bubbles nucleate, what it would take, and how long devices would then last.
/// </summary>
/// <remarks>
/// The reversible Tafel and Heyrovsky steps, which the hypothesis leaves out, run at rates of their own, by default so fast that they keep
/// the gas in equilibrium with the coverage: the most that thermodynamics allows. Nuclei take hardly any molecules, so that the hazard at
/// other surface tensions follows from the same runs.
/// </remarks>
internal sealed class PulseLength : IStudy
{
    private readonly CaseDefinition _remote, _crowding, _reversible;
    private readonly double _amplitude, _failureWidth, _onsetWidth, _spread, _longWidth;
    private readonly IReadOnlyList<double> _widths;
    private readonly int _count, _longCount, _devices, _seed;

    private PulseLength(CaseDefinition definition, TableReader table)
    {
        _remote = definition;
        if (!definition.Device.Gas.Enabled || !definition.Device.Hypotheses.RemoteHeyrovsky)
            throw table.Error("type",
                "pulse-length needs gas.enabled and hypotheses.remote_heyrovsky; it switches the hypothesis off itself for comparison");
        _amplitude = table.Number("amplitude", "V", Bounds.Any);
        _widths = [.. table.Numbers("widths", "s", new Bounds(2 * definition.Device.Gate.EdgeTime, 1)).Order()];
        _count = table.Integer("count", new Bounds(2, 10000));
        (_onsetWidth, _failureWidth) = (Width(table, "onset_width"), Width(table, "failure_width"));
        _reversible = Rival(table, "reversible");
        _crowding = Rival(table, "crowding");
        TableReader train = table.OptionalTable("long_train") ?? throw table.Error("long_train", "is missing: width and count");
        _longWidth = train.Number("width", "s", new Bounds(2 * definition.Device.Gate.EdgeTime, 1));
        _longCount = train.Integer("count", new Bounds(1, 1e6));
        train.Finish();
        TableReader devices = table.OptionalTable("devices") ?? throw table.Error("devices", "is missing: count, tension_spread and seed");
        _devices = devices.Integer("count", new Bounds(3, 10000));
        _spread = devices.Number("tension_spread", "1", new Bounds(0, 1));
        _seed = devices.Integer("seed", Bounds.Any);
        devices.Finish();
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new PulseLength(definition, table);

    private HydrogenGas Gas => _remote.Device.Gas;

    private double Area => _remote.Device.Geometry.Area;

    private double Width(TableReader table, string key)
    {
        double width = table.Number(key, "s", Bounds.Positive);
        return _widths.Any(w => Math.Abs(w / width - 1) < 1e-9) ? width : throw table.Error(key, "must be one of widths");
    }

    /// <summary>The case without its hypothesis, with the settings of a table.</summary>
    private CaseDefinition Rival(TableReader table, string name)
    {
        if (!table.Has(name))
            throw table.Error(name, "is missing: settings of the case without the hypothesis, as \"path=value\"");
        return _remote.With(["hypotheses.remote_heyrovsky=false", .. table.Texts(name)]);
    }

    public StudyAnswer Run(StudyContext context)
    {
        (string Name, CaseDefinition Case)[] variants = [("last hop not thermalised", _remote), ("crowding", _crowding),
            ("reversible steps", _reversible)];
        List<StudyPoint> points = [.. variants.SelectMany(v => _widths.Select(w =>
            new StudyPoint($"{v.Name}, {w * 1e9:g4} ns", () => GasTrain.Run(v.Case, _amplitude, w, _count, context.Cancel))))];
        points.Add(new($"{_longCount} pulses of {_longWidth * 1e9:g3} ns",
            () => GasTrain.Run(_remote, _amplitude, _longWidth, _longCount, context.Cancel)));
        IReadOnlyList<IReadOnlyDictionary<string, double>> found = context.Compute(_remote, points);
        GasTrainResult[] Variant(int k) => [.. _widths.Select((w, i) => GasTrainResult.Of(w, found[k * _widths.Count + i]))];
        GasTrainResult[] remote = Variant(0), crowding = Variant(1), reversible = Variant(2);
        GasTrainResult endless = GasTrainResult.Of(_longWidth, found[^1]);

        var answer = new StudyAnswer { Points = Table((remote, 2), (crowding, 1), (reversible, 0)) };
        double needed = NeededFugacity();
        AddVariant(answer, "remote", "last hop not thermalised", remote);
        AddVariant(answer, "crowding", "rival, crowding", crowding);
        AddVariant(answer, "reversible", "reversible steps alone", reversible);
        foreach (GasTrainResult train in remote)
        {
            string key = $"{train.Width * 1e9:g4}ns".Replace('.', '_');
            answer.Add($"growth_{key}", $"growth of the step over the train, {Nanoseconds(train.Width)}", train.Growth, "1",
                Percent(train.Growth), "the paper's grows above 40 ns");
        }
        answer.Add("fugacity_needed", $"fugacity at which a train of {_count} at {Nanoseconds(_failureWidth)} nucleates, bar", needed, "1",
            $"{needed:f0} bar");
        GasTrainResult longest = remote[^1];
        double bound = longest.Injected / (2 * Area * Gas.HenryConstant);
        answer.Add("supply", "hydrogen injected by Pd in the longest train, atoms", longest.Injected, "1", $"{longest.Injected:f0}");
        answer.Add("supply_fugacity", "fugacity if all of it became dissolved gas, bar", bound, "1", $"{bound:g3} bar", $"{needed:f0} bar");
        double barrier = Barrier(bound);
        answer.Add("supply_barrier", "barrier of a nucleus at that, over kT", barrier, "1", $"{barrier:g3}", "about 60");
        answer.Judge("uphill", "molecules that went up a gradient of fugacity, all trains",
            remote.Concat(crowding).Concat(reversible).Sum(t => t.Uphill) + endless.Uphill, "1",
            $"{remote.Concat(crowding).Concat(reversible).Sum(t => t.Uphill) + endless.Uphill:g2}", "0: second law", (0, 0));
        answer.Judge("long_train", $"expected nuclei in {_longCount} pulses of {Nanoseconds(_longWidth)}", endless.Hazard, "1",
            $"{endless.Hazard:g2}", "none in 1e5 pulses (follows)", (0, 1e-2));
        FailureTimes? times = AddWhatItTakes(answer, remote, out double tension);
        answer.Warn("hypothesis remote_heyrovsky is on: a step whose proton is not thermalised on its last hop");
        foreach ((string what, double width) in new[] { ("bubbles above 40 ns", _onsetWidth), ("failure at 90 ns", _failureWidth) })
            WarnWhereUnreachable(answer, what, remote.Single(t => t.Width == width), needed);
        AddCascade(answer, remote, crowding, reversible);
        answer.Plots.Add(Figure(remote, crowding, reversible, needed, bound, times, tension));
        return answer;
    }

    private void AddVariant(StudyAnswer answer, string name, string words, GasTrainResult[] trains)
    {
        GasTrainResult most = trains.MaxBy(t => t.LargestDissolved)!;
        double fugacity = most.LargestDissolved / Gas.HenryConstant, barrier = Barrier(fugacity), radius = CriticalRadius(fugacity);
        answer.Add($"fugacity_{name}", $"{words}: largest fugacity of dissolved hydrogen, bar ({Nanoseconds(most.Width)})", fugacity, "1",
            $"{fugacity:g3} bar");
        answer.Add($"barrier_{name}", $"{words}: barrier of a nucleus there, over kT", barrier, "1",
            double.IsFinite(barrier) ? $"{barrier:g3}" : "infinite", "about 60");
        answer.Add($"critical_radius_{name}", $"{words}: radius of that nucleus", radius, "m",
            double.IsFinite(radius) ? $"{radius * 1e9:g3} nm" : "infinite", $"PSG {_remote.Device.Psg.Thickness * 1e9:g3} nm");
        answer.Add($"hazard_{name}", $"{words}: expected nuclei, all trains", trains.Sum(t => t.Hazard), "1",
            $"{trains.Sum(t => t.Hazard):g2}", "1 for a bubble");
        answer.Add($"log_fugacity_{name}", $"{words}: largest ln f that the coverage stands for, f in bar", trains.Max(t => t.LogFugacity),
            "1", $"{trains.Max(t => t.LogFugacity):f1}");
        answer.Add($"bubbles_{name}", $"{words}: trains with a bubble", trains.Count(t => t.HasBubble), "1",
            $"{trains.Count(t => t.HasBubble)} of {trains.Length}");
    }

    /// <summary>The surface tension at which half of all devices fail where the paper's fail, and what follows from it.</summary>
    private FailureTimes? AddWhatItTakes(StudyAnswer answer, GasTrainResult[] trains, out double tension)
    {
        GasTrainResult failing = trains.Single(t => t.Width == _failureWidth);
        tension = failing.TensionFor(Math.Log(2));
        string train = $"trains of {_count} at {Nanoseconds(_failureWidth)}";
        answer.Add("tension_needed", $"surface tension at which half of the devices fail in {train}", tension, "J/m^2",
            double.IsFinite(tension) ? $"{tension:g3} J/m^2" : "below 1e-3 J/m^2", "0.1 to 1 J/m^2", FigureKind.Calibrated);
        if (!double.IsFinite(tension))
            return null;
        double median = tension, radius = CriticalRadius(failing.LargestDissolved / Gas.HenryConstant) * tension / Gas.SurfaceTension;
        answer.Add("radius_needed", "  radius of the critical nucleus then", radius, "m", $"{radius * 1e9:g3} nm");
        double onset = trains.FirstOrDefault(t => t.HazardAt(median) >= Math.Log(2))?.Width ?? double.NaN;
        answer.Add("onset_then", "  shortest pulse at which half of the devices fail then", onset, "s", Nanoseconds(onset), "above 40 ns");
        FailureTimes times = Times(failing, tension);
        answer.Add("weibull_shape", $"  Weibull shape of {_devices} devices, ln gamma within {_spread:g2}, {Nanoseconds(_failureWidth)}",
            times.Shape, "1", $"{times.Shape:f2}");
        answer.Add("weibull_scale", "  Weibull scale, pulses", times.Scale, "1", $"{times.Scale:g3}");
        return times;
    }

    /// <summary>A cascade changes more than the reversible steps do; crowding delays what they do, at every width.</summary>
    private void AddCascade(StudyAnswer answer, GasTrainResult[] remote, GasTrainResult[] crowding, GasTrainResult[] reversible)
    {
        double Change(GasTrainResult[] trains) =>
            trains.Single(t => t.Width == _failureWidth).Step.Sum() / reversible.Single(t => t.Width == _failureWidth).Step.Sum();
        double byHypothesis = Change(remote), byCrowding = Change(crowding);
        string at = $"change of the whole train at {Nanoseconds(_failureWidth)} over that by reversible steps";
        answer.Add("change_remote", $"{at}: last hop not thermalised", byHypothesis, "1", $"{byHypothesis:f3}", "far above 1 in a cascade");
        answer.Add("change_crowding", $"{at}: crowding", byCrowding, "1", $"{byCrowding:f3}", "far above 1 in a cascade");
        answer.Add("growth_crowding_shortest", $"growth of the step by crowding at {Nanoseconds(crowding[0].Width)}", crowding[0].Growth,
            "1", Percent(crowding[0].Growth), "the paper's are steady");
        answer.Add("growth_crowding_longest", $"growth of the step by crowding at {Nanoseconds(crowding[^1].Width)}", crowding[^1].Growth,
            "1", Percent(crowding[^1].Growth));
        if (Math.Max(byHypothesis, byCrowding) < 1.1)
            answer.Warn($"unreachable: the cascade; the train at {Nanoseconds(_failureWidth)} changes {byHypothesis:f2} times what "
                + $"reversible steps do by the hypothesis and {byCrowding:f2} times by "
                + $"crowding, whose steps grow because hydrogen waits for insertion, at {Nanoseconds(crowding[0].Width)} as well");
    }

    private FailureTimes Times(GasTrainResult train, double tension) => FailureTimes.Draw(train, _count, tension, _spread, _devices, _seed);

    private void WarnWhereUnreachable(StudyAnswer answer, string what, GasTrainResult train, double needed)
    {
        if (train.HasBubble)
            return;
        double fugacity = train.LargestDissolved / Gas.HenryConstant, supply = train.Injected / (2 * Area * Gas.HenryConstant);
        answer.Warn($"unreachable: {what}; the train reaches {fugacity:g3} bar, a barrier of {Barrier(fugacity):g3} kT, and its "
            + $"{train.Injected:f0} atoms would make {supply:g3} bar "
            + $"if they all became gas, {Barrier(supply):g3} kT, where {needed:f0} bar nucleate");
    }

    private BubbleNucleation<Scalar> Law => BubbleNucleation<Scalar>.Of(Pack.One(_remote.Device), _remote.Device);

    private double Excess(double fugacity) => Law.Pressure(new Scalar(fugacity * Gas.HenryConstant)) - Gas.FilmPressure;

    /// <summary>Barrier over kT at a fugacity [bar].</summary>
    private double Barrier(double fugacity) =>
        Excess(fugacity) is > 0 and var excess ? Law.Barrier(new Scalar(excess)) : double.PositiveInfinity;

    /// <summary>Radius of the critical nucleus at a fugacity [bar].</summary>
    private double CriticalRadius(double fugacity) =>
        Excess(fugacity) is > 0 and var excess ? 2 * Gas.SurfaceTension / excess : double.PositiveInfinity;

    /// <summary>Fugacity [bar] that, held for the pulses of a train, gives half of the devices a nucleus.</summary>
    private double NeededFugacity()
    {
        double target = Math.Log(Math.Log(2) / (_count * _failureWidth * Area));
        (double low, double high) = (1, 1e6);
        for (int i = 0; i < 100; i++)
        {
            double middle = Math.Sqrt(low * high);
            (low, high) = Barrier(middle) < 1e6 && Law.LogRate(new Scalar(middle * Gas.HenryConstant)) > target ? (low, middle)
                : (middle, high);
        }
        return low;
    }

    private static string Nanoseconds(double time) => double.IsFinite(time) ? $"{time * 1e9:g4} ns" : "none";

    private static string Percent(double x) => $"{100 * x:f1} %";

    private static Solver.Observe.Table Table(params (GasTrainResult[] Trains, int Variant)[] variants)
    {
        var table = new Solver.Observe.Table(
        [
            new("variant", "1", "2: last hop not thermalised, 1: crowding, 0: reversible steps"),
            new("width", "s", "width of the pulse from base to base"),
            new("number", "1", "number of the pulse in its train"),
            new("conductance_step", "S", "change of conductance by the pulse"),
            new("hydrogen_dissolved", "m^-2", "largest density of dissolved hydrogen in the pulse"),
            new("bubble_radius", "m", "largest radius of curvature of the bubble in the pulse"),
        ]);
        foreach ((GasTrainResult[] trains, int variant) in variants)
            foreach (GasTrainResult t in trains)
                for (int i = 0; i < t.Step.Length; i++)
                    table.Append([variant, t.Width, i + 1, t.Step[i], t.Dissolved[i], t.Radius[i]]);
        return table;
    }

    private FigureSpec Figure(
        GasTrainResult[] remote, GasTrainResult[] crowding, GasTrainResult[] reversible, double needed, double bound, FailureTimes? times,
        double tension)
    {
        double[] widths = [.. _widths.Select(w => 1e9 * w)];
        double[] number = [.. Enumerable.Range(1, _count).Select(i => (double)i)];
        ReferenceSpec[] paper =
        [
            new("steady up to here", 1e9 * Published.SteadyWidth, 1e9 * Published.SteadyWidth) { OnX = true, Source = Published.Source },
            new("failure", 1e9 * Published.FailureWidth, 1e9 * Published.FailureWidth) { OnX = true, Source = Published.Source },
        ];
        CurveSpec Over(string label, GasTrainResult[] trains, Func<GasTrainResult, double> value, int color) =>
            new() { Label = label, Style = CurveStyle.MarkersAndLine, Color = color, X = widths, Y = [.. trains.Select(value)] };
        double Fugacity(GasTrainResult t) => t.LargestDissolved / Gas.HenryConstant;
        CurveSpec[] Both(Func<GasTrainResult, double> value) =>
            [Over("last hop not thermalised", remote, value, 0), Over("crowding", crowding, value, 1),
                Over("reversible steps", reversible, value, 2)];
        return new()
        {
            Name = "pulse-length",
            Title = $"Trains of {_count} pulses of {_amplitude:g3} V from rest, PSG {_remote.Device.Psg.Thickness * 1e9:g3} nm",
            Columns = 2,
            Panels =
            [
                new()
                {
                    Title = "step over the first one (with markers: crowding)",
                    X = new("number of the pulse", "1") { Whole = true },
                    Y = new("step over first step", "1"),
                    Curves =
                    [
                        .. remote.SelectMany((t, i) => new CurveSpec[]
                        {
                            new() { Label = Typography.Quantity(t.Width, "s"), Tone = (double)i / remote.Length,
                                X = number, Y = [.. t.Step.Select(s => s / t.Step[0])] },
                            new() { Style = CurveStyle.MarkersAndLine, Color = 0, Tone = (double)i / remote.Length, X = number,
                                Y = [.. crowding[i].Step.Select(s => s / crowding[i].Step[0])] },
                        }),
                    ],
                },
                new()
                {
                    Title = "largest fugacity of dissolved hydrogen",
                    X = new("width", "ns") { Min = 0 },
                    Y = new("fugacity", "bar") { Log = true, Max = 1e5 },
                    Curves = Both(Fugacity),
                    References = [.. paper,
                        new("all injected hydrogen; a bubble nucleates", Math.Min(bound, needed), Math.Max(bound, needed))],
                },
                new()
                {
                    Title = "barrier of a critical nucleus, where it is finite",
                    X = new("width", "ns") { Min = 0 },
                    Y = new("barrier over kT", "1") { Log = true, Min = 10 },
                    Curves = [.. Both(t => Barrier(Fugacity(t))).Where(c => c.Y.Any(double.IsFinite))],
                    References = [.. paper, new("a bubble nucleates", Barrier(needed), Barrier(needed))],
                },
                Weibull(remote, times, tension),
            ],
            Note = "Hypothesis: a Heyrovsky step whose proton is not thermalised on its last hop, in detailed balance. Rival: crowding by "
                + "slow insertion. "
                + "Bubbles have the radius of their content (Laplace, Abel-Noble) and nucleate classically at the most favourable values "
                + "of their ranges: "
                + "solubility over 0.5 nm, 0.1 J/m², a hundredth of the sphere's volume. Supply, fugacity and barrier put bubbles, "
                + "failure and cascade out of reach. "
                + "Last panel: what devices would do at the surface tension, calibrated, at which half of them fail where the paper's do.",
        };
    }

    private PanelSpec Weibull(GasTrainResult[] remote, FailureTimes? times, double tension)
    {
        GasTrainResult[] shown = times is null ? [] : [.. remote.Where(t => t.HazardAt(tension) > 1e-6).TakeLast(4)];
        return new()
        {
            Title = times is null ? "Weibull plot: no device fails at any surface tension"
                : $"Weibull plot of {_devices} devices at {tension:g2} {Typography.Unit("J/m^2")} (calibrated)",
            X = new("pulses until the first nucleus", "1") { Log = true },
            Y = new("ln(-ln(1 - F))", "1"),
            Curves =
            [
                .. shown.SelectMany((t, i) =>
                {
                    FailureTimes own = Times(t, tension);
                    double[] ends = [own.Pulses[0], own.Pulses[^1]];
                    return new CurveSpec[]
                    {
                        new() { Label = Typography.Quantity(t.Width, "s"), Style = CurveStyle.Markers, Color = i, X = own.Pulses,
                            Y = [.. own.Ordinates] },
                        new() { Color = i, X = ends, Y = [.. ends.Select(p => own.Shape * Math.Log(p / own.Scale))] },
                    };
                }),
            ],
        };
    }
}
