using System.Globalization;
using System.Text;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Output;

/// <summary>A result as tables of text, for spreadsheets and whatever reads no HDF5.</summary>
/// <remarks>A spectrum becomes a Touchstone file as well. Comma-separated, a point in numbers, one line of names with units as <c>time
/// [s]</c>, numbers to the last bit.</remarks>
public static class CsvExport
{
    /// <summary>Names and texts of the files of a result; tables without rows are left out.</summary>
    public static IReadOnlyList<(string Name, string Text)> Files(Result result)
    {
        var files = new List<(string, string)>();
        Table series = result.Record.Series;
        bool isSpectrum = series.Count > 0 && series.Columns[0].Name == "frequency";
        foreach ((string name, Table table) in new[] { (isSpectrum ? "impedance.csv" : "series.csv", series),
            ("pulses.csv", result.Record.Pulses) })
            if (table.Count > 0)
                files.Add((name, Text([.. table.Columns.Select(c => (Title(c.Name, c.Unit), table[c.Name]))])));
        if (isSpectrum)
            files.Add(("impedance.s1p", Touchstone(result, series)));
        if (result.Record.Figures.Count > 0)
            files.Add(("figures.csv", "name,value,unit,meaning\n" + string.Concat(result.Record.Figures.Select(f =>
                $"{Quoted(f.Key)},{Number(f.Value.Value)},{Quoted(f.Value.Unit)},{Quoted(f.Value.LongName)}\n"))));
        foreach (IGrouping<string, ProfileField> part in result.Record.Profiles.Fields.GroupBy(ProfileLayout.PartOf))
            if (result.Record.Profiles.Times.Count > 0)
                files.Add(($"profiles-{part.Key}.csv", Profiles(result.Record.Profiles.Times, [.. part])));
        return files;
    }

    /// <summary>One row a sample and node: time, position, all fields of the part.</summary>
    private static string Profiles(IReadOnlyList<double> times, ProfileField[] fields)
    {
        ProfileField first = fields[0];
        int nodes = first.Position.Length;
        IReadOnlyList<double> Each(Func<int, int, double> value) =>
            [.. times.SelectMany((_, i) => Enumerable.Range(0, nodes).Select(n => value(i, n)))];
        var columns = new List<(string, IReadOnlyList<double>)> { ("time [s]", Each((i, _) => times[i])),
            ("z [m]", Each((_, n) => first.Position[n])) };
        if (first.PositionX.Length > 0)
            columns.Add(("x [m]", Each((_, n) => first.PositionX[n])));
        columns.AddRange(fields.Select(f => (Title(f.Name, f.Unit), Each((i, n) => f.Samples[i][n]))));
        return Text(columns);
    }

    /// <summary>A spectrum of one port by the Touchstone specification, version 1.1: Z in parts,
    /// normalised to 1 ohm, which leaves it in ohms.</summary>
    private static string Touchstone(Result result, Table spectrum)
    {
        var text = new StringBuilder(
            $"! FvSolver: {result.Header.Title.ReplaceLineEndings(" ")}\n! gate against channel, frequency [Hz], Re Z [ohm], Im Z "
                + "[ohm]\n# Hz Z RI R 1\n");
        for (int k = 0; k < spectrum.Count; k++)
            text.AppendJoin(' ', new[] { "frequency", "resistance", "reactance" }.Select(c => Number(spectrum[c][k]))).Append('\n');
        return text.ToString();
    }

    private static string Text(IReadOnlyList<(string Title, IReadOnlyList<double> Values)> columns)
    {
        var text = new StringBuilder(string.Join(',', columns.Select(c => Quoted(c.Title)))).Append('\n');
        for (int i = 0; i < columns[0].Values.Count; i++)
            text.AppendJoin(',', columns.Select(c => Number(c.Values[i]))).Append('\n');
        return text.ToString();
    }

    private static string Title(string name, string unit) => unit is "1" or "" ? name : $"{name} [{unit}]";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n\r") >= 0 ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
