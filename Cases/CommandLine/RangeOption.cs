using System.CommandLine;
using System.Globalization;
using FvSolver.Cases.Input;

namespace FvSolver.Cases.CommandLine;

/// <summary>Options whose value is a range, e.g. <c>280..320</c> or <c>"7 degC..47 degC"</c>.</summary>
internal static class RangeOption
{
    private const string Between = "..";

    /// <summary>An option of two positive numbers, the smaller one first.</summary>
    /// <param name="name">Name with its dashes.</param>
    /// <param name="unit">SI unit, also of numbers without one.</param>
    /// <param name="description">Help text.</param>
    public static Option<(double Low, double High)?> Create(string name, string unit, string description) => new(name)
    {
        Description = description,
        HelpName = $"{unit}{Between}{unit}",
        CustomParser = argument =>
        {
            string text = argument.Tokens.Single().Value;
            string[] ends = text.Split(Between);
            double low = 0, high = 0;
            string? problem = ends.Length != 2 ? $"must be two numbers with '{Between}' between them"
                : Parse(ends[0], unit, out low) ?? Parse(ends[1], unit, out high);
            if (problem is null && !(low > 0 && low < high && double.IsFinite(high)))
                problem = $"must go from a number above 0 {unit} to a larger one";
            if (problem is null)
                return (low, high);
            argument.AddError($"{name} = {text}: {problem}");
            return null;
        },
    };

    private static string? Parse(string text, string unit, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) ? null
            : QuantityText.Parse(text, unit, out value);
}
