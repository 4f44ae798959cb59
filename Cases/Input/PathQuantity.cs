using FvSolver.Materials;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Input;

/// <summary>What values the path of a setting takes, for files that name parameters by path: sweeps and targets.</summary>
/// <param name="Unit">Unit of numbers; null below <c>protocol</c>, where any unit is taken and the value is in SI.</param>
/// <param name="Bounds">Allowed range of numbers.</param>
public sealed record PathQuantity(string? Unit, Bounds Bounds)
{
    private readonly Parameter? _parameter;

    private PathQuantity(Parameter parameter)
        : this(parameter.Type == typeof(double) ? parameter.Unit : "1", parameter.Bounds) => _parameter = parameter;

    /// <summary>The quantity of a path.</summary>
    /// <param name="table">Table in which the path is written.</param>
    /// <param name="key">Key under which it is written, for messages.</param>
    /// <param name="path">E.g. <c>psg.thickness</c>, <c>protocol.0.amplitude</c> or <c>preset</c>.</param>
    /// <exception cref="InputException">There is no such parameter.</exception>
    public static PathQuantity Of(TableReader table, string key, string path)
    {
        if (path == "preset" || path.StartsWith("protocol.", StringComparison.Ordinal))
            return new(null, Bounds.Any);
        Parameter? parameter = RunSettings.FindParameter(path);
        return parameter is not null
            ? new(parameter)
            : throw table.Error(key, "there is no such parameter" + NearestName.Suggest(path,
                [.. ParameterCatalogue.Device.Parameters.Concat(RunSettings.Catalogue.Parameters).Select(p => p.Path)]));
    }

    /// <summary>A value as the path takes it: a number [unit], or the text of a choice.</summary>
    /// <exception cref="InputException">The path does not take such a value.</exception>
    public (double Number, string? Choice) Read(InputNode node, string key)
    {
        if (_parameter is null)
            return node is InputScalar { Value: string text } && QuantityText.Parse(text, null, out _) is not null
                ? (double.NaN, text)
                : (InputValue.Number(node, key, null, Bounds), null);
        return InputValue.OfParameter(node, _parameter) switch
        {
            double number => (number, null),
            int integer => (integer, null),
            _ => (double.NaN, node is InputScalar { Value: string choice } ? choice : node.Text),
        };
    }
}
