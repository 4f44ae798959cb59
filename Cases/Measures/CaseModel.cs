using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Measures;

/// <summary>The solver as a model to fit: each row of the data is one run of a case, and a figure of the run is compared.</summary>
/// <remarks>
/// The inputs are paths of the case; <c>amplitude</c> and <c>width</c> stand for those of its first step, so that data of
/// single pulses read as they are. A run that the solver cannot do counts as a rejected trial.
/// </remarks>
public sealed class CaseModel
{
    private static readonly Dictionary<string, string> Short = new()
    {
        ["amplitude"] = "protocol.0.amplitude",
        ["width"] = "protocol.0.width",
    };

    private readonly CaseDefinition _base;
    private readonly string[] _paths;
    private readonly string _figure;
    private readonly double[][] _rows;
    private readonly IReadOnlyList<string> _parameters;
    private CaseDefinition[]? _cases;

    /// <summary>A model.</summary>
    /// <param name="definition">The case.</param>
    /// <param name="inputs">Names of the inputs: paths, or amplitude and width.</param>
    /// <param name="rows">Inputs of each datum.</param>
    /// <param name="figure">Figure of the run, see <see cref="CaseFigures"/>.</param>
    /// <param name="parameters">Paths of the parameters that are fitted.</param>
    public CaseModel(
        CaseDefinition definition, IReadOnlyList<string> inputs, double[][] rows, string figure, IReadOnlyList<string> parameters)
    {
        (_base, _figure, _rows, _parameters) = (definition, figure, rows, parameters);
        _paths = [.. inputs.Select(i => Short.GetValueOrDefault(i, i))];
        foreach (string path in parameters)
            if (ParameterCatalogue.Device.Find(path) is null)
                throw new ArgumentException($"there is no parameter '{path}'"
                    + NearestName.Suggest(path, [.. ParameterCatalogue.Device.Parameters.Select(p => p.Path)]));
    }

    /// <summary>Evaluates the figure at every row, on all cores.</summary>
    /// <exception cref="ArithmeticException">A run failed.</exception>
    public double[] Evaluate(double[] values, CancellationToken cancel)
    {
        var y = new double[_rows.Length];
        string[] common = [.. _parameters.Zip(values, CaseFigures.Setting)];
        CaseDefinition[] cases = _cases ??= [.. _rows.Select(
            row => CaseFigures.OnOneMesh(_base.With(_paths.Zip(row, CaseFigures.Setting)), [_figure]))];
        try
        {
            Parallel.For(0, y.Length, new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, i =>
            {
                y[i] = CaseFigures.Of(cases[i].With(common), [_figure], cancel)[_figure].Value;
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.FirstOrDefault(x => x is RunFailure) is { } failure)
        {
            throw new ArithmeticException(failure.Message, failure);
        }
        catch (AggregateException e)
        {
            // What one run finds wrong with its input is wrong with the fit.
            throw new ArgumentException(e.InnerExceptions[0].Message, e);
        }
        return y;
    }
}
