using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Studies;

/// <summary>The error of each figure in space and time, from a run on a mesh twice as fine and one with a tenth of the tolerance.</summary>
/// <remarks>
/// Both are runs of their own, side by side on free cores. Three times the difference to the finer mesh is the grid convergence index of
/// two meshes at first order (P. J. Roache, J. Fluids Eng. 116, 405 (1994)): where the difference is half of the error, as on a scheme of
/// first order, it is half as much again as the error, and it covers most figures whose errors of several origins cancel on one of the
/// meshes. The method in time is of higher order, so that the difference to
/// the tighter tolerance is nearly all of the error. First cells that somebody fixed may be so thick that a mesh twice as fine is wrong by
/// nearly as much: the finer mesh of a 1-D case is therefore the automatic one, see <see cref="MeshChoice"/>, twice refined.
/// </remarks>
public sealed class ErrorEstimate
{
    private const double OfSpace = 3, OfTime = 1.25;

    /// <summary>Figures that describe the discretisation itself, or are 0 but for rounding: they
    /// have no error that means anything.</summary>
    private static readonly HashSet<string> s_ofDiscretisation =
    [
        "proton_imbalance", "charge_imbalance", "energy_imbalance", "unknowns", "time_steps", "reciprocal_condition",
        "mesh_nodes", "mesh_growth", "mesh_aspect", "mesh_angle", "uphill",
    ];

    private readonly Task<IReadOnlyDictionary<string, Figure>> _finer, _tighter;
    private readonly bool _hasFiner;

    private ErrorEstimate(CaseDefinition definition, string commandLine, CancellationToken cancel)
    {
        // A mesh from a file cannot be refined.
        _hasFiner = definition.CrossSection?.Gmsh is null;
        double refinement = 2 * definition.Mesh.Refinement, tolerance = definition.Solver.RelativeTolerance / 10;
        Task<IReadOnlyDictionary<string, Figure>> Run(params string[] settings) =>
            Task.Run(() => Figures(definition.With(settings), commandLine, cancel), cancel);
        _tighter = Run(FormattableString.Invariant($"solver.relative_tolerance={Math.Max(tolerance, SmallestTolerance):R}"));
        string[] finer = [FormattableString.Invariant($"mesh.refinement={refinement:R}"),
            .. definition.CrossSection is null && definition.Mesh.Psg == PsgNodes.Graded ? ["mesh.psg_cells=auto"] : Array.Empty<string>()];
        _finer = _hasFiner ? Run(finer) : _tighter;
    }

    // Below it rounding decides.
    private const double SmallestTolerance = 1e-12;

    /// <summary>Starts both runs.</summary>
    /// <param name="definition">The case, from rest.</param>
    /// <param name="commandLine">Command line, for results.</param>
    /// <param name="cancel">Ends them.</param>
    public static ErrorEstimate Begin(CaseDefinition definition, string commandLine, CancellationToken cancel) =>
        new(definition, commandLine, cancel);

    /// <summary>Waits for both runs.</summary>
    /// <returns>Errors in the unit of each figure, by name.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyDictionary<string, double> Of(IReadOnlyDictionary<string, Figure> figures)
    {
        IReadOnlyDictionary<string, Figure> finer = _finer.GetAwaiter().GetResult(), tighter = _tighter.GetAwaiter().GetResult();
        var errors = new Dictionary<string, double>();
        foreach ((string name, Figure figure) in figures)
            if (!s_ofDiscretisation.Contains(name) && finer.TryGetValue(name, out Figure? onFiner)
                && tighter.TryGetValue(name, out Figure? withTighter))
                errors[name] = (_hasFiner ? OfSpace * Math.Abs(onFiner.Value - figure.Value) : 0)
                    + OfTime * Math.Abs(withTighter.Value - figure.Value);
        return errors;
    }

    /// <summary>The same figure with its error, which the text then shows relative to the value.</summary>
    public static FigureRow With(FigureRow row, IReadOnlyDictionary<string, double> errors)
    {
        if (!errors.TryGetValue(row.Name, out double error) || double.IsNaN(error))
            return row;
        double size = Math.Abs(row.Figure.Value);
        string text = error == 0 || !(size > 0) ? row.Text : FormattableString.Invariant($"{row.Text} \u00b1 {100 * error / size:g2} %");
        return row with { Figure = row.Figure with { NumericalError = error }, Text = text };
    }

    /// <summary>Writes errors into a result and its file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">The result.</param>
    /// <param name="errors">Errors by figure.</param>
    /// <param name="held">The right to write the file, when the caller holds it already.</param>
    public static void AddTo(string path, Result result, IReadOnlyDictionary<string, double> errors, OutputLock? held = null)
    {
        foreach ((string name, double error) in errors)
            if (result.Record.Figures.TryGetValue(name, out Figure? figure))
                result.Record.Figures[name] = figure with { NumericalError = error };
        using OutputLock? own = held is null ? OutputLock.Take(path) : null;
        ResultFile.Write(path, result);
    }

    private static IReadOnlyDictionary<string, Figure> Figures(CaseDefinition definition, string commandLine, CancellationToken cancel)
    {
        if (definition.Study is not null)
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("fv-");
            try
            {
                var context = new StudyContext
                {
                    Output = Path.Combine(folder.FullName, "study.h5"),
                    CommandLine = commandLine,
                    Cancel = cancel
                };
                return StudyRun.Run(definition, StudyCatalogue.Read(definition), context).Result.Record.Figures;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
        return CaseRun.Start(definition, "", commandLine).RunUnwritten(null, cancel).Record.Figures;
    }
}
