using FvSolver.Materials;

namespace FvSolver.Cases.Schema;

/// <summary>Short forms in which the tables of keys are written down.</summary>
internal static class Describe
{
    /// <summary>Values of a pulse's width; a case demands twice its edge time.</summary>
    public static Bounds Width { get; } = new(0, 1, ExclusiveMin: true);

    /// <summary>A key that has to be there.</summary>
    /// <param name="name">Key.</param>
    /// <param name="value">What it takes.</param>
    /// <param name="sample">An example as TOML.</param>
    /// <param name="meaning">What it means.</param>
    public static KeyForm Needed(string name, ValueForm value, string sample, string meaning) =>
        new(name, value, meaning) { IsRequired = true, Sample = sample };

    /// <summary>A key that may be left out.</summary>
    /// <param name="name">Key.</param>
    /// <param name="value">What it takes.</param>
    /// <param name="sample">Its default as TOML, or an example where there is none.</param>
    /// <param name="meaning">What it means.</param>
    public static KeyForm Optional(string name, ValueForm value, string sample, string meaning) =>
        new(name, value, meaning) { Sample = sample };

    public static NumberForm Any(string? unit) => new(unit, Bounds.Any);

    public static NumberForm Positive(string? unit) => new(unit, Bounds.Positive);

    public static NumberForm NonNegative(string? unit) => new(unit, Bounds.NonNegative);

    /// <summary>One number or several.</summary>
    public static ListForm Several(NumberForm number) => new(number, OrOne: true);

    public static IntegerForm Count(double least, double most = int.MaxValue) => new(new Bounds(least, most));

    public static TextForm Text { get; } = new();

    public static FlagForm Flag { get; } = new();
}
