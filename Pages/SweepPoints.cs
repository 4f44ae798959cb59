using System.Globalization;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Pages;

/// <summary>The table of a sweep, for a page: which columns vary, and which command opens the run of a point.</summary>
internal static class SweepPoints
{
    private const string Point = "point", Failed = "failed", Parameter = "parameter ";

    /// <summary>Columns that vary from point to point, the axes of parallel coordinates; none when the result is not of a sweep.</summary>
    public static IReadOnlyList<string> Axes(Result result)
    {
        Table points = result.Record.Series;
        if (points.Count < 2 || points.Columns is not [{ Name: Point }, { Name: Failed }, ..])
            return [];
        string[] varying = [.. points.Columns.Skip(2).Select(c => c.Name)
            .Where(name => points[name].Where(double.IsFinite).Distinct().Count() > 1)];
        return varying.Length > 1 ? varying : [];
    }

    /// <summary>For each point the command that opens its run; none when choices vary, of which the table holds numbers only.</summary>
    public static IReadOnlyList<string> Commands(Result result)
    {
        Table points = result.Record.Series;
        string[] paths = [.. points.Columns.Where(c => c.LongName == Parameter + c.Name).Select(c => c.Name)];
        string name = Path.GetFileNameWithoutExtension(result.Header.CaseName);
        if (name.Length == 0
            || paths.Any(p => p == "preset" || ParameterCatalogue.Device.Find(p) is { } known && known.Type != typeof(double)
                && known.Type != typeof(int)))
            return [];
        string which = CaseLibrary.Find(name) == result.Header.CaseText ? name : result.Header.CaseName;
        // A study cannot be explored.
        string command = TomlDocument.Parse(result.Header.CaseText, name).Entries.ContainsKey("study") ? "run" : "explore";
        return [.. Enumerable.Range(0, points.Count).Select(i =>
            $"fv {command} {which} "
                + $"{string.Join(' ', paths.Select(p => $"--set {p}={points[p][i].ToString(CultureInfo.InvariantCulture)}"))}")];
    }
}
