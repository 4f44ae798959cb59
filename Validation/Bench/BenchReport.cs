using System.Globalization;
using FvSolver.Cases.Output;
using FvSolver.Solver.Settings;
using Spectre.Console;

namespace FvSolver.Validation.Bench;

/// <summary>Measurements as a table and as JSON.</summary>
internal static class BenchReport
{
    /// <summary>Text of the JSON file.</summary>
    public static string Json(IReadOnlyList<Measurement> measurements, ToleranceFront? front, MachineInfo machine, bool quick) =>
        JsonText.Write(new { Program = OutputFile.Mark, Machine = machine, Quick = quick, Workloads = measurements, Front = front });

    /// <summary>Writes the measurements of one workload.</summary>
    public static void Write(IAnsiConsole console, Workload workload, IReadOnlyList<Measurement> measurements)
    {
        Table table = NewTable($"{workload.Id}: {workload.Title}",
            "variant", "median", "fastest", "a pulse", "steps", "rejected", "LU", "F", "dF/du", "LU", "solve", "rest", "error", "median",
            "B/step", "solver");
        foreach (Measurement m in measurements)
            table.AddRow([.. Cells(m).Select(Markup.Escape)]);
        console.Write(table);
        foreach (Measurement m in measurements.Where(m => m.Shares is not null || m.Ratio is not null || !string.IsNullOrEmpty(m.Note)))
            console.Profile.Out.Writer.WriteLine($"  {m.Variant}: {string.Join("; ", Remarks(m))}");
        console.Profile.Out.Writer.WriteLine();
    }

    /// <summary>Writes the time against the error of the isothermal train.</summary>
    public static void Write(IAnsiConsole console, ToleranceFront front)
    {
        Table table =
            NewTable($"Time against error, {front.PulsesEach} + {front.PulsesEach} pulses; chosen: {front.Chosen.Method} at "
                + $"{front.Chosen.RelativeTolerance:0.#e-0}",
            "method", "rtol", "error", "median", "steps a pulse", "ms a pulse");
        foreach (FrontPoint p in front.Points)
            table.AddRow(p.Method, p.RelativeTolerance.ToString("0.0e-0", CultureInfo.InvariantCulture), Error(p.ErrorMax),
                Error(p.ErrorMedian),
                p.StepsPerPulse.ToString("0.0", CultureInfo.InvariantCulture),
                p.MillisecondsPerPulse.ToString("0.000", CultureInfo.InvariantCulture));
        console.Write(table);
        console.Profile.Out.Writer.WriteLine();
    }

    private static Table NewTable(string title, params string[] heads)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new(Markup.Escape(title)) };
        for (int i = 0; i < heads.Length; i++)
            table.AddColumn(new TableColumn(Markup.Escape(heads[i])) { Alignment = i == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        return table;
    }

    private static string[] Cells(Measurement m) =>
    [
        m.Variant, Time(m.Seconds), Time(m.FastestSeconds), m.MillisecondsPerPulse is { } p ? Time(1e-3 * p) : "",
        $"{m.Steps}", $"{m.Rejections}", $"{m.Factorisations}",
        Share(m.Shares?.Residual), Share(m.Shares?.Jacobian), Share(m.Shares?.Factorisation), Share(m.Shares?.Solve), Share(m.Shares?.Rest),
        Error(m.ErrorMax), Error(m.ErrorMedian), m.BytesPerStep?.ToString("0.##", CultureInfo.InvariantCulture) ?? "", m.LinearSolver ?? "",
    ];

    private static IEnumerable<string> Remarks(Measurement m)
    {
        if (m.RelativeTolerance is { } tolerance)
            yield return $"{m.Method} at {tolerance.ToString("0.#e-0", CultureInfo.InvariantCulture)}";
        if (m.Ratio is { } ratio)
            yield return $"ratio {ratio.ToString("0.000", CultureInfo.InvariantCulture)}";
        if (!string.IsNullOrEmpty(m.Note))
            yield return m.Note;
        if (m.Shares is { Microseconds: var us })
            yield return string.Create(CultureInfo.InvariantCulture, $"F {us[0]:g3}, dF/du {us[1]:g3}, LU {us[2]:g3}, solve {us[3]:g3} us");
    }

    private static string Share(double? share) => share is { } s ? (100 * s).ToString("0", CultureInfo.InvariantCulture) + " %" : "";

    private static string Error(double? error) => error?.ToString("0.0e-0", CultureInfo.InvariantCulture) ?? "";

    private static string Time(double seconds) => seconds switch
    {
        >= 1 => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s",
        >= 1e-3 => (1e3 * seconds).ToString("0.0", CultureInfo.InvariantCulture) + " ms",
        _ => (1e6 * seconds).ToString("0", CultureInfo.InvariantCulture) + " us",
    };
}
