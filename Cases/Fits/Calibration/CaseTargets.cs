using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Sweeps;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Fits.Calibration;

/// <summary>The runs behind a targets file: cases with the trial's parameters on top, and the figures that the targets name.</summary>
public sealed class CaseTargets
{
    private readonly TargetsFile _file;
    private readonly (CaseDefinition Case, string[] Targets)[] _runs;
    private volatile bool _hasRun;

    /// <summary>Reads the cases.</summary>
    /// <param name="file">The targets.</param>
    /// <param name="path">File that they were read from; cases are looked up beside it.</param>
    /// <exception cref="InputException">A case does not exist.</exception>
    public CaseTargets(TargetsFile file, string path)
    {
        _file = file;
        // Targets of the same case with the same changes share its runs.
        _runs = [.. file.Targets.GroupBy(t => string.Join('\n', [file.Sources[t.Name].Case, .. file.Sources[t.Name].Set]))
            .Select(g => (CaseFigures.OnOneMesh(Read(file.Sources[g.First().Name], path), [.. g.Select(t => file.Sources[t.Name].Figure)]),
                g.Select(t => t.Name).ToArray()))];
    }

    /// <summary>What says which runs these are: other texts, changes, files or another program, other runs.</summary>
    internal IEnumerable<string> Marks => _runs.SelectMany(r =>
        (string[])[r.Case.SourceText, .. r.Case.Settings, .. r.Case.Files, CaseRun.CodeVersion, string.Join('\n', r.Targets)]);

    /// <summary>Runs all cases with parameters.</summary>
    /// <exception cref="InputException">At the first time: a value is not allowed, or a case does not give a figure.</exception>
    /// <exception cref="ArithmeticException">A run failed, or what was allowed at first is not now: the trial is rejected.</exception>
    public IReadOnlyDictionary<string, double> Run(IReadOnlyDictionary<string, double> parameters, CancellationToken cancel)
    {
        string[] settings = [.. parameters.Select(p => CaseFigures.Setting(p.Key, p.Value))];
        var values = new Dictionary<string, double>();
        foreach ((CaseDefinition definition, string[] targets) in _runs)
        {
            try
            {
                IReadOnlyDictionary<string, Figure> figures =
                    CaseFigures.Of(definition.With(settings), [.. targets.Select(t => _file.Sources[t].Figure)], cancel);
                foreach (string target in targets)
                    values[target] = figures[_file.Sources[target].Figure].Value;
            }
            // What was right at the start and is not allowed, or gives no such figure, later on is a trial that went too far.
            catch (Exception e) when (e is RunFailure || (e is InputException && _hasRun))
            {
                throw new ArithmeticException(e.Message, e);
            }
        }
        _hasRun = true;
        return values;
    }

    private static CaseDefinition Read(TargetSource source, string path) =>
        CaseReader.Read(CasePath.Resolve(source.Case, path), source.Set);
}
