using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Studies;

/// <summary>Where along the PSG/WO3 interface of a cross-section hydrogen gas appears first under trains of pulses, and when.</summary>
/// <remarks>
/// Gas appears where the dissolved hydrogen passes a given fugacity. The mean is that over the
/// interface below the gate; without spots, as in 1-D, it alone would decide.
/// </remarks>
internal sealed class GasSpots : IStudy
{
    private readonly CaseDefinition _case;
    private readonly IReadOnlyList<double> _widths;
    private readonly double _amplitude, _critical;
    private readonly int _count;

    private GasSpots(CaseDefinition definition, TableReader table)
    {
        _case = definition;
        if (definition.CrossSection is null || !definition.Device.Gas.Enabled)
            throw table.Error("type", "gas-spots needs a cross_section and gas.enabled = true");
        _amplitude = table.Number("amplitude", "V", Bounds.Any);
        _widths = table.Numbers("widths", "s", new Bounds(2 * definition.Device.Gate.EdgeTime, 1));
        _count = table.Integer("count", new Bounds(1, 1e6));
        _critical = table.Number("fugacity", "1", Bounds.Positive) * definition.Device.Gas.HenryConstant;
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new GasSpots(definition, table);

    public StudyAnswer Run(StudyContext context)
    {
        IReadOnlyList<IReadOnlyDictionary<string, double>> found = context.Compute(_case,
            [.. _widths.Select(w => new StudyPoint($"pulses of {Typography.Quantity(w, "s")}", () => Train(w, context.Cancel)))]);
        var table = new Table(
        [
            new("width", "s", "width of the pulses"),
            new("position", "m", "position of the interface node along the channel"),
            new("first_time", "s", "time since the start of the train at which gas appears there; -1: never"),
            new("dissolved", "m^-2", "largest density of dissolved hydrogen there"),
            new("bubbles", "m^-2", "hydrogen in bubbles there after the train"),
        ]);
        var answer = new StudyAnswer { Points = table };
        foreach ((int i, double width) in _widths.Index())
        {
            IReadOnlyDictionary<string, double> f = found[i];
            for (int k = 0; k < Nodes(f); k++)
                table.Append([width, f[$"x{k}"], f[$"first{k}"], f[$"peak{k}"], f[$"bubbles{k}"]]);
            string key = $"{width * 1e9:g4}ns".Replace('.', '_'), at = $"pulses of {Typography.Quantity(width, "s")}";
            answer.Add($"first_time_{key}", $"{at}: gas appears first after", f["spot_time"], "s", Time(f["spot_time"]));
            answer.Add($"first_position_{key}", $"  at x = (gate from {f["left"] * 1e9:f0} to {f["right"] * 1e9:f0} nm)", f["spot_x"], "m",
                $"{f["spot_x"] * 1e9:f2} nm");
            answer.Add($"mean_time_{key}", "  the mean below the gate would do so after", f["mean_time"], "s", Time(f["mean_time"]));
            answer.Add($"spot_{key}", "  largest over mean of dissolved hydrogen after the first pulse", f["spot_ratio"], "1",
                $"{f["spot_ratio"]:f2}");
            answer.Add($"share_{key}", "  part of the interface below the gate with gas after the train", f["share"], "1",
                $"{100 * f["share"]:f1} %");
            answer.Add($"pressure_{key}", "  pressure in the fullest bubbles after the train", f["pressure"], "Pa",
                double.IsFinite(f["pressure"]) ? $"{f["pressure"] / 1e6:g3} MPa" : "more than a gas can hold");
        }
        answer.Plots.Add(Figure(found));
        return answer;
    }

    private static int Nodes(IReadOnlyDictionary<string, double> point) => (int)point["nodes"];

    private string Time(double t)
    {
        if (t < 0)
            return $"not in {_count} pulses";
        int pulse = (int)Math.Floor(t / PulseExperiment.ReadTime);
        return pulse == 0 ? Typography.Quantity(t, "s")
            : $"{Typography.Quantity(t - pulse * PulseExperiment.ReadTime, "s")} of pulse {pulse + 1}";
    }

    private Dictionary<string, double> Train(double width, CancellationToken cancel)
    {
        DeviceSimulation device = CaseRun.CreateDevice(_case);
        var watch = new GasWatch(device, _critical);
        for (int pulse = 0; pulse < _count; pulse++)
        {
            cancel.ThrowIfCancellationRequested();
            // Each pulse with its rest takes the read time, so that a time says which pulse it was.
            device.Pulse(_amplitude, width, _case.Device.Gate.EdgeTime, watch);
            if (pulse == 0)
                watch.EndFirstPulse();
            device.Rest((pulse + 1) * PulseExperiment.ReadTime - device.Time, watch);
        }
        return watch.Numbers();
    }

    private FigureSpec Figure(IReadOnlyList<IReadOnlyDictionary<string, double>> found)
    {
        CurveSpec[] Curves(Func<IReadOnlyDictionary<string, double>, int, double> value) => [.. found.Select((f, i) => new CurveSpec
        {
            Label = Typography.Quantity(_widths[i], "s"),
            Tone = (double)i / found.Count,
            X = [.. Enumerable.Range(0, Nodes(f)).Select(k => 1e9 * f[$"x{k}"])],
            Y = [.. Enumerable.Range(0, Nodes(f)).Select(k => value(f, k))],
        })];
        CurveSpec[] bubbles = Curves((f, k) => f[$"bubbles{k}"] / _critical);
        ReferenceSpec[] gate = [new("gate", 1e9 * found[0]["left"], 1e9 * found[0]["right"]) { OnX = true }];
        return new()
        {
            Name = "gas-spots",
            Title = $"Where gas appears: {_count} pulses of {_amplitude:g3} V",
            Panels =
            [
                new()
                {
                    X = new("position x", "nm"),
                    Y = new("dissolved hydrogen over limit", "1") { Log = true, Min = 1e-3 },
                    Curves = Curves((f, k) => Math.Max(f[$"peak{k}"] / _critical, 1e-6)),
                    References = [.. gate, new("gas", 1, 1)],
                },
                // Without a nucleus there is nothing to see.
                .. bubbles.Any(c => c.Y.Any(y => y > 1e-6))
                    ? [new PanelSpec
                    {
                        X = new("position x", "nm"),
                        Y = new("hydrogen in bubbles over limit", "1") { Min = 0 },
                        Curves = bubbles,
                        References = gate,
                    }]
                    : Array.Empty<PanelSpec>(),
            ],
            Note = $"Largest at each place; the limit is what dissolves at {_critical / _case.Device.Gas.HenryConstant:g3} bar. "
                + "By the hypothesis remote_heyrovsky: a Heyrovsky step whose proton is not thermalised on its last hop.",
        };
    }
}
