using System.Globalization;

namespace FvSolver.Materials;

/// <summary>A number of cells, or <c>auto</c>: chosen so that the first pulses no longer depend on it.</summary>
public readonly record struct CellCount
{
    private const string AutoText = "auto";
    private readonly int _cells;

    private CellCount(int cells) => _cells = cells;

    /// <summary>Chosen by the program.</summary>
    public static CellCount Auto => default;

    /// <summary>True when the number is not known yet.</summary>
    public bool IsAuto => _cells == 0;

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">It is not known yet.</exception>
    public int Number => IsAuto ? throw new InvalidOperationException(
        "The number of cells is auto: it must be chosen before a mesh is built.") : _cells;

    /// <summary>A given number, at least 1.</summary>
    public static implicit operator CellCount(int cells) =>
        cells > 0 ? new(cells) : throw new ArgumentOutOfRangeException(nameof(cells), cells, "A number of cells is at least 1.");

    /// <summary>The count that a text names, or null.</summary>
    public static CellCount? Parse(string text) => text == AutoText ? Auto : null;

    /// <inheritdoc/>
    public override string ToString() => IsAuto ? AutoText : _cells.ToString(CultureInfo.InvariantCulture);
}
