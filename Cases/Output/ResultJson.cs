using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Output;

/// <summary>What a result file holds, as a document for <see cref="JsonText"/>; the data themselves are in the file.</summary>
public static class ResultJson
{
    /// <summary>Origin, figures, parameters, and the names, units and sizes of tables and fields.</summary>
    /// <param name="result">What was read.</param>
    /// <param name="path">The file.</param>
    public static object Of(Result result, string path) => new
    {
        File = path,
        Bytes = new FileInfo(path).Length,
        result.Header.Title,
        result.Header.Created,
        Command = result.Header.CommandLine,
        result.Header.CodeVersion,
        Checkpoint = result.Checkpoint is not null,
        result.Record.Warnings,
        Figures = result.Record.Figures.Select(f => Figure(f.Key, f.Value)),
        Parameters = result.Parameters.Select(p =>
            new { p.Path, p.Symbol, p.Unit, p.Value, Kind = ParameterNames.Choice(p.Kind), p.Reference }),
        Series = Sizes(result.Record.Series),
        Pulses = Sizes(result.Record.Pulses),
        Profiles = result.Record.Profiles.Fields.Select(
            f => new { f.Name, f.Unit, f.LongName, Samples = f.Samples.Count, Nodes = f.Position.Length }),
        Plots = result.Plots.Select(p => new { p.Name, p.Title }),
    };

    /// <summary>A figure of a run.</summary>
    /// <param name="name">Name in the result file.</param>
    /// <param name="figure">Value, unit, meaning, kind and error.</param>
    /// <param name="text">Value as shown; null where nothing is shown.</param>
    /// <param name="paper">What it is compared with, as shown.</param>
    public static object Figure(string name, Figure figure, string? text = null, string? paper = null) => new
    {
        Name = name,
        Label = figure.LongName,
        figure.Value,
        figure.Unit,
        Kind = ParameterNames.Choice(figure.Kind),
        figure.NumericalError,
        Text = text ?? ResultSummary.Text(figure.Value, figure.Unit),
        Paper = paper ?? "",
    };

    private static object Sizes(Table table) => new
    {
        Rows = table.Count,
        Columns = table.Columns.Select(c => new { c.Name, c.Unit, c.LongName }),
    };
}
