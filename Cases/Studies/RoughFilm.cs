using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Studies;

/// <summary>An ensemble of rough films with site energies frozen in space: spread of the step and of the
/// apparent hopping distance, hot spots.</summary>
/// <remarks>
/// The apparent distance of a sample is the a for which two pulses of one width and different amplitudes have steps in the
/// ratio of sinh(q a V/(2 kT d)), d the nominal thickness. The sample without roughness and disorder is computed beside them.
/// </remarks>
internal sealed class RoughFilm : IStudy
{
    private readonly CaseDefinition _case;
    private readonly int _samples;
    private readonly double _high, _low, _width;

    private RoughFilm(CaseDefinition definition, TableReader table)
    {
        _case = definition;
        if (definition.CrossSection is not { Film: not null, Energies: not null })
            throw table.Error("type", "rough-film needs cross_section.film of kind roughness and cross_section.site_energies");
        _samples = table.Integer("samples", new Bounds(2, 10000));
        _high = table.Number("amplitude", "V", Bounds.Positive);
        _low = table.Number("low_amplitude", "V", new Bounds(0, _high, ExclusiveMin: true));
        _width = table.Number("width", "s", new Bounds(2 * definition.Device.Gate.EdgeTime, 1));
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new RoughFilm(definition, table);

    public StudyAnswer Run(StudyContext context)
    {
        IReadOnlyDictionary<string, double>[] found = [.. context.Compute(_case,
            [.. Enumerable.Range(0, _samples + 1).Select(i => new StudyPoint(i == 0 ? "even film" : $"seed {i}", () => Sample(i)))])];
        var table = new Table(
        [
            new("seed", "1", "seed of roughness and site energies; 0 is the even film"),
            new("conductance_step", "S", "change of conductance by one pulse from rest"),
            new("hopping_distance", "m", "apparent hopping distance"),
            new("hot_spot", "1", "largest over mean number of protons per area under the gate"),
            new("hot_spot_position", "m", "where along the channel that is"),
        ]);
        for (int i = 0; i < found.Length; i++)
            table.Append([i, found[i]["step"], found[i]["distance"], found[i]["hot"], found[i]["hot_x"]]);
        var answer = new StudyAnswer { Points = table };
        foreach ((string key, string label, string unit, string shown, double factor) in new[]
        {
            ("step", "step of conductance", "S", "pS", 1e12), ("distance", "apparent hopping distance", "m", "Å", 1e10),
            ("hot", "hot spot, largest over mean current", "1", "x", 1.0),
        })
        {
            double[] values = [.. found.Skip(1).Select(f => f[key])];
            double mean = values.Average(), deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
            answer.Add($"{key}_mean", $"{label}, mean of {_samples} films", mean, unit, $"{mean * factor:f3} {shown}");
            answer.Add($"{key}_deviation", "its standard deviation", deviation, unit, $"{deviation * factor:f3} {shown}");
            answer.Add($"{key}_even", "the same of an even film", found[0][key], unit, $"{found[0][key] * factor:f3} {shown}");
        }
        double[] seeds = [.. Enumerable.Range(1, _samples).Select(i => (double)i)];
        PanelSpec Panel(string label, string unit, string key, double factor) => new()
        {
            X = new("seed", "") { Whole = true },
            Y = new(label, unit),
            Curves = [new() { Style = CurveStyle.Markers, X = seeds, Y = [.. found.Skip(1).Select(f => factor * f[key])] }],
            References = [new("even film", factor * found[0][key], factor * found[0][key])],
        };
        answer.Plots.Add(new()
        {
            Name = "rough-film",
            Title = $"{_samples} rough films, one pulse of {_high:g3} V and {_width * 1e9:g3} ns each",
            Panels = [Panel("step of conductance", "pS", "step", 1e12), Panel("apparent hopping distance", "Å", "distance", 1e10),
                Panel("hot spot over mean", "", "hot", 1)],
        });
        return answer;
    }

    private Dictionary<string, double> Sample(int seed)
    {
        CaseDefinition sample = seed == 0
            ? _case.With("cross_section.film.rms=1e-18", "cross_section.site_energies.rms=0")
            : _case.With($"cross_section.film.seed={seed}", $"cross_section.site_energies.seed={seed}");
        Dictionary<string, double> numbers = SectionPulse.Run(sample, _high, _width);
        double low = SectionPulse.Run(sample, _low, _width)["step"];
        numbers["distance"] = Distance(numbers["step"] / low);
        return numbers;
    }

    private double Distance(double ratio)
    {
        double k = 1 / (2 * Constants.ThermalVoltage(_case.Device.Heat.AmbientTemperature) * _case.Device.Psg.Thickness);
        (double small, double large) = (1e-12, 5e-9);
        for (int i = 0; i < 100; i++)
        {
            double a = (small + large) / 2;
            // log of sinh(x), without overflow.
            double LogSinh(double v) => a * k * v + Math.Log(1 - Math.Exp(-2 * a * k * v));
            (small, large) = LogSinh(_high) - LogSinh(_low) < Math.Log(ratio) ? (a, large) : (small, a);
        }
        return small;
    }
}
