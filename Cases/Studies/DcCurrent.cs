using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using static FvSolver.Materials.Constants;

namespace FvSolver.Cases.Studies;

/// <summary>
/// Energies of onen2022: the current of a large device under a voltage that is held, how long its closed WO3 film can carry
/// it, and what a pulse on the small device costs.
/// </summary>
internal sealed class DcCurrent : IStudy
{
    private const int PerDecade = 12;

    private readonly CaseDefinition _case, _small;
    private readonly double _voltage, _readTime, _until, _amplitude, _width;
    private readonly int _pulses;

    private DcCurrent(CaseDefinition definition, TableReader table)
    {
        _case = definition;
        _voltage = table.Number("voltage", "V", Bounds.Any);
        _readTime = table.Number("read_at", "s", new Bounds(1e-9, 1));
        _until = table.Number("until", "s", new Bounds(_readTime, 10));
        TableReader pulse = table.OptionalTable("pulse")
            ?? throw table.Error("pulse", "is missing: length and width of the small device, amplitude, duration and count");
        _small = definition.With(
            $"geometry.length={pulse.Number("device_length", "m", Bounds.Positive):R}",
            $"geometry.width={pulse.Number("device_width", "m", Bounds.Positive):R}");
        _amplitude = pulse.Number("amplitude", "V", Bounds.Any);
        _width = pulse.Number("width", "s", new Bounds(2 * definition.Device.Gate.EdgeTime, 1));
        _pulses = pulse.Integer("count", new Bounds(1, 1e6));
        pulse.Finish();
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new DcCurrent(definition, table);

    private Device Device => _case.Device;

    public StudyAnswer Run(StudyContext context)
    {
        IReadOnlyList<IReadOnlyDictionary<string, double>> found = context.Compute(_case,
        [
            new StudyPoint($"{_voltage:g3} V held", () => Hold(context.Cancel)),
            new StudyPoint($"{_pulses} pulses", () => Pulses(context.Cancel)),
        ]);
        IReadOnlyDictionary<string, double> hold = found[0], pulses = found[1];
        int n = (int)hold["n"];
        double[] time = [.. Enumerable.Range(0, n).Select(i => hold[$"t{i}"])];
        double[] current = [.. Enumerable.Range(0, n).Select(i => hold[$"i{i}"])];
        double[] composition = [.. Enumerable.Range(0, n).Select(i => hold[$"y{i}"])];
        double read = current[Array.IndexOf(time, _readTime)], density = read / Device.Geometry.Area;

        var answer = new StudyAnswer { Points = Table(time, current, composition) };
        answer.Judge("current", $"current at {_voltage:g3} V after {_readTime * 1e6:g3} us", read, "A", $"{read * 1e9:f1} nA",
            "30 nA; 24 to 36 nA", (24e-9, 36e-9), FigureKind.Calibrated);
        answer.Add("current_density", "its density", density, "A/m^2", $"{density:g3} A/m^2", "4.0e4 A/m^2", FigureKind.Calibrated);
        double empty = Device.Pd.HydrogenFraction * Device.Pd.AtomDensity * Device.Pd.Thickness * ElementaryCharge / density;
        answer.Add("pd_time", $"time in which it empties {Device.Pd.Thickness * 1e9:g3} nm of Pd", empty, "s", $"{empty * 1e3:f2} ms",
            "not said where the hydrogen comes from");
        double full = ElementaryCharge * Device.Wo3.SiteDensity * Device.Wo3.Thickness / density;
        answer.Add("fill_time", $"time in which it fills a closed film of {Device.Wo3.Thickness * 1e9:g3} nm of WO3 to y = 1", full, "s",
            $"{full * 1e3:f2} ms", "not said how it is carried away");
        answer.Add("fill_time_half", "the same to y = 0.5, beyond HxWO3", full / 2, "s", $"{full * 500:f2} ms", "");
        int half = Array.FindIndex(current, Array.IndexOf(time, _readTime), i => i < read / 2);
        answer.Add("carried", "the model's current falls to half of that after", half < 0 ? double.NaN : time[half], "s",
            half < 0 ? $"more than {time[^1] * 1e3:g3} ms" : $"{time[half] * 1e3:g3} ms",
            $"y = {(half < 0 ? composition[^1] : composition[half]):g2} then");
        double proton = pulses["proton"], capacitive = pulses["capacitive"];
        answer.Judge("energy_proton", $"proton energy per pulse, mean of {_pulses}", proton, "J", $"{proton * 1e18:f2} aJ",
            "15 aJ; 13 to 18 aJ", (13e-18, 18e-18), FigureKind.Calibrated);
        answer.Judge("energy_capacitive", "C V^2 per pulse", capacitive, "J", $"{capacitive * 1e15:f2} fJ", "2.5 fJ; 2.4 to 2.7 fJ",
            (2.4e-15, 2.7e-15), FigureKind.Input);
        answer.Add("protons", "protons from Pd per pulse", pulses["protons"], "1", $"{pulses["protons"]:f2}", "9.4", FigureKind.Calibrated);
        answer.Warn($"a closed film cannot carry {read * 1e9:f0} nA beyond {full * 1e3:f1} ms: a steady current needs a sink of hydrogen "
            + "that the paper does not name");
        answer.Plots.Add(Figure(time, current, composition));
        return answer;
    }

    private Dictionary<string, double> Hold(CancellationToken cancel)
    {
        var device = new DeviceSimulation(Device, _case.MeshFor(new Hold(_voltage, _until)), _case.Solver);
        var inventory = new Inventory(device);
        double edge = Device.Gate.EdgeTime;
        device.Segment(device.SourceMode, device.GateVoltage, _voltage, edge);
        // The current is a mean over each interval; the one that ends at the read is short.
        List<double> times = [.. Enumerable.Range(0, 1 + (int)(PerDecade * Math.Log10(_until / edge)))
            .Select(i => edge * Math.Pow(10, (double)i / PerDecade)), _until];
        times.RemoveAll(t => t <= edge || Math.Abs(t / _readTime - 1) < 0.03);
        times.AddRange([0.98 * _readTime, _readTime]);
        times.Sort();
        Dictionary<string, double> numbers = new() { ["n"] = 0 };
        int n = 0;
        foreach (double time in times.Distinct())
        {
            cancel.ThrowIfCancellationRequested();
            double charge = device.GateCharge, given = inventory.Given, elapsed = time - device.Time;
            device.Segment(device.SourceMode, _voltage, _voltage, elapsed);
            numbers[$"t{n}"] = time;
            numbers[$"i{n}"] = (device.GateCharge - charge + ElementaryCharge * (inventory.Given - given)) / elapsed;
            numbers[$"y{n}"] = inventory.Composition;
            n++;
        }
        numbers["n"] = n;
        return numbers;
    }

    private Dictionary<string, double> Pulses(CancellationToken cancel)
    {
        Table pulses = PulseExperiment.Train(_small, _amplitude, _width, _pulses, cancel).Record.Pulses;
        double proton = pulses["energy_proton"].Average();
        return new()
        {
            ["proton"] = proton,
            ["capacitive"] = pulses["energy_total"].Average() - proton,
            ["protons"] = pulses["protons_from_pd"].Average()
        };
    }

    private static Table Table(double[] time, double[] current, double[] composition)
    {
        var table = new Table(
        [
            new("time", "s", "time since the start of the ramp"),
            new("current", "A", "current into the gate, mean since the time before"),
            new("composition", "1", "mean composition of WO3"),
        ]);
        for (int i = 0; i < time.Length; i++)
            table.Append([time[i], current[i], composition[i]]);
        return table;
    }

    private FigureSpec Figure(double[] time, double[] current, double[] composition) => new()
    {
        Name = "dc-current",
        Title = $"{Device.Geometry.Width * 1e9:g4} nm × {Device.Geometry.Length * 1e9:g4} nm at {_voltage:g3} V, held",
        Columns = 2,
        Panels =
        [
            new()
            {
                X = new("time", "µs") { Log = true },
                Y = new("current", "nA") { Min = 0, Max = 60 },
                Curves = [new() { Label = "this model", X = [.. time.Select(t => 1e6 * t)], Y = [.. current.Select(i => 1e9 * i)] }],
                References = [new("about 30 nA", 1e9 * Published.DirectCurrent,
                    1e9 * Published.DirectCurrent) { Source = Published.Source }],
            },
            new()
            {
                X = new("time", "µs") { Log = true },
                Y = new("composition y of WO3", "1") { Log = true },
                Curves = [new() { Label = "mean of the film", X = [.. time.Select(t => 1e6 * t)], Y = composition }],
                References = [new("full", 1, 1)],
            },
        ],
        Note = "The current is that of the full model. A closed film fills within a millisecond: the paper's steady current needs "
            + "hydrogen to leave WO3, in a way that it does not say.",
    };
}
