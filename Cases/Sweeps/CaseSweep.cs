using System.Diagnostics;
using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Time;

namespace FvSolver.Cases.Sweeps;

/// <summary>A sweep over a case: a point is the case with the point's settings, and gives figures.</summary>
public sealed class CaseSweep
{
    private readonly CaseDefinition _base;
    private readonly IReadOnlyList<string> _outputs, _asked;

    /// <summary>A sweep over a case.</summary>
    /// <param name="nameOrPath">A file, or the name of a case of the library.</param>
    /// <param name="outputs">Figures to keep, see <see cref="CaseFigures"/>.</param>
    public CaseSweep(string nameOrPath, IReadOnlyList<string> outputs)
    {
        _base = CaseReader.Read(nameOrPath);
        _outputs = outputs;
        // A point that is run anyway says how far its field went.
        _asked = outputs.All(CaseFigures.OfDevice.Contains) ? outputs : [.. outputs.Append(RunSummary.LargestField).Distinct()];
    }

    /// <summary>The base case.</summary>
    public CaseDefinition Base => _base;

    /// <summary>Text that says which case this is: another text, another sweep.</summary>
    public string Mark => string.Join('\0', [_base.SourceText, CaseRun.Header(_base, "").CodeVersion, .. _base.Files]);

    /// <summary>Value of a numeric parameter in the base case.</summary>
    /// <exception cref="ArgumentException">There is no such number.</exception>
    public double BaseValue(string path) => _base.Parameters.FirstOrDefault(p => p.Path == path)?.Value switch
    {
        double number => number,
        int number => number,
        _ => throw new ArgumentException($"'{path}' is spread relative to the base case, but is not one of its numbers."),
    };

    /// <summary>Runs one point.</summary>
    public PointResult Run(SweepPoint point, CancellationToken cancel) => Result(point, CaseFigures.Of(At(point), _asked, cancel));

    /// <summary>Runs points together: their devices advance in lanes where they have the same terms and ask for the same time.</summary>
    /// <returns>The results in the order of the points; a point that fails does not stop the others.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<PointResult> RunTogether(IReadOnlyList<SweepPoint> points, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        Dictionary<string, Figure>[] figures = [.. points.Select(_ => new Dictionary<string, Figure>())];
        DeviceEnsemble ensemble = DeviceEnsemble.Run([.. points.Select((p, k) => Requests(p, figures[k], cancel))]);
        return [.. points.Select((p, k) => (ensemble.Failures[k] switch
        {
            null => Result(p, figures[k]),
            NumericalException e => PointResult.Failed(p.Index, CaseFigures.Failure(At(p), e).Message),
            var e => PointResult.Failed(p.Index, e.Message),
        }) with
        { Seconds = clock.Elapsed.TotalSeconds / points.Count })];
    }

    private CaseDefinition At(SweepPoint point) => _base.With(point.Settings.Select(s => $"{s.Path}={s.Value}"));

    // An iterator: a case that cannot be read fails when it is first asked, as the failure of its point.
    private IEnumerable<DriveRequest> Requests(SweepPoint point, Dictionary<string, Figure> figures, CancellationToken cancel)
    {
        foreach (DriveRequest request in CaseFigures.Requests(At(point), _asked, figures, cancel))
            yield return request;
    }

    private PointResult Result(SweepPoint point, IReadOnlyDictionary<string, Figure> figures) => new()
    {
        Index = point.Index,
        Succeeded = true,
        Outputs = _outputs.Distinct().ToDictionary(o => o, o => figures[o].Value),
        Units = _outputs.Distinct().ToDictionary(o => o, o => figures[o].Unit),
        IsBeyondBreakdown = figures.TryGetValue(RunSummary.LargestField, out Figure? field)
            && field.Value > At(point).Device.Psg.BreakdownField,
    };
}
