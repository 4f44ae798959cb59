using FvSolver.Cases.Input;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Sweeps;

/// <summary>A study over a case: a point is the case with the point's settings, and gives figures.</summary>
public sealed class CaseSweep
{
    private readonly CaseDefinition _base;
    private readonly IReadOnlyList<string> _outputs;

    /// <summary>A sweep over a case.</summary>
    /// <param name="nameOrPath">A file, or the name of a case of the library.</param>
    /// <param name="outputs">Figures to keep, see <see cref="CaseFigures"/>.</param>
    public CaseSweep(string nameOrPath, IReadOnlyList<string> outputs)
    {
        _base = CaseReader.Read(nameOrPath);
        _outputs = outputs;
    }

    /// <summary>The base case.</summary>
    public CaseDefinition Base => _base;

    /// <summary>Text that says which case this is: another text, another study.</summary>
    public string Mark => _base.SourceText;

    /// <summary>Value of a numeric parameter in the base case.</summary>
    /// <exception cref="ArgumentException">There is no such number.</exception>
    public double BaseValue(string path) => _base.Parameters.FirstOrDefault(p => p.Path == path)?.Value switch
    {
        double number => number,
        int number => number,
        _ => throw new ArgumentException($"'{path}' is spread relative to the base case, but is not one of its numbers."),
    };

    /// <summary>Unit of a parameter, or of a figure that some point of a table has given; 1 when not known.</summary>
    public string Unit(string name, SweepTable table) => _base.Parameters.FirstOrDefault(p => p.Path == name)?.Unit
        ?? table.Results.Select(r => r.Units.GetValueOrDefault(name)).FirstOrDefault(u => u is not null) ?? "1";

    /// <summary>Runs one point.</summary>
    public PointResult Run(SweepPoint point, CancellationToken cancel) => Run(point, null, 0, cancel);

    /// <summary>Runs points together: their devices advance in lanes where they have the same terms and ask for the same time.</summary>
    /// <returns>The results in the order of the points; a point that fails does not stop the others.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<PointResult> RunTogether(IReadOnlyList<SweepPoint> points, CancellationToken cancel)
    {
        var results = new PointResult?[points.Count];
        DeviceEnsemble.Run(points.Count, (ensemble, k) =>
        {
            try
            {
                results[k] = LocalBackend.RunPoint((p, c) => Run(p, ensemble, k, c), points[k], cancel);
            }
            catch (OperationCanceledException)
            {
                // Its result stays out: all members are cancelled together.
            }
        });
        cancel.ThrowIfCancellationRequested();
        return [.. results.Select(r => r!)];
    }

    private PointResult Run(SweepPoint point, DeviceEnsemble? ensemble, int member, CancellationToken cancel)
    {
        CaseDefinition definition = _base.With(point.Settings.Select(s => $"{s.Path}={s.Value}"));
        IReadOnlyDictionary<string, Figure> figures =
            CaseFigures.Of(definition, _outputs, cancel, device => ensemble?.Enter(member, device));
        return new()
        {
            Index = point.Index,
            Succeeded = true,
            Outputs = figures.ToDictionary(f => f.Key, f => f.Value.Value),
            Units = figures.ToDictionary(f => f.Key, f => f.Value.Unit),
        };
    }
}
