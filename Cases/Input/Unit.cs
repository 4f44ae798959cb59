using FvSolver.Materials;

namespace FvSolver.Cases.Input;

/// <summary>A unit: its size is <c>Factor * 10^Decade</c> in SI base units.</summary>
/// <remarks>The power of ten is kept apart so that <c>10 nm</c> is exactly the number written <c>10e-9</c>.</remarks>
internal sealed record Unit(double Factor, double Decade, Dimension Dimension)
{
    public static Unit One { get; } = new(1, 0, default);

    private static readonly Dictionary<string, Unit> Prefixable = new()
    {
        ["m"] = new(1, 0, new(1, 0, 0, 0, 0, 0)),
        ["g"] = new(1, -3, new(0, 1, 0, 0, 0, 0)),
        ["s"] = new(1, 0, new(0, 0, 1, 0, 0, 0)),
        ["A"] = new(1, 0, new(0, 0, 0, 1, 0, 0)),
        ["K"] = new(1, 0, new(0, 0, 0, 0, 1, 0)),
        ["mol"] = new(1, 0, new(0, 0, 0, 0, 0, 1)),
        ["V"] = new(1, 0, new(2, 1, -3, -1, 0, 0)),
        ["ohm"] = new(1, 0, new(2, 1, -3, -2, 0, 0)),
        ["Ohm"] = new(1, 0, new(2, 1, -3, -2, 0, 0)),
        ["\u03a9"] = new(1, 0, new(2, 1, -3, -2, 0, 0)),
        ["S"] = new(1, 0, new(-2, -1, 3, 2, 0, 0)),
        ["F"] = new(1, 0, new(-2, -1, 4, 2, 0, 0)),
        ["C"] = new(1, 0, new(0, 0, 1, 1, 0, 0)),
        ["J"] = new(1, 0, new(2, 1, -2, 0, 0, 0)),
        ["W"] = new(1, 0, new(2, 1, -3, 0, 0, 0)),
        ["N"] = new(1, 0, new(1, 1, -2, 0, 0, 0)),
        ["Pa"] = new(1, 0, new(-1, 1, -2, 0, 0, 0)),
        ["Hz"] = new(1, 0, new(0, 0, -1, 0, 0, 0)),
        ["bar"] = new(1, 5, new(-1, 1, -2, 0, 0, 0)),
        ["eV"] = new(Constants.ElementaryCharge, 0, new(2, 1, -2, 0, 0, 0)),
    };

    private static readonly Dictionary<string, Unit> Plain = new()
    {
        ["1"] = One,
        ["%"] = new(1, -2, default),
        ["cm"] = new(1, -2, new(1, 0, 0, 0, 0, 0)),
        ["min"] = new(60, 0, new(0, 0, 1, 0, 0, 0)),
        ["h"] = new(3600, 0, new(0, 0, 1, 0, 0, 0)),
        ["angstrom"] = new(1, -10, new(1, 0, 0, 0, 0, 0)),
        ["Angstrom"] = new(1, -10, new(1, 0, 0, 0, 0, 0)),
        ["\u00c5"] = new(1, -10, new(1, 0, 0, 0, 0, 0)),
    };

    private static readonly Dictionary<char, int> Prefixes = new()
    {
        ['a'] = -18,
        ['f'] = -15,
        ['p'] = -12,
        ['n'] = -9,
        ['u'] = -6,
        ['\u00b5'] = -6,
        ['\u03bc'] = -6,
        ['m'] = -3,
        ['k'] = 3,
        ['M'] = 6,
        ['G'] = 9,
        ['T'] = 12,
    };

    /// <summary>The unit of a symbol with or without prefix, e.g. <c>Mohm</c>; null when there is none.</summary>
    public static Unit? Find(string symbol)
    {
        if (Plain.TryGetValue(symbol, out Unit? unit) || Prefixable.TryGetValue(symbol, out unit))
            return unit;
        return symbol.Length > 1 && Prefixes.TryGetValue(symbol[0], out int decade) && Prefixable.TryGetValue(symbol[1..], out unit)
            ? unit with { Decade = unit.Decade + decade }
            : null;
    }

    /// <summary>Every symbol that measures the same as a plain symbol does, with all prefixes; empty for a unit that is composed.</summary>
    public static IReadOnlyList<string> Symbols(string symbol) => Find(symbol) is not { } unit ? [] :
    [
        .. Plain.Where(u => u.Value.Dimension.Matches(unit.Dimension)).Select(u => u.Key),
        .. Prefixable.Where(u => u.Value.Dimension.Matches(unit.Dimension))
            .SelectMany(u => Prefixes.Keys.Select(p => p + u.Key).Prepend(u.Key)),
    ];

    public static Unit operator *(Unit a, Unit b) => new(a.Factor * b.Factor, a.Decade + b.Decade, a.Dimension * b.Dimension);

    /// <summary>The unit to a power.</summary>
    public Unit Power(double exponent) => new(Math.Pow(Factor, exponent), Decade * exponent, Dimension.Power(exponent));
}
