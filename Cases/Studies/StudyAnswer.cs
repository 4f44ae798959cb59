using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Studies;

/// <summary>What a study has found: figures beside the paper's, warnings, pictures, and the table of its points.</summary>
public sealed class StudyAnswer
{
    private readonly List<FigureRow> _rows = [];
    private readonly List<string> _warnings = [];

    /// <summary>Figures, in the order of the table.</summary>
    public IReadOnlyList<FigureRow> Rows => _rows;

    /// <summary>What is doubtful or outside its band, in words.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Pictures; the first is drawn by default.</summary>
    public List<FigureSpec> Plots { get; } = [];

    /// <summary>Points of the study, one row each; empty when it has none.</summary>
    public Table Points { get; init; } = new([]);

    /// <summary>A run that the study consists of, in place of <see cref="Points"/>; or null.</summary>
    public Result? Run { get; init; }

    /// <summary>Adds a figure that is not judged.</summary>
    public void Add(FigureRow row) => _rows.Add(row);

    /// <summary>Adds a figure that is not judged.</summary>
    /// <param name="name">Name in the result file.</param>
    /// <param name="label">Words for the table.</param>
    /// <param name="value">Value.</param>
    /// <param name="unit">SI unit as text.</param>
    /// <param name="text">Value as shown.</param>
    /// <param name="paper">The paper's value, or what it should be compared with.</param>
    /// <param name="kind">How it came about.</param>
    public void Add(
        string name, string label, double value, string unit, string text, string paper = "", FigureKind kind = FigureKind.Follows) =>
        _rows.Add(new(name, new(value, unit, label) { Kind = kind }, text, paper));

    /// <summary>Adds a figure that is to lie in a band; outside it there is a warning.</summary>
    /// <param name="name">Name in the result file.</param>
    /// <param name="label">Words for the table.</param>
    /// <param name="value">Value.</param>
    /// <param name="unit">SI unit as text.</param>
    /// <param name="text">Value as shown.</param>
    /// <param name="paper">The paper's value, and what is accepted.</param>
    /// <param name="band">Lowest and highest accepted value.</param>
    /// <param name="kind">How it came about.</param>
    public void Judge(
        string name, string label, double value, string unit, string text, string paper, (double Low, double High) band,
        FigureKind kind = FigureKind.Follows)
    {
        Add(name, label, value, unit, text, paper, kind);
        if (!(value >= band.Low && value <= band.High))
            _warnings.Add($"outside its band: {label} is {text}; accepted is {paper}");
    }

    /// <summary>Adds a warning.</summary>
    public void Warn(string text) => _warnings.Add(text);

    /// <summary>Value of a figure by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public double this[string name] => _rows.FirstOrDefault(r => r.Name == name)?.Figure.Value
        ?? throw new KeyNotFoundException($"There is no figure '{name}'; there are {string.Join(", ", _rows.Select(r => r.Name))}.");
}
