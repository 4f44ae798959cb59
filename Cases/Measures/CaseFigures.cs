using System.Globalization;
using FvSolver.Cases.Electrochemistry;
using FvSolver.Cases.Fits;
using FvSolver.Cases.Fits.Laws;
using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Cases.Measures;

/// <summary>Figures by name that a case gives: what sweeps keep, calibrations meet and fits compare.</summary>
/// <remarks>
/// Four kinds, each worked out only when a figure of it is asked for:
/// the figures of the run's summary (<c>range</c>, <c>protons_per_pulse</c>, ...) and a place in a column of its pulses
/// (<c>conductance_step.first</c>, also last, mean, min, max); the paper's fit of 4 x 4 single pulses from rest on the
/// case's device or cross-section (<c>apparent_hop_distance</c>, <c>apparent_exponent</c>, <c>law_worst_residual</c>) and, of a stack,
/// the same fit of the means over 1000 equal pulses each, as the paper measured (<c>train_hop_distance</c>, <c>train_exponent</c>,
/// <c>train_worst_residual</c>); and the current at 1 V/nm held for 1 us (<c>dc_current</c>, <c>dc_current_density</c>).
/// </remarks>
public static class CaseFigures
{
    /// <summary>Key under which a figure that the case does not give is reported.</summary>
    public const string FigureKey = "figure";

    private const int Grid = 4;
    private const int TrainPulses = 1000;
    private static readonly string[] Law = ["apparent_hop_distance", "apparent_exponent", "law_worst_residual"];
    private static readonly string[] TrainLaw = ["train_hop_distance", "train_exponent", "train_worst_residual"];
    private static readonly string[] Current = ["dc_current", "dc_current_density"];

    /// <summary>Figures that any case with a device can give.</summary>
    public static IReadOnlyList<string> OfDevice { get; } = [.. Law, .. TrainLaw, .. Current];

    /// <summary>Works figures out.</summary>
    /// <param name="definition">The case.</param>
    /// <param name="names">Names of the figures.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InputException">A figure does not exist, or the case cannot be run.</exception>
    /// <exception cref="RunFailure">The integration failed.</exception>
    public static IReadOnlyDictionary<string, Figure> Of(
        CaseDefinition definition, IReadOnlyCollection<string> names, CancellationToken cancel = default)
    {
        var figures = new Dictionary<string, Figure>();
        try
        {
            foreach (DriveRequest request in Requests(definition, names, figures, cancel))
                request.Run();
        }
        catch (NumericalException e)
        {
            throw Failure(definition, e);
        }
        return figures;
    }

    /// <summary>The same case on one mesh for good, so that figures do not jump from one mesh to the next where parameters vary.</summary>
    /// <param name="definition">The case.</param>
    /// <param name="names">Figures that will be asked for.</param>
    public static CaseDefinition OnOneMesh(CaseDefinition definition, IReadOnlyCollection<string> names)
    {
        if (!definition.HasAutomaticMesh)
            return definition;
        IEnumerable<ProtocolStep> law = names.Any(n => Law.Contains(n) || TrainLaw.Contains(n)) ? LawPulses(definition) : [];
        MeshSettings mesh = definition.MeshFor(definition.Protocol.Concat(law));
        return definition.With(
            $"mesh.psg_cells={mesh.PsgCells}", Setting("mesh.psg_first_cell_gate", mesh.PsgFirstCellGate),
            Setting("mesh.psg_first_cell_channel", mesh.PsgFirstCellChannel), Setting("mesh.psg_growth_ratio", mesh.PsgGrowthRatio));
    }

    /// <summary>The same as what is asked of the devices, for several cases together; see <see cref="DeviceEnsemble"/>.</summary>
    /// <param name="definition">The case.</param>
    /// <param name="names">Names of the figures.</param>
    /// <param name="found">Takes the figures; they are there when all requests are done.</param>
    /// <param name="cancel">Ends it.</param>
    public static IEnumerable<DriveRequest> Requests(
        CaseDefinition definition, IReadOnlyCollection<string> names, Dictionary<string, Figure> found, CancellationToken cancel)
    {
        var figures = new Dictionary<string, Figure>();
        if (definition.CrossSection is not null && names.FirstOrDefault(n => TrainLaw.Contains(n) || Current.Contains(n)) is { } ofStack)
            throw new InputException(definition.SourceName, 0, FigureKey, ofStack,
                "is worked out for a stack only, and the case is a cross-section; its single pulses give apparent_hop_distance");
        if (names.Any(Law.Contains))
            foreach (DriveRequest request in AddLaw(definition, 1, Law, figures, cancel))
                yield return request;
        if (names.Any(TrainLaw.Contains))
            foreach (DriveRequest request in AddLaw(definition, TrainPulses, TrainLaw, figures, cancel))
                yield return request;
        if (names.Any(Current.Contains))
            AddCurrent(definition, figures, cancel);
        if (names.Any(n => !OfDevice.Contains(n)))
            foreach (DriveRequest request in AddRun(definition, names, figures, cancel))
                yield return request;
        if (names.FirstOrDefault(n => !figures.ContainsKey(n)) is { } missing)
            throw new InputException(definition.SourceName, 0, FigureKey, missing, "the case gives no figure of this name"
                + (NearestName.Find(missing, figures.Keys) is { } near ? $"; did you mean '{near}'?" : "")
                + $"; it gives {string.Join(", ", figures.Keys.Concat(OfDevice).Distinct())}"
                + ", and COLUMN.first, .last, .mean, .min or .max of its pulses");
        foreach (string name in names)
            found[name] = figures[name];
    }

    /// <summary>The failure of a case whose integration failed.</summary>
    public static RunFailure Failure(CaseDefinition definition, NumericalException cause) =>
        new($"{definition.SourceName}: {cause.Message}", cause);

    private static IEnumerable<DriveRequest> AddRun(
        CaseDefinition definition, IEnumerable<string> names, Dictionary<string, Figure> figures, CancellationToken cancel)
    {
        if (definition.Protocol.Count == 0)
            throw new InputException(definition.SourceName, 0, "protocol", "",
                "a case to run needs at least one step; this one is a study");
        // Steps in time are counted where they are taken.
        CaseRun run = names.Any(n => n.StartsWith("time_steps", StringComparison.Ordinal))
            ? CaseRun.Start(definition, "", "") : CaseRun.ForFigures(definition);
        foreach (DriveRequest request in run.Requests())
        {
            cancel.ThrowIfCancellationRequested();
            yield return request;
        }
        RunRecord record = run.Complete();
        foreach ((string name, Figure figure) in record.Figures)
            figures[name] = figure;
        foreach (string name in names)
            if (OfColumn(record.Pulses, name) is { } figure)
                figures[name] = figure;
    }

    private static Figure? OfColumn(Table pulses, string name)
    {
        int dot = name.LastIndexOf('.');
        if (dot < 0 || pulses.Count == 0 || pulses.Columns.FirstOrDefault(c => c.Name == name[..dot]) is not { } column)
            return null;
        IReadOnlyList<double> values = pulses[column.Name];
        double? value = name[(dot + 1)..] switch
        {
            "first" => values[0],
            "last" => values[^1],
            "mean" => values.Average(),
            "min" => values.Min(),
            "max" => values.Max(),
            _ => null,
        };
        return value is { } number ? new(number, column.Unit, $"{column.LongName}, {name[(dot + 1)..]}") : null;
    }

    /// <summary>The paper's fit: amplitudes of 70 to 100 % of 1 V/nm, widths of 5 to 20 ns, each train from rest, unweighted.</summary>
    private static IEnumerable<DriveRequest> AddLaw(
        CaseDefinition definition, int pulses, string[] names, Dictionary<string, Figure> figures, CancellationToken cancel)
    {
        double thickness = definition.Device.Psg.Thickness;
        (double Amplitude, double Width)[] grid = [.. LawPulses(definition).Select(t => (t.Amplitudes[0], t.Widths[0]))];
        var means = new TrainMeans(definition, Simulation(definition, LawPulses(definition)), grid, pulses);
        var steps = new List<double>();
        for (int k = 0; k < grid.Length; k++)
        {
            foreach (DriveRequest request in means.Requests(k, steps.Add, cancel))
                yield return request;
        }
        double[] amplitudes = [.. grid.Select(p => p.Amplitude)], widths = [.. grid.Select(p => p.Width)];
        FitResult fit = Fit.Run(new JointLaw(thickness, definition.Device.Heat.AmbientTemperature), new([amplitudes, widths], steps));
        string of = pulses == 1 ? "single pulses" : $"means over {pulses} equal pulses";
        figures[names[0]] = new(fit["a"].Value, "m", $"hopping distance that the paper's fit of {of} returns");
        figures[names[1]] = new(fit["beta"].Value, "1", $"exponent of the width that the paper's fit of {of} returns");
        figures[names[2]] = new(fit.WorstRelativeResidual, "1", $"worst residual of the paper's fit of {of}, relative");
    }

    /// <summary>The pulses of the paper's fit.</summary>
    private static IEnumerable<PulseTrain> LawPulses(CaseDefinition definition) =>
        from i in Enumerable.Range(0, Grid)
        from j in Enumerable.Range(0, Grid)
        select new PulseTrain
        {
            Amplitudes = [1e9 * definition.Device.Psg.Thickness * (0.7 + 0.3 * i / (Grid - 1))],
            Widths = [5e-9 + 15e-9 * j / (Grid - 1)],
            Count = 1,
        };

    private static void AddCurrent(CaseDefinition definition, Dictionary<string, Figure> figures, CancellationToken cancel)
    {
        SteadyState state = SteadyState.Reach(new(definition), 1e9 * definition.Device.Psg.Thickness, 1e-6, cancel);
        figures["dc_current"] = new(state.Current.Total, "A", "current at 1 V/nm held for 1 us");
        figures["dc_current_density"] = new(state.Current.Total / definition.Device.Geometry.Area, "A/m^2",
            "current density at 1 V/nm held for 1 us");
    }

    private static DeviceSimulation Simulation(CaseDefinition definition, IEnumerable<ProtocolStep> steps)
    {
        if (definition.CrossSection is not null)
            return CaseRun.CreateDevice(definition);
        try
        {
            return new(definition.Device, definition.MeshFor(steps), definition.Solver);
        }
        catch (MeshException e)
        {
            throw new InputException(definition.SourceName, 0, "mesh", "", e.Message);
        }
    }

    /// <summary>A setting of a case as text, to the last bit.</summary>
    public static string Setting(string path, double value) => $"{path}={value.ToString("R", CultureInfo.InvariantCulture)}";
}
