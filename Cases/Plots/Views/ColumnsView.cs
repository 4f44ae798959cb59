using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>Any columns of a result against each other, as the user names them.</summary>
internal static class ColumnsView
{
    /// <summary>One panel for each column after the first, which is the horizontal axis.</summary>
    /// <param name="results">Results, each with the name that stands in legends.</param>
    /// <param name="columns">Names, separated by commas.</param>
    /// <exception cref="OutputException">A result has no table with all of them.</exception>
    public static FigureSpec Of(IReadOnlyList<(string Name, Result Result)> results, string columns)
    {
        string[] names = columns.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length < 2)
            throw new OutputException($"--columns: '{columns}' must be X,Y or X,Y1,Y2,..., e.g. time,gate_current");
        (string Name, Table Table)[] tables = [.. results.Select(r => (r.Name, Find(r.Result, names)))];
        AxisSpec Axis(string name) => new(name.Replace('_', ' '), tables[0].Table.Columns.First(c => c.Name == name).Unit);
        return new FigureSpec
        {
            Name = string.Join('-', names),
            Title = string.Join(" and ", results.Select(r => r.Result.Header.Title).Distinct()),
            Panels = [.. names.Skip(1).Select(y => new PanelSpec
            {
                X = Axis(names[0]),
                Y = Axis(y),
                Curves = [.. tables.Select((t, k) => new CurveSpec
                {
                    Label = tables.Length > 1 ? t.Name : "",
                    Style = ReferenceEquals(t.Table, results[k].Result.Record.Series) ? CurveStyle.Line : CurveStyle.Dots,
                    Member = k,
                    X = [.. t.Table[names[0]]],
                    Y = [.. t.Table[y]],
                })],
            })],
        };
    }

    private static Table Find(Result result, string[] names)
    {
        foreach (Table table in (Table[])[result.Record.Pulses, result.Record.Series])
            if (table.Has(names))
                return table;
        string Words(Table table) => string.Join(", ", table.Columns.Select(c => c.Name));
        throw new OutputException(
            $"--columns: no table of this result has {string.Join(" and ", names)}; /pulses has {Words(result.Record.Pulses)}; /series "
                + $"has {Words(result.Record.Series)}");
    }
}
