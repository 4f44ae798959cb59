using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Cases.Studies;

/// <summary>
/// Rise of temperature in single pulses from the heat that the device dissipates, beside two figures in closed form: the
/// bound with all of C V^2 in the films, and a filament.
/// </summary>
internal sealed class Heating : IStudy
{
    /// <summary>By then a pulse of any width here has cooled down [s].</summary>
    private const double SampledTime = 1e-5;

    private readonly CaseDefinition _case;
    private readonly double _amplitude, _filamentPower, _filamentRadius;
    private readonly IReadOnlyList<double> _widths;

    private Heating(CaseDefinition definition, TableReader table)
    {
        _case = definition;
        if (!definition.Device.Heat.Enabled)
            throw table.Error("type", "heating needs heat.enabled = true");
        _amplitude = table.Number("amplitude", "V", Bounds.Any);
        _widths = table.Numbers("widths", "s", new Bounds(2 * definition.Device.Gate.EdgeTime, 1));
        _filamentPower = table.Number("filament_power", "W", Bounds.Positive);
        _filamentRadius = table.Number("filament_radius", "m", Bounds.Positive);
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new Heating(definition, table);

    public StudyAnswer Run(StudyContext context)
    {
        IReadOnlyDictionary<string, double>[] found = [.. context.Compute(_case,
            [.. _widths.Select(w => new StudyPoint($"pulse of {w * 1e9:g4} ns", () => Pulse(w)))])];
        var answer = new StudyAnswer { Points = Table(found) };
        foreach ((int i, double width) in _widths.Index())
        {
            string key = $"{width * 1e9:g4}ns".Replace('.', '_');
            double rise = found[i]["rise"], heat = found[i]["heat"], balance = found[i]["balance"];
            answer.Judge($"rise_{key}", $"rise of temperature, pulse of {width * 1e9:g4} ns", rise, "K", $"{rise:g3} K",
                "about 2 K; below 2 K", (0, 2));
            answer.Add($"heat_{key}", "heat dissipated in the pulse and its rest", heat, "J", $"{heat * 1e15:g3} fJ");
            double tolerance = 10 * _case.Solver.RelativeTolerance;
            answer.Judge($"energy_imbalance_{key}", "first law: work - heat - field - chemical, relative", balance, "1", $"{balance:g2}",
                $"0 within {tolerance:g2}", (-tolerance, tolerance));
        }
        answer.Add("bound_films", "bound: all of C V^2 stays in the films", Bound(all: true), "K", $"{Bound(all: true):f1} K",
            "bound, not judged");
        answer.Add("bound_psg", "bound: all of C V^2 stays in PSG", Bound(all: false), "K", $"{Bound(all: false):f1} K",
            "bound, not judged");
        answer.Add("filament", $"estimate: filament of {_filamentRadius * 1e9:g3} nm at {_filamentPower * 1e6:g3} uW, P/(4 k r)", Filament,
            "K", $"{Filament:f0} K", "filaments reach about 500 K");
        answer.Plots.Add(Figure(found));
        return answer;
    }

    /// <summary>C V^2/(A sum of rho c d) over PSG, or over all films.</summary>
    private double Bound(bool all)
    {
        Device d = _case.Device;
        double energy = Constants.VacuumPermittivity * d.Psg.RelativePermittivity / d.Psg.Thickness * _amplitude * _amplitude;
        double capacity = d.Psg.HeatCapacity * d.Psg.Thickness;
        if (all)
            capacity += d.Wo3.HeatCapacity * d.Wo3.Thickness + d.Pd.HeatCapacity * d.Pd.Thickness;
        return energy / capacity;
    }

    /// <summary>P/(4 k r): a disc of one temperature on a half-space of oxide (Carslaw and Jaeger,
    /// Conduction of Heat in Solids, 8.2).</summary>
    private double Filament => _filamentPower / (4 * _case.Device.Heat.OxideConductivity * _filamentRadius);

    private Dictionary<string, double> Pulse(double width)
    {
        var device = new DeviceSimulation(_case.Device, _case.MeshFor(PulseExperiment.Equal(_amplitude, width)),
            _case.Solver with { EnergyBalance = true });
        var watch = new Watch(device);
        device.Pulse(_amplitude, width, _case.Device.Gate.EdgeTime, watch, watch.Corner);
        watch.Corner();
        // Pieces of the rest, so that the fall of the temperature is sampled.
        for (double piece = width / 20; device.Time < SampledTime; piece *= 1.25)
        {
            device.Rest(piece, watch);
            watch.Corner();
        }
        device.Rest(PulseExperiment.ReadTime, watch);
        double work = device.Quadratures[QuadratureLayout.Work], heat = device.Quadratures[device.QuadratureLayout.Heat],
            chemical = device.Quadratures[device.QuadratureLayout.Chemical];
        double field = device.System.FieldEnergy(device.State) - device.InitialFieldEnergy;
        Dictionary<string, double> numbers = new()
        {
            ["n"] = watch.Samples.Count,
            ["rise"] = watch.Samples.Max(s => s.Rise),
            ["heat"] = heat,
            ["balance"] = (work - heat - chemical - field) / (Math.Abs(work) + Math.Abs(heat) + Math.Abs(chemical) + Math.Abs(field)),
        };
        foreach ((int i, (double time, double rise)) in watch.Samples.Index())
            (numbers[$"t{i}"], numbers[$"r{i}"]) = (time, rise);
        return numbers;
    }

    /// <summary>Writes the highest temperature of every time step down.</summary>
    private sealed class Watch(DeviceSimulation device) : IStepObserver<Scalar>
    {
        private double _start;

        public List<(double Time, double Rise)> Samples { get; } = [];

        public void Corner() => _start = device.Time;

        public void OnStep(double time, Scalar[] state)
        {
            double highest = 0;
            for (int n = 0; n < device.Layout.Local.Length; n++)
                highest = Math.Max(highest, state[device.Layout.Temperature + n]);
            Samples.Add((_start + time, highest - device.Device.Heat.AmbientTemperature));
        }
    }

    private Table Table(IReadOnlyDictionary<string, double>[] found)
    {
        var table = new Table(
        [
            new("width", "s", "width of the pulse from base to base"),
            new("time", "s", "time since the start of the pulse"),
            new("temperature_rise", "K", "highest temperature above the ambient"),
        ]);
        for (int w = 0; w < found.Length; w++)
            for (int i = 0; i < found[w]["n"]; i++)
                table.Append([_widths[w], found[w][$"t{i}"], found[w][$"r{i}"]]);
        return table;
    }

    private FigureSpec Figure(IReadOnlyDictionary<string, double>[] found) => new()
    {
        Name = "heating",
        Title = $"Rise of temperature in single pulses of {_amplitude:g3} V",
        Panels =
        [
            new()
            {
                X = new("time", "ns") { Log = true, Min = 0.1, Max = 1e4 },
                Y = new("rise of temperature", "K") { Log = true, Min = 1e-5, Max = 1e3 },
                Curves =
                [
                    .. found.Select((f, w) => new CurveSpec
                    {
                        Label = $"pulse of {Typography.Quantity(_widths[w], "s")}",
                        X = [.. Enumerable.Range(0, (int)f["n"]).Select(i => 1e9 * f[$"t{i}"])],
                        Y = [.. Enumerable.Range(0, (int)f["n"]).Select(i => f[$"r{i}"])],
                    }),
                ],
                References =
                [
                    new("about 2 K, negligible", Published.TemperatureRise, Published.TemperatureRise) { Source = Published.Source },
                    new("bound: all of C V² in PSG", Bound(all: false), Bound(all: false)),
                    new($"estimate: filament of {_filamentRadius * 1e9:g3} nm at {_filamentPower * 1e6:g3} µW", Filament, Filament),
                ],
            },
        ],
        Note = "Sources: hopping, reactions, leakage and dielectric loss as the case has them. All of C V² in the films would be "
            + $"{Bound(all: true):f1} K, "
            + $"in PSG alone {Bound(all: false):f1} K: bounds that no pulse reaches, since most of C V² is lost in the driver.",
    };
}
