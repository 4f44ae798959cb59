using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Sampling;
using FvSolver.Materials;
using FvSolver.Solver.Observe;
using MathNet.Numerics.Distributions;

namespace FvSolver.Cases.Studies;

/// <summary>
/// Fig. 3B of onen2022: virtual devices on films of several thicknesses, each with deviations of its own and noise of
/// the read, each fitted by the paper's law with the nominal thickness.
/// </summary>
internal sealed class ThicknessEnsemble : IStudy
{
    private const double Angstrom = 1e-10;

    private readonly CaseDefinition _case;
    private readonly IReadOnlyList<double> _thicknesses, _fields, _widths, _calibrated;
    private readonly IReadOnlyList<int> _devices;
    private readonly IReadOnlyList<(Parameter Parameter, double Relative)> _spreads;
    private readonly double _readNoise;
    private readonly int _seed, _pulses;

    private ThicknessEnsemble(CaseDefinition definition, TableReader table)
    {
        _case = definition;
        _thicknesses = table.Numbers("thicknesses", "m", Bounds.Positive);
        IReadOnlyList<double> devices = table.Numbers("devices", "1", new Bounds(1, 10000));
        if (devices.Count != _thicknesses.Count || devices.Any(n => n != Math.Floor(n)))
            throw table.Error("devices", $"must hold one integer for each of the {_thicknesses.Count} thicknesses");
        _devices = [.. devices.Select(n => (int)n)];
        _fields = table.Numbers("fields", "V/m", Bounds.Positive);
        _widths = table.Numbers("widths", "s", new Bounds(2 * definition.Device.Gate.EdgeTime, 1));
        if (_fields.Count < 2 || _widths.Count < 2)
            throw table.Error("fields", "fields and widths must hold at least two values each");
        _pulses = table.Integer("pulses", new Bounds(1, 1e6));
        _calibrated = table.Has("calibrated_on") ? table.Numbers("calibrated_on", "m", Bounds.Positive) : [];
        _readNoise = table.Number("read_noise", "S", Bounds.NonNegative);
        _seed = table.OptionalInteger("seed", new Bounds(0, int.MaxValue)) ?? 1;
        _spreads = !table.Has("spread") ? [] : [.. table.Tables("spread").Select(t =>
        {
            Parameter parameter = ParameterScan.ReadParameter(t, definition);
            double relative = t.Number("relative", "1", new Bounds(0, 0.3));
            t.Finish();
            return (parameter, relative);
        })];
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new ThicknessEnsemble(definition, table);

    public StudyAnswer Run(StudyContext context)
    {
        (double Thickness, CaseDefinition Nominal, CaseDefinition Device, int Number)[] devices = [.. Devices()];
        List<StudyPoint> points = [.. devices.Select(d =>
            new StudyPoint($"device {d.Number + 1} on {d.Thickness * 1e9:g3} nm", () => Steps(d.Thickness, d.Device, context.Cancel)))];
        points.AddRange(_thicknesses.Select(t => new StudyPoint($"nominal device on {t * 1e9:g3} nm",
            () => Steps(t, Nominal(t), context.Cancel))));
        IReadOnlyList<IReadOnlyDictionary<string, double>> found = context.Compute(_case, points);

        JointFit[] fits = [.. devices.Select((d, i) => FitOf(d.Thickness, WithNoise(JointFit.Steps(found[i]), d.Number)))];
        JointFit[] nominal = [.. _thicknesses.Select((t, i) => FitOf(t, JointFit.Steps(found[devices.Length + i])))];
        var answer = new StudyAnswer { Points = Table(devices, fits) };
        var means = new List<(double Mean, double Deviation)>();
        foreach ((int i, double thickness) in _thicknesses.Index())
        {
            JointFit[] chip = [.. fits.Where((_, k) => devices[k].Thickness == thickness)];
            double mean = chip.Average(f => f.Distance);
            double deviation = chip.Length > 1 ? Math.Sqrt(chip.Sum(f => Math.Pow(f.Distance - mean, 2)) / (chip.Length - 1)) : 0;
            double error = deviation / Math.Sqrt(chip.Length);
            means.Add((mean, deviation));
            bool isCalibrated = _calibrated.Any(t => Math.Abs(t / thickness - 1) < 1e-9);
            FigureKind kind = isCalibrated ? FigureKind.Calibrated : FigureKind.Follows;
            string emerges = isCalibrated ? "" : " (emerges)";
            string name = $"{thickness * 1e9:g3} nm", key = $"{thickness * 1e9:g3}nm".Replace('.', '_');
            answer.Judge($"hopping_distance_{key}", $"a on {name}, mean of {chip.Length} devices", mean, "m",
                $"{mean / Angstrom:f3} Å", $"5.6 ± 0.15 Å{emerges}", (5.45e-10, 5.75e-10), kind);
            answer.Judge($"standard_error_{key}", $"its standard error (deviation {deviation / Angstrom:f2} Å)", error, "m",
                $"{error / Angstrom:f3} Å", "below 0.1 Å", (0, 1e-11));
            answer.Add($"nominal_{key}", "the same of a device without deviation and noise", nominal[i].Distance, "m",
                $"{nominal[i].Distance / Angstrom:f3} Å", kind: kind);
            answer.Judge($"exponent_{key}", $"exponent b on {name}, mean", chip.Average(f => f.Exponent), "1",
                $"{chip.Average(f => f.Exponent):f3}", $"1.2 ± 0.05{emerges}", (1.15, 1.25), kind);
        }
        foreach (string warning in fits.SelectMany(f => f.Warnings).Distinct())
            answer.Warn("fit: " + warning);
        answer.Plots.Add(Figure(devices.Select(d => d.Thickness).ToArray(), fits, nominal, means));
        return answer;
    }

    private CaseDefinition Nominal(double thickness) => ParameterScan.Change(_case, "psg.thickness", thickness).Case;

    private PulseGrid Grid(double thickness) => new([.. _fields.Select(e => e * thickness)], _widths);

    private Dictionary<string, double> Steps(double thickness, CaseDefinition device, CancellationToken cancel) =>
        PulseExperiment.MeanSteps(device, [.. Grid(thickness).Pulses], _pulses, cancel);

    private JointFit FitOf(double thickness, double[] steps) =>
        JointFit.Of(Grid(thickness), steps, thickness, _case.Device.Heat.AmbientTemperature);

    private IEnumerable<(double, CaseDefinition, CaseDefinition, int)> Devices()
    {
        int number = 0;
        foreach ((int chip, double thickness) in _thicknesses.Index())
        {
            CaseDefinition nominal = Nominal(thickness);
            for (int k = 0; k < _devices[chip]; k++, number++)
            {
                CaseDefinition device = nominal;
                foreach ((int s, (Parameter parameter, double relative)) in _spreads.Index())
                {
                    double value = (double)parameter.Read(nominal.Device) * (1 + relative * Gauss(number, s));
                    device = ParameterScan.Change(device, parameter.Path, value).Case;
                }
                yield return (thickness, nominal, device, number);
            }
        }
    }

    /// <summary>A mean step is the difference of two reads, each with its noise, over the number of pulses.</summary>
    private double[] WithNoise(double[] steps, int device) =>
        [.. steps.Select((step, i) => step + Math.Sqrt(2) * _readNoise / _pulses * Gauss(device, 1000 + i))];

    /// <summary>A normal deviate that depends on the seed, the device and what it is for, and on nothing else.</summary>
    private double Gauss(int device, int purpose) => Normal.InvCDF(0, 1, new CounterRandom(_seed, device, purpose).NextUnit());

    private static Table Table((double Thickness, CaseDefinition, CaseDefinition Device, int)[] devices, JointFit[] fits)
    {
        var table = new Table(
        [
            new("thickness", "m", "nominal thickness of PSG, which the fit uses"),
            new("thickness_actual", "m", "thickness of this device"),
            new("hopping_distance", "m", "apparent hopping distance of its fit"),
            new("exponent", "1", "exponent of the pulse width of its fit"),
        ]);
        for (int i = 0; i < fits.Length; i++)
            table.Append([devices[i].Thickness, devices[i].Device.Device.Psg.Thickness, fits[i].Distance, fits[i].Exponent]);
        return table;
    }

    private FigureSpec Figure(double[] thickness, JointFit[] fits, JointFit[] nominal, List<(double Mean, double Deviation)> means)
    {
        // Devices of a chip stand beside each other.
        double[] beside = [.. thickness.Select((t, i) =>
            1e9 * t + 0.06 * (i - Array.IndexOf(thickness, t) - (thickness.Count(x => x == t) - 1) / 2.0))];
        double[] chips = [.. _thicknesses.Select(t => 1e9 * t)];
        return new()
        {
            Name = "thickness-ensemble",
            Title = $"Apparent hopping distance of {fits.Length} virtual devices on {chips.Length} chips",
            Panels =
            [
                new()
                {
                    X = new("thickness of PSG", "nm") { Min = chips.Min() - 1, Max = chips.Max() + 1 },
                    Y = new("apparent hopping distance", "Å") { Min = 5, Max = 6.4 },
                    Curves =
                    [
                        new() { Label = "devices", Style = CurveStyle.Dots, X = beside, Y = [.. fits.Select(f => f.Distance / Angstrom)] },
                        new()
                        {
                            Label = "mean ± standard deviation", Style = CurveStyle.Markers, X = chips,
                            Y = [.. means.Select(m => m.Mean / Angstrom)], YError = [.. means.Select(m => m.Deviation / Angstrom)],
                        },
                        new() { Label = "without deviations and noise", Style = CurveStyle.Line, X = chips,
                            Y = [.. nominal.Select(f => f.Distance / Angstrom)] },
                    ],
                    References = [new("", Published.HopDistance / Angstrom,
                        Published.HopDistance / Angstrom) { Source = $"{Published.Source}: 5.6 Å" }],
                },
            ],
            Note = $"Each device differs in {string.Join(", ", _spreads.Select(s => $"{s.Parameter.Path} ({100 * s.Relative:g3} %)"))} "
                + "and has read noise of "
                + $"{_readNoise * 1e12:g3} pS (seed {_seed}). Each point is the mean of {_pulses} equal pulses. The device is calibrated "
                + $"on {string.Join(", ", _calibrated.Select(t => $"{t * 1e9:g3} nm"))}; the others emerge.",
        };
    }
}
