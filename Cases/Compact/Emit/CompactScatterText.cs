namespace FvSolver.Cases.Compact.Emit;

/// <summary>Scatter of a step in the comments of files.</summary>
internal static class CompactScatterText
{
    /// <summary>Lines without marks of comment, a figure each.</summary>
    public static IEnumerable<string> Lines(CompactParameterTable table) => table.Scatter.Select(s =>
        $"{s.Name} = {NumberText.Short(s.Value, 4)}{(s.Unit == "1" ? "" : " " + s.Unit)}: {s.Meaning}"
            + $"{(s.StandardError is { } e ? $"; +- {NumberText.Short(e, 2)}" : "")}; {s.Kind.ToString().ToLowerInvariant()}");

    /// <summary>What one number for both directions is off, in words.</summary>
    /// <param name="miss">What it is too large for pulses up and too small for pulses down, over what it should be.</param>
    public static string Miss(double miss) =>
        $"{NumberText.Short(Math.Abs(100 * miss), 2)} % too {(miss > 0 ? "large up, too small down" : "small up, too large down")}";
}
