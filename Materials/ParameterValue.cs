using System.Globalization;

namespace FvSolver.Materials;

/// <summary>A parameter as a run uses it, with its origin.</summary>
/// <param name="Path">Section and name, e.g. <c>psg.hop_distance</c>.</param>
/// <param name="Symbol">Symbol of the equations.</param>
/// <param name="Unit">SI unit; eV for energies per particle, 1 when dimensionless.</param>
/// <param name="Value">The value in that unit: double, int, bool, <see cref="CellCount"/>, an enumeration or a list.</param>
/// <param name="Kind">Where the value comes from.</param>
/// <param name="Reference">Key in references.bib, reason, rule, or place in a case where the user set it.</param>
public sealed record ParameterValue(string Path, string Symbol, string Unit, object Value, Kind Kind, string Reference)
{
    /// <summary>The value as a case file would say it, without unit and without loss of digits.</summary>
    public string ValueText => Value switch
    {
        bool flag => flag ? "true" : "false",
        Enum choice => ParameterNames.Choice(choice),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Value.ToString() ?? "",
    };
}
