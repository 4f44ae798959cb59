using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Studies;

/// <summary>Cycles with fixed counts of pulses up and down: whether they settle, where and how fast, over what WO3 may be.</summary>
/// <remarks>
/// A neutral film beside films with space charge over permittivity, localised electrons and amplitude down. A device is done when two
/// cycles in a row end within half a percent of the one before at both ends, or when the base has fallen
/// below a fiftieth of that at rest: an empty film.
/// </remarks>
internal sealed class FixedCounts : IStudy
{
    private const double Settled = 5e-3, Empty = 0.02;
    private const int PulsesBetweenChecks = 50;

    private readonly CaseDefinition _case;
    private readonly int _count, _cycles;
    private readonly double _up, _width, _rest;
    private readonly IReadOnlyList<double> _down, _permittivities, _localised;

    private FixedCounts(CaseDefinition definition, TableReader table)
    {
        _case = definition;
        _count = table.Integer("count", new Bounds(1, 1e6));
        _cycles = table.Integer("cycles", new Bounds(1, 1000));
        _up = table.Number("amplitude_up", "V", Bounds.Any);
        _down = table.Numbers("amplitudes_down", "V", Bounds.Any);
        _width = table.Number("width", "s", new Bounds(2 * definition.Device.Gate.EdgeTime, 1));
        _rest = table.Number("rest", "s", Bounds.Positive);
        _permittivities = table.Numbers("permittivities", "1", new Bounds(1, 1e5));
        _localised = table.Numbers("localised_densities", "m^-2", new Bounds(0, 1e30));
        if (definition.CrossSection is not null)
            throw new InputException(definition.SourceName, 0, "cross_section", "", "fixed-counts is of a 1-D stack; leave the table out");
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new FixedCounts(definition, table);

    public StudyAnswer Run(StudyContext context)
    {
        List<Film> films = [];
        foreach (double down in _down)
        {
            films.Add(new(down, double.NaN, double.NaN, _case.With("wo3.space_charge=false")));
            films.AddRange(from eps in _permittivities
                           from localised in _localised
                           select new Film(down, eps, localised, _case.With("wo3.space_charge=true", $"wo3.permittivity={eps:R}",
                               $"wo3.localised_density={localised:R}")));
        }
        IReadOnlyList<IReadOnlyDictionary<string, double>> found =
            context.Compute(_case, [.. films.Select(f => new StudyPoint(f.Name, () => Cycle(f, context.Cancel)))]);

        var table = new Table(
        [
            new("amplitude_down", "V", "amplitude of the pulses down"),
            new("permittivity", "1", "relative permittivity of WO3; NaN for the neutral film"),
            new("localised_density", "m^-2", "localised electrons per area; NaN for the neutral film"),
            new("cycles", "1", "cycles until the end"),
            new("settled", "1", "1 where the cycles settle, 0 where they still drift, -1 where the film empties"),
            new("top", "1", "conductance after the last pulses up over that at rest"),
            new("base", "1", "conductance after the last pulses down over that at rest"),
            new("first_down", "1", "first step down over the first step up, both at rest"),
        ]);
        var answer = new StudyAnswer { Points = table };
        for (int k = 0; k < films.Count; k++)
        {
            (Film film, IReadOnlyDictionary<string, double> n) = (films[k], found[k]);
            int cycles = (int)n["cycles"];
            (double top, double low, double settled) = (n[$"top{cycles}"], n[$"base{cycles}"], n["settled"]);
            table.Append([film.Down, film.Permittivity, film.Localised, cycles, settled, top, low, n["first_down"]]);
            string end = settled > 0 ? $"settled in {cycles - 2}" : settled < 0 ? $"empty after {cycles}" : $"drifts after {cycles}";
            answer.Add($"base_{k}", film.Name, low, "1", $"{top:f1} to {low:f2} x, {end}", "no degradation");
        }
        answer.Plots.Add(Figure(films, found));
        return answer;
    }

    private Dictionary<string, double> Cycle(Film film, CancellationToken cancel)
    {
        CaseDefinition definition = film.Case;
        PulseTrain Train(double amplitude) => new() { Amplitudes = [amplitude], Widths = [_width], Count = _count, Rest = _rest };
        MeshSettings mesh = definition.MeshFor(Train(_up), Train(film.Down));
        DeviceSimulation Device() => new(definition.Device, mesh, definition.Solver);
        double edge = definition.Device.Gate.EdgeTime;
        void Pulse(DeviceSimulation device, double amplitude)
        {
            device.Pulse(amplitude, _width, edge);
            device.Rest(_rest);
        }
        double Step(double amplitude)
        {
            DeviceSimulation one = Device();
            var reader = new ChannelReadout(one);
            double before = reader.Conductance;
            Pulse(one, amplitude);
            return reader.Conductance - before;
        }
        DeviceSimulation device = Device();
        var readout = new ChannelReadout(device);
        double rest = readout.Conductance;
        Dictionary<string, double> numbers = new()
        {
            ["first_down"] = -Step(film.Down) / Step(_up),
            ["base0"] = 1,
            ["top0"] = double.NaN,
            ["settled"] = 0
        };
        void Half(double amplitude)
        {
            for (int i = 0; i < _count; i++)
            {
                if (i % PulsesBetweenChecks == 0)
                    cancel.ThrowIfCancellationRequested();
                Pulse(device, amplitude);
            }
        }
        int quiet = 0;
        for (int cycle = 1; cycle <= _cycles && numbers["settled"] == 0; cycle++)
        {
            Half(_up);
            numbers[$"top{cycle}"] = readout.Conductance / rest;
            Half(film.Down);
            numbers[$"base{cycle}"] = readout.Conductance / rest;
            numbers["cycles"] = cycle;
            bool Same(string end) => Math.Abs(numbers[$"{end}{cycle}"] / numbers[$"{end}{cycle - 1}"] - 1) < Settled;
            quiet = cycle > 1 && Same("top") && Same("base") ? quiet + 1 : 0;
            numbers["settled"] = numbers[$"base{cycle}"] < Empty ? -1 : quiet >= 2 ? 1 : 0;
        }
        return numbers;
    }

    private FigureSpec Figure(List<Film> films, IReadOnlyList<IReadOnlyDictionary<string, double>> found)
    {
        CurveSpec Curve(int k, string end, int first, int color) => new()
        {
            Label = end == "base" ? films[k].Words : "",
            Style = CurveStyle.MarkersAndLine,
            Color = color,
            X = [.. Enumerable.Range(first, (int)found[k]["cycles"] + 1 - first).Select(i => (double)i)],
            Y = [.. Enumerable.Range(first, (int)found[k]["cycles"] + 1 - first).Select(i => found[k][$"{end}{i}"])],
        };
        return new()
        {
            Name = "fixed-counts",
            Title = $"Cycles of {_count} pulses of {_up:g3} V up and {_count} down: conductance at both ends",
            Columns = Math.Min(2, _down.Count),
            Panels =
            [
                .. _down.Select(down => new PanelSpec
                {
                    Title = $"{down:g3} V down",
                    X = new("cycle", "1") { Whole = true },
                    Y = new("conductance over that at rest", "1") { Log = true, Min = 0.01, Max = 100 },
                    Curves = [.. Enumerable.Range(0, films.Count).Where(k => films[k].Down == down)
                        .SelectMany((k, i) => new[] { Curve(k, "base", 0, i), Curve(k, "top", 1, i) })],
                }),
            ],
            Note = "A neutral film gives any image charge and empties. Where electrons run short the steps down stop at a floor, and the "
                + "cycles settle.",
        };
    }

    /// <summary>A film and an amplitude down; without permittivity the neutral film.</summary>
    private sealed record Film(double Down, double Permittivity, double Localised, CaseDefinition Case)
    {
        public string Name => double.IsNaN(Permittivity) ? $"neutral, {Down:g3} V"
            : $"eps_W {Permittivity:g3}, n_loc {Localised:g2} m^-2, {Down:g3} V";

        /// <summary>What the film is, for a legend.</summary>
        public string Words => double.IsNaN(Permittivity) ? "neutral"
            : $"ε {Permittivity:g3}, {(Localised > 0 ? $"{Typography.Number(Localised, "0E+0")} m⁻² localised" : "none localised")}";
    }
}
