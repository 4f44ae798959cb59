using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Sweeps;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Fits.Calibration;

/// <summary>Every run of a calibration, kept for its result file: a table like that of a sweep, best run first.</summary>
/// <param name="file">Parameters and targets.</param>
/// <param name="run">What runs them.</param>
internal sealed class CalibrationRuns(TargetsFile file, CalibrationRun run)
{
    /// <summary>Column of the sum of squares, priors included.</summary>
    public const string Misfit = "misfit";

    private readonly List<(double[] Place, double[] Figures, double Misfit)> _runs = [];

    /// <summary>Runs the targets at parameters, and keeps what came out.</summary>
    /// <exception cref="ArithmeticException">The run failed; it is kept as failed.</exception>
    public IReadOnlyDictionary<string, double> Run(IReadOnlyDictionary<string, double> parameters, CancellationToken cancel)
    {
        double[] place = [.. file.Parameters.Select(p => parameters[p.Path])];
        try
        {
            IReadOnlyDictionary<string, double> figures = run(parameters, cancel);
            Keep(place, [.. file.Targets.Select(t => figures[t.Name])],
                GuidedProfile.SumOfSquares(file.Parameters, file.Targets, figures, place));
            return figures;
        }
        catch (ArithmeticException)
        {
            Keep(place, [.. file.Targets.Select(_ => double.NaN)], double.NaN);
            throw;
        }
    }

    /// <summary>The result of the calibration.</summary>
    /// <param name="text">Text of the targets file.</param>
    /// <param name="source">Its path.</param>
    /// <param name="result">What was found.</param>
    /// <param name="commandLine">Command that ran it.</param>
    /// <param name="profiles">Misfit along each parameter.</param>
    public Result Result(string text, string source, CalibrationResult result, string commandLine, IReadOnlyList<GuidedProfile> profiles)
    {
        var record = new RunRecord { Series = Table(), Pulses = new([]), Profiles = new() };
        foreach (MetTarget t in result.Targets)
        {
            string asked = $"{FitReport.Text(t.Target.Value, 5)} +- {FitReport.Text(t.Target.Sigma, 3)}";
            string words = $"{t.Target.Name}: asked for {asked}, off by {t.Deviation:0.00;-0.00;0.00} sigma";
            record.Figures[t.Target.Name] = new(t.Result, t.Target.Unit, words)
            {
                Kind = FigureKind.Calibrated,
            };
        }
        record.Figures[Misfit] = new(result.Fit.SumOfSquares, "1", "sum of squares over the variances of targets and priors");
        record.Warnings.AddRange(result.Fit.Warnings);
        return new()
        {
            Header = new()
            {
                Title = $"calibration {file.Name}",
                CaseText = text,
                CaseName = source,
                CommandLine = commandLine,
                CodeVersion = CaseRun.CodeVersion,
            },
            Record = record,
            Parameters = [.. result.Fit.Parameters.Select(p => new StoredParameter(
                p.Name, ParameterCatalogue.Device[p.Name].Symbol, p.Parameter.Unit, p.Value, Kind.Calibrated,
                p.Held ? "held" : $"standard error {FitReport.Text(p.StandardError, 3)}"))],
            Plots = profiles.Count > 0 ? [CalibrationReport.Picture(file.Name, file.Parameters, result, profiles)] : [],
        };
    }

    private void Keep(double[] place, double[] figures, double misfit)
    {
        lock (_runs)
            _runs.Add((place, figures, misfit));
    }

    private Table Table()
    {
        Table table = SweepTable.Empty(file.Parameters.Select(p => new Column(p.Path, p.Unit, "")),
            [.. file.Targets.Select(t => new Column(t.Name, t.Unit, "")), new Column(Misfit, "1", "")]);
        // By what came out: in which order threads finish is chance.
        int point = 0;
        var sorted = _runs.OrderBy(r => double.IsNaN(r.Misfit) ? double.PositiveInfinity : r.Misfit).ThenBy(r => r.Place[0]);
        foreach ((double[] place, double[] figures, double misfit) in sorted)
            table.Append([point++, double.IsNaN(misfit) ? 1 : 0, .. place, .. figures, misfit]);
        return table;
    }
}
