using System.CommandLine;
using FvSolver.Cases.Input;

namespace FvSolver.Cases.CommandLine;

/// <summary>Options whose value is a number with a unit.</summary>
internal static class QuantityOption
{
    /// <summary>An option such as <c>--voltage "2 V"</c>.</summary>
    /// <param name="name">Name with its dashes.</param>
    /// <param name="unit">SI unit of the value.</param>
    /// <param name="description">Help text.</param>
    /// <param name="mustBePositive">True when only numbers above 0 make sense.</param>
    public static Option<double?> Create(string name, string unit, string description, bool mustBePositive = false) => new(name)
    {
        Description = description,
        HelpName = unit,
        CustomParser = argument =>
        {
            string text = argument.Tokens.Single().Value;
            string? problem = QuantityText.Parse(text, unit, out double value);
            if (problem is null && !double.IsFinite(value))
                problem = "must be a finite number";
            if (problem is null && mustBePositive && value <= 0)
                problem = $"must be greater than 0 {unit}";
            if (problem is null)
                return value;
            argument.AddError($"{name} = {text}: {problem}");
            return null;
        },
    };
}
