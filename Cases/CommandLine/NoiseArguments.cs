using System.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Noise;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Kinetic;

namespace FvSolver.Cases.CommandLine;

/// <summary>The points that a command line asks for: every combination of its lists.</summary>
internal sealed class NoiseArguments
{
    private readonly Option<double[]> _amplitude = List(
        "--amplitude", "V", "Amplitudes; \"none\" for a hold alone (default: those of the case's pulses).", "none");
    private readonly Option<double[]> _width = List("--width", "s", "Widths from base to base (default: those of the case's pulses).");
    private readonly Option<double[]> _hold = List(
        "--hold", "s", "Times at the base voltage before the gate opens (default: gate.hold_time).");
    private readonly Option<double[]> _temperature = List("--temperature", "K", "Temperatures (default: heat.ambient_temperature).");
    private readonly Option<double[]> _thickness = List(
        "--thickness", "m", "Thicknesses of PSG, each rounded to whole hops (default: psg.thickness).");
    private readonly Option<double[]> _content = List("--content", "1", "Hydrogen in WO3 over that at rest (default: 1).");

    private readonly Option<bool> _points = new("--point-charges")
    {
        Description = "Point charges with their images, in a cell that is repeated laterally.",
    };

    private readonly Option<bool> _own = new("--own-image")
    {
        Description = "With point charges: each is attracted by its own images too.",
    };

    private readonly Option<bool> _counter = new("--counter-charges")
    {
        Description = "With point charges: counter-charges are points, frozen in the middle of lattice cubes; else they are uniform.",
    };

    private readonly Option<double?> _cell = QuantityOption.Create(
        "--cell", "m", "With point charges: side of the cell (default: 20 nm).", mustBePositive: true);

    private readonly Option<double?> _disorder = QuantityOption.Create(
        "--site-disorder", "eV", "Gaussian width of site energies that are frozen in, on the lattice of point charges.",
        mustBePositive: true);

    /// <summary>Adds the options to a command.</summary>
    public NoiseArguments(Command command)
    {
        Option[] options =
            [_amplitude, _width, _hold, _temperature, _thickness, _content, _points, _own, _counter, _cell, _disorder];
        foreach (Option option in options)
            command.Options.Add(option);
    }

    /// <summary>What point charges feel; null for the mean field of planes.</summary>
    public PointOptions? Charges(ParseResult parsed, bool always = false)
    {
        bool pairs = always || parsed.GetValue(_points);
        if (!pairs && parsed.GetValue(_disorder) is null)
            return null;
        var charges = new PointOptions
        {
            Pairs = pairs,
            OwnImage = parsed.GetValue(_own),
            CounterCharges = parsed.GetValue(_counter),
            SiteDisorder = parsed.GetValue(_disorder) ?? 0,
        };
        // What is frozen in takes longer to come to equilibrium with.
        if (charges.OwnImage || charges.CounterCharges || charges.SiteDisorder > 0)
            charges = charges with { Relaxations = 4 * charges.Relaxations, FirstRelaxations = 4 * charges.FirstRelaxations };
        return charges with { Cell = parsed.GetValue(_cell) ?? charges.Cell };
    }

    /// <summary>The points.</summary>
    /// <exception cref="InputException">The case has no pulses and the command line gives none, or a value is not possible.</exception>
    public IReadOnlyList<NoisePoint> Points(ParseResult parsed, CaseDefinition definition)
    {
        Device device = definition.Device;
        PointOptions? charges = Charges(parsed);
        PulseTrain[] trains = [.. Trains(definition.Protocol)];
        double[] Asked(Option<double[]> option, params IEnumerable<double> otherwise) =>
            parsed.GetValue(option) is { Length: > 0 } values ? values : [.. otherwise];
        double[] amplitudes = Asked(_amplitude, trains.SelectMany(t => t.Amplitudes).Distinct());
        double[] widths = Asked(_width, trains.SelectMany(t => t.Widths).Distinct());
        if (amplitudes.Length == 0 || widths.Length == 0 && !amplitudes.All(double.IsNaN))
            throw new InputException(definition.SourceName, 0, "--amplitude", "", "the case has no pulses: give --amplitude and --width");
        double edge = trains.FirstOrDefault()?.Edge ?? device.Gate.EdgeTime;
        if (widths.FirstOrDefault(w => w < 2 * edge) is > 0 and var narrow)
            throw new InputException(definition.SourceName, 0, "--width", QuantityText.Format(narrow, "s"),
                $"must be at least the two edges of the pulse, {QuantityText.Format(2 * edge, "s")}");
        double full = 1 / device.Wo3.RestComposition;
        if (Asked(_content, 1).FirstOrDefault(c => c >= full) is > 0 and var absurd)
            throw new InputException(definition.SourceName, 0, "--content", QuantityText.Format(absurd, "1"),
                $"must be below {QuantityText.Format(Math.Round(full, 6), "1")}, where the channel is full");
        List<NoisePoint> points = [];
        foreach (double thickness in Asked(_thickness, device.Psg.Thickness))
            foreach (double temperature in Asked(_temperature, device.Heat.AmbientTemperature))
                foreach (double content in Asked(_content, 1))
                    foreach (double hold in Asked(_hold, trains.FirstOrDefault()?.Hold ?? device.Gate.HoldTime))
                        foreach (double amplitude in amplitudes)
                            foreach (double width in double.IsNaN(amplitude) ? [0] : widths)
                                points.Add(new()
                                {
                                    Device = device with
                                    {
                                        Psg = device.Psg with { Thickness = thickness },
                                        Heat = device.Heat with { AmbientTemperature = temperature },
                                    },
                                    Amplitude = amplitude,
                                    Width = width,
                                    Edge = edge,
                                    Hold = hold,
                                    Content = content,
                                    Points = charges,
                                });
        return points;
    }

    private static IEnumerable<PulseTrain> Trains(IReadOnlyList<ProtocolStep> steps) => steps.SelectMany(step => step switch
    {
        PulseTrain train => [train],
        Repeat repeat => Trains(repeat.Steps),
        _ => [],
    });

    private static bool IsPossible(double value, string unit) =>
        double.IsFinite(value) && (unit == "V" || value > 0 || unit == "s" && value == 0);

    private static Option<double[]> List(string name, string unit, string description, string? none = null) => new(name)
    {
        Description = description,
        HelpName = $"{(unit == "1" ? "VALUE" : unit)},...",
        CustomParser = argument =>
        {
            List<double> values = [];
            foreach (string text in argument.Tokens.SelectMany(t => t.Value.Split(',')))
            {
                double value = double.NaN;
                string? problem = text.Trim() == none ? null : QuantityText.Parse(text, unit, out value);
                if (problem is null && text.Trim() != none && !IsPossible(value, unit))
                    problem = unit == "V" ? "must be a finite number" : "must be a finite number above 0";
                if (problem is not null)
                {
                    argument.AddError($"{name} = {text}: {problem}");
                    return [];
                }
                values.Add(value);
            }
            return [.. values];
        },
    };
}
