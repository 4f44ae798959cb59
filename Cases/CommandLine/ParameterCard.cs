using FvSolver.Cases.Input;
using FvSolver.Materials;

namespace FvSolver.Cases.CommandLine;

/// <summary>All about one parameter of a case: value, meaning, range, origin with its sources, and where in the sources it acts.</summary>
internal sealed record ParameterCard(ParameterValue Value, Parameter Parameter, IReadOnlyList<Work> Sources)
{
    /// <summary>The card of a parameter.</summary>
    /// <exception cref="InputException">There is no such parameter.</exception>
    public static ParameterCard Of(CaseDefinition definition, string path)
    {
        ParameterValue value = definition.Parameters.FirstOrDefault(p => p.Path == path)
            ?? throw new InputException("", 0, path, "", "there is no such parameter"
                + NearestName.Suggest(path, [.. definition.Parameters.Select(p => p.Path)]));
        Parameter parameter = RunSettings.FindParameter(path)!;
        return new(value, parameter, Bibliography.CitedIn($"{value.Reference} {parameter.Reference}"));
    }

    /// <summary>The card as lines of text.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine($"{Value.Path} = {ShowCommand.Shown(Value)}");
        output.WriteLine($"  meaning   {Parameter.Description}");
        output.WriteLine($"  symbol    {Value.Symbol}");
        output.WriteLine($"  allowed   {Parameter.Allowed}");
        if (PlausibleRange.Of(Parameter) is { } range)
            output.WriteLine($"  plausible {range.Describe(Parameter.Unit)}; --force accepts more");
        output.WriteLine($"  kind      {ShowCommand.Origin(Value)}");
        output.WriteLine($"  from      {Value.Reference}");
        if (Value.Reference != Parameter.Reference)
            output.WriteLine($"  default   {ParameterNames.Choice(Parameter.Kind)}: {Parameter.Reference}");
        foreach (Work work in Sources)
            output.WriteLine($"  source    {work.Key}: {work.Citation}{(work.Doi is { } doi ? $", https://doi.org/{doi}" : "")}");
        foreach (string file in ParameterUse.FilesOf(Parameter))
            output.WriteLine($"  acts in   {file}");
    }

    /// <summary>The card as a document for <see cref="Output.JsonText"/>.</summary>
    public object Json() => new
    {
        Value.Path,
        Value.Symbol,
        Value.Unit,
        Value = ShowCommand.JsonValue(Value),
        Kind = ShowCommand.Origin(Value),
        Value.Reference,
        Meaning = Parameter.Description,
        Parameter.Allowed,
        Plausible = PlausibleRange.Of(Parameter)?.Describe(Parameter.Unit),
        Sources = Sources.Select(w => new { w.Key, w.Citation, w.Doi }),
        ActsIn = ParameterUse.FilesOf(Parameter),
    };
}
