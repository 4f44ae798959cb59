using System.Text.RegularExpressions;
using FvSolver.Cases.Input;

namespace FvSolver.Cases.Schema;

/// <summary>Regular expressions of texts such as <c>10 nm</c> that stand for a number in a unit.</summary>
internal static class UnitPattern
{
    private const string Number = @"^\s*[-+\u2212]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?";

    /// <summary>Texts that stand for a number in a unit.</summary>
    /// <param name="unit">The unit; null takes any. Of composed units only that there is one is
    /// checked: whether it fits, the program says.</param>
    public static string Of(string? unit) => unit switch
    {
        null => Number,
        "1" => Number + @"\s*[1%]?\s*$",
        "K" => Number + @"\s*([a-zA-Z\u00b5\u03bc]?K|degC|\u00b0C)\s*$",
        _ when Unit.Symbols(unit) is { Count: > 0 } symbols =>
            $@"{Number}\s*({string.Join('|', symbols.Select(Regex.Escape))}|[^\s\d].*[\s*/^()\u00b7\d\u207b\u00b9-\u2079].*)$",
        _ => Number + @"\s*[^\s\d.].*$",
    };
}
