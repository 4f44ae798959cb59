using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;

namespace FvSolver.Cases.Studies;

/// <summary>
/// Fig. 4 of onen2022: trains of pulses of one amplitude and several widths, each train from rest, with the hypotheses of
/// the case, without its feedback, and without hypotheses at all.
/// </summary>
/// <remarks>
/// Without hypotheses the reversible Tafel and Heyrovsky steps run at rates of their own, by default so fast that they keep
/// the gas in equilibrium with the coverage: the most that thermodynamics allows.
/// </remarks>
internal sealed class PulseLength : IStudy
{
    private const double Megapascal = 1e6;

    /// <summary>Top of the axis of pressures [MPa]; molecules packed closer than the Abel-Noble law allows are drawn there.</summary>
    private const double HighestPressure = 1e4;

    private readonly CaseDefinition _on, _noFeedback, _off;
    private readonly double _amplitude, _cascadeFrom;
    private readonly IReadOnlyList<double> _widths;
    private readonly int _count, _longCount;
    private readonly double _longWidth;

    private PulseLength(CaseDefinition definition, TableReader table)
    {
        _on = definition;
        if (!definition.Device.Gas.Enabled || !definition.Device.Hypotheses.SpotHeyrovsky || !definition.Device.Hypotheses.StressFeedback)
            throw table.Error("type", "pulse-length needs gas.enabled, hypotheses.spot_heyrovsky and hypotheses.stress_feedback; it switches the hypotheses off itself for comparison");
        _noFeedback = definition.With("hypotheses.stress_feedback=false");
        _amplitude = table.Number("amplitude", "V", Bounds.Any);
        _widths = [.. table.Numbers("widths", "s", new Bounds(2 * definition.Device.Gate.EdgeTime, 1)).Order()];
        _count = table.Integer("count", new Bounds(2, 10000));
        _cascadeFrom = table.Number("cascade_from", "s", Bounds.Positive);
        if (_cascadeFrom > _widths[^1])
            throw table.Error("cascade_from", "must be at most the largest of widths");
        TableReader reversible = table.OptionalTable("reversible") ?? throw table.Error("reversible", "is missing: tafel_rate and heyrovsky_rate without hypotheses");
        _off = definition.With("hypotheses.stress_feedback=false", "hypotheses.spot_heyrovsky=false",
            $"interface.tafel_rate={reversible.Number("tafel_rate", "1/s", Bounds.NonNegative):R}",
            $"interface.heyrovsky_rate={reversible.Number("heyrovsky_rate", "1/s", Bounds.NonNegative):R}");
        reversible.Finish();
        TableReader train = table.OptionalTable("long_train") ?? throw table.Error("long_train", "is missing: width and count");
        _longWidth = train.Number("width", "s", new Bounds(2 * definition.Device.Gate.EdgeTime, 1));
        _longCount = train.Integer("count", new Bounds(1, 1e6));
        train.Finish();
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new PulseLength(definition, table);

    /// <summary>What a train gave, pulse by pulse.</summary>
    private sealed record Train(double Width, double[] Step, double[] Dissolved, double[] Bubbles, double[] Pressure, double[] Injected, double LogFugacity, double Uphill)
    {
        public bool HasBubble => Bubbles.Any(b => b > 0);

        public int FirstBubble => Array.FindIndex(Bubbles, b => b > 0) + 1;

        public double LargestPressure => Pressure.Max();

        /// <summary>Growth of the step from the first pulse to the last, relative.</summary>
        public double Growth => Step[^1] / Step[0] - 1;
    }

    private HydrogenGas Gas => _on.Device.Gas;

    public StudyAnswer Run(StudyContext context)
    {
        (string Name, CaseDefinition Case)[] variants = [("both hypotheses on", _on), ("feedback off", _noFeedback), ("both off", _off)];
        List<StudyPoint> points = [.. variants.SelectMany(v => _widths.Select(w =>
            new StudyPoint($"{v.Name}, {w * 1e9:g4} ns", () => Compute(v.Case, w, _count, context.Cancel))))];
        points.Add(new($"{_longCount} pulses of {_longWidth * 1e9:g3} ns", () => Compute(_on, _longWidth, _longCount, context.Cancel)));
        IReadOnlyList<IReadOnlyDictionary<string, double>> found = context.Compute(_on, points);
        Train[] Variant(int k) => [.. _widths.Select((w, i) => Unpack(w, found[k * _widths.Count + i]))];
        Train[] on = Variant(0), noFeedback = Variant(1), off = Variant(2);
        Train endless = Unpack(_longWidth, found[^1]);

        var answer = new StudyAnswer { Points = Table((on, 2), (noFeedback, 1), (off, 0)) };
        string trains = $"trains of {_count}";
        double quiet = on.TakeWhile(t => !t.HasBubble).LastOrDefault()?.Width ?? 0;
        double first = on.FirstOrDefault(t => t.HasBubble)?.Width ?? double.NaN, failure = Failure(on);
        answer.Judge("longest_quiet", $"longest pulse without a bubble, {trains}", quiet, "s", Nanoseconds(quiet), "40 ns; at least 20 ns", (20e-9, 1), FigureKind.Calibrated);
        answer.Judge("first_bubble", $"shortest pulse with a bubble, {trains}", first, "s", Nanoseconds(first), "above 40 ns; 30 to 50 ns", (30e-9, 50e-9), FigureKind.Calibrated);
        answer.Add("failure", $"shortest pulse with p > {Gas.CriticalPressure / Megapascal:g3} MPa", failure, "s", Nanoseconds(failure), "90 ns");
        AddReach(answer, on);
        double gain = double.NegativeInfinity;
        foreach ((int i, Train train) in on.Index())
        {
            string key = $"{train.Width * 1e9:g4}ns".Replace('.', '_');
            answer.Add($"growth_{key}", $"growth of the step over the train, {Nanoseconds(train.Width)}", train.Growth, "1", Percent(train.Growth), $"feedback off: {Percent(noFeedback[i].Growth)}");
            answer.Add($"growth_off_{key}", $"the same with feedback off, {Nanoseconds(train.Width)}", noFeedback[i].Growth, "1", Percent(noFeedback[i].Growth));
            if (train.Width >= _cascadeFrom * (1 - 1e-9))
                gain = Math.Max(gain, train.Growth - noFeedback[i].Growth);
        }
        answer.Add("cascade", $"cascade: growth that the feedback adds, largest from {Nanoseconds(_cascadeFrom)}", gain, "1", Percent(gain), "the step grows");
        answer.Judge("long_train", $"bubbles in {_longCount} pulses of {Nanoseconds(_longWidth)}", endless.HasBubble ? endless.FirstBubble : 0, "1",
            endless.HasBubble ? $"from pulse {endless.FirstBubble}" : "none", "none in 1e5 pulses (follows)", (0, 0));
        answer.Add("long_train_saturation", "largest dissolved hydrogen there, over critical", endless.Dissolved.Max() / Gas.CriticalDensity, "1", $"{endless.Dissolved.Max() / Gas.CriticalDensity:f3}", "below 1");
        int bubbles = off.Count(t => t.HasBubble);
        double fugacity = off.Max(t => t.LogFugacity);
        answer.Judge("bubbles_off", "trains with a bubble, both hypotheses off", bubbles, "1", $"{bubbles} of {off.Length}", "0: thermodynamics (follows)", (0, 0));
        answer.Add("log_fugacity_off", "largest ln f there, f in bar", fugacity, "1", $"{fugacity:f1}", $"{RequiredLogFugacity:f1} at {Gas.CriticalPressure / Megapascal:g3} MPa");
        answer.Warn("hypothesis spot_heyrovsky is on: an irreversible step that no thermodynamics supports, with hydrogen that does not dissociate again");
        answer.Warn("hypothesis stress_feedback is on: transfer sped up by stress under bubbles");
        answer.Warn($"the feedback acts on the transfer at the interface, while the pulse is limited by hopping through PSG: it adds at most {Percent(gain)} to the growth of the step");
        answer.Plots.Add(Figure(on, noFeedback, off));
        return answer;
    }

    /// <summary>Says by how much damage is out of reach: fugacity, supply, and the molecules that the fugacity of damage would take.</summary>
    private void AddReach(StudyAnswer answer, Train[] on)
    {
        double area = _on.Device.Geometry.Area, needed = Math.Exp(RequiredLogFugacity);
        double fugacity = on.Max(t => t.Dissolved.Max()) / Gas.HenryConstant, supply = on.Max(t => t.Injected.Sum()), atoms = 2 * needed * Gas.HenryConstant * area;
        answer.Add("largest_fugacity", "largest fugacity of dissolved hydrogen", fugacity, "1", $"{fugacity:g3} bar", $"{needed:f0} bar at {Gas.CriticalPressure / Megapascal:g3} MPa");
        answer.Add("largest_pressure", "largest pressure in bubbles at a read", on.Max(t => t.LargestPressure), "Pa", $"{on.Max(t => t.LargestPressure) / Megapascal:g3} MPa");
        answer.Add("supply", "hydrogen injected by Pd in the longest train, atoms", supply, "1", $"{supply:f0}", $"{atoms:f0} to dissolve gas of that fugacity");
        answer.Judge("uphill", "molecules that went up a gradient of fugacity, all trains", on.Sum(t => t.Uphill), "1", $"{on.Sum(t => t.Uphill):g2}", "0: second law", (0, 0));
        if (fugacity < needed)
            answer.Warn($"unreachable: failure at 90 ns and the cascade; dissolved hydrogen reaches {fugacity:g3} bar of the {needed:f0} bar that damage needs, "
                + $"and the longest train brings {supply:f0} of the {atoms:f0} atoms that it would take to dissolve them");
    }

    private double Failure(Train[] trains) => trains.FirstOrDefault(t => t.LargestPressure > Gas.CriticalPressure)?.Width ?? double.NaN;

    /// <summary>ln f of hydrogen at the critical pressure [ln bar].</summary>
    private double RequiredLogFugacity => Math.Log(Gas.CriticalPressure / 1e5)
        + AbelNoble<Scalar>.Of(Pack.One(_on.Device), _on.Device).LogFugacityCoefficient<Scalar>(
            new(Gas.CriticalPressure), new(Constants.Boltzmann * _on.Device.Heat.AmbientTemperature));

    private Dictionary<string, double> Compute(CaseDefinition definition, double width, int count, CancellationToken cancel)
    {
        RunRecorder recorder = PulseExperiment.Train(definition, _amplitude, width, count, cancel);
        Solver.Observe.Table pulses = recorder.Record.Pulses;
        Dictionary<string, double> numbers = new() { ["n"] = pulses.Count, ["f"] = recorder.Extremes.LogFugacity, ["u"] = recorder.Extremes.Uphill };
        for (int i = 0; i < pulses.Count; i++)
        {
            numbers[$"s{i}"] = pulses["conductance_step"][i];
            numbers[$"d{i}"] = pulses["hydrogen_dissolved"][i];
            numbers[$"b{i}"] = pulses["hydrogen_bubbles"][i];
            numbers[$"p{i}"] = pulses["bubble_pressure"][i];
            numbers[$"g{i}"] = pulses["protons_from_pd"][i];
        }
        return numbers;
    }

    private static Train Unpack(double width, IReadOnlyDictionary<string, double> f)
    {
        double[] All(string name) => [.. Enumerable.Range(0, (int)f["n"]).Select(i => f[$"{name}{i}"])];
        return new(width, All("s"), All("d"), All("b"), All("p"), All("g"), f["f"], f["u"]);
    }

    private static string Nanoseconds(double time) => double.IsFinite(time) ? $"{time * 1e9:g4} ns" : "none";

    private static string Percent(double x) => $"{100 * x:f1} %";

    private static Solver.Observe.Table Table(params (Train[] Trains, int Hypotheses)[] variants)
    {
        var table = new Solver.Observe.Table(
        [
            new("hypotheses", "1", "2: both on, 1: feedback off, 0: both off"),
            new("width", "s", "width of the pulse from base to base"),
            new("number", "1", "number of the pulse in its train"),
            new("conductance_step", "S", "change of conductance by the pulse"),
            new("hydrogen_dissolved", "m^-2", "largest density of dissolved hydrogen in the pulse"),
            new("hydrogen_bubbles", "m^-2", "density of hydrogen in bubbles at the read"),
            new("bubble_pressure", "Pa", "pressure in bubbles at the read"),
        ]);
        foreach ((Train[] trains, int hypotheses) in variants)
            foreach (Train t in trains)
                for (int i = 0; i < t.Step.Length; i++)
                    table.Append([hypotheses, t.Width, i + 1, t.Step[i], t.Dissolved[i], t.Bubbles[i], t.Pressure[i]]);
        return table;
    }

    /// <summary>The shortest pulse is named, and every second one about and above the first that makes a bubble.</summary>
    private static bool IsNamed(Train[] trains, int i) => i == 0 || (trains[i].HasBubble || trains[Math.Min(i + 1, trains.Length - 1)].HasBubble) && (trains.Length - 1 - i) % 2 == 0;

    private FigureSpec Figure(Train[] on, Train[] noFeedback, Train[] off)
    {
        double[] widths = [.. _widths.Select(w => 1e9 * w)];
        double[] number = [.. Enumerable.Range(1, _count).Select(i => (double)i)];
        ReferenceSpec[] paper =
        [
            new("steady up to here", 1e9 * Published.SteadyWidth, 1e9 * Published.SteadyWidth) { OnX = true, Source = Published.Source },
            new("failure", 1e9 * Published.FailureWidth, 1e9 * Published.FailureWidth) { OnX = true, Source = Published.Source },
        ];
        CurveSpec Over(string label, Train[] trains, Func<Train, double> value, int color, CurveStyle style = CurveStyle.MarkersAndLine) =>
            new() { Label = label, Style = style, Color = color, X = widths, Y = [.. trains.Select(value)] };
        return new()
        {
            Name = "pulse-length",
            Title = $"Trains of {_count} pulses of {_amplitude:g3} V from rest, PSG {_on.Device.Psg.Thickness * 1e9:g3} nm",
            Columns = 2,
            Panels =
            [
                new()
                {
                    Title = "step over the first one (dashed: feedback off)",
                    X = new("number of the pulse", "1"),
                    Y = new("step over first step", "1"),
                    Curves =
                    [
                        .. on.SelectMany((t, i) => new CurveSpec[]
                        {
                            new() { Label = IsNamed(on, i) ? Typography.Quantity(t.Width, "s") : "", Tone = (double)i / on.Length, X = number, Y = [.. t.Step.Select(s => s / t.Step[0])] },
                            new() { Style = CurveStyle.Dashed, Tone = (double)i / on.Length, X = number, Y = [.. noFeedback[i].Step.Select(s => s / noFeedback[i].Step[0])] },
                        }),
                    ],
                },
                new()
                {
                    Title = "dissolved hydrogen over critical",
                    X = new("width", "ns"),
                    Y = new("n_d / n_crit", "1") { Log = true },
                    Curves =
                    [
                        Over("first pulse", on, t => t.Dissolved[0] / Gas.CriticalDensity, 0),
                        Over($"pulse {_count}, no feedback", noFeedback, t => t.Dissolved[^1] / Gas.CriticalDensity, 1),
                    ],
                    References = [.. paper, new("a bubble nucleates", 1, 1)],
                },
                new()
                {
                    Title = "pressure in bubbles after the train",
                    X = new("width", "ns") { Min = 0 },
                    Y = new("pressure", "MPa") { Log = true, Min = 1e-3, Max = HighestPressure },
                    Curves =
                    [
                        Over("both hypotheses on", on, t => Math.Min(t.Pressure[^1] / Megapascal, HighestPressure), 0),
                        Over("feedback off", noFeedback, t => Math.Min(t.Pressure[^1] / Megapascal, HighestPressure), 1),
                    ],
                    References = [.. paper, new("damage", Gas.CriticalPressure / Megapascal, Gas.CriticalPressure / Megapascal)],
                },
                new()
                {
                    Title = "without hypotheses: what thermodynamics allows",
                    X = new("width", "ns") { Min = 0 },
                    Y = new("fugacity of hydrogen", "bar") { Log = true },
                    Curves = [Over("largest in the train", off, t => Math.Exp(t.LogFugacity), 2)],
                    References = [new("needed for damage", Math.Exp(RequiredLogFugacity), Math.Exp(RequiredLogFugacity)), new("1 bar", 1, 1)],
                },
            ],
            Note = "Two hypotheses, neither supported by thermodynamics: an irreversible Heyrovsky step driven by the field in the compact layer, whose hydrogen does not "
                + "dissociate again, and transfer sped up under bubbles. Calibrated: critical density (onset). Following: how dissolved hydrogen grows with "
                + "width, and that 5 ns pulses stay safe. Bubbles fill down the gradient of fugacity alone, so that failure and cascade are out of reach. "
                + "Without hypotheses WO3 at this composition holds hydrogen too firmly: the reversible steps reach "
                + $"{Typography.PowerOfTen((int)Math.Round(off.Max(t => t.LogFugacity) / Math.Log(10)))} bar, and damage needs {Math.Exp(RequiredLogFugacity):f0}. "
                + "The feedback relieves the compact layer and so slows the gas.",
        };
    }
}
