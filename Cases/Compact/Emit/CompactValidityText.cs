namespace FvSolver.Cases.Compact.Emit;

/// <summary>Where the parameters hold, in lines for the headers of all files.</summary>
internal static class CompactValidityText
{
    /// <summary>Lines without marks of comment; one that says so when nothing was fitted.</summary>
    public static IReadOnlyList<string> Lines(CompactParameterTable table) => table.Validity is not { } v
        ? ["parameters from the device alone: nothing was fitted, no range is known"]
        : [
            $"valid for amplitudes of {Span(v.Down, "V")} and of {Span(v.Up, "V")}, widths of {Span(v.PulseWidth, "s")}, rests of {Span(v.Rest, "s")},",
            $"compositions of {Span(v.Composition, "")} times that at rest, {Span(v.Temperature, "K")}; there fitted steps are met within {NumberText.Short(100 * v.WorstStep, 2)} %, beyond it is an extrapolation",
        ];

    private static string Span(CompactRange range, string unit) => $"{NumberText.Short(range.From, 4)} to {NumberText.Short(range.To, 4)}{(unit.Length > 0 ? " " + unit : "")}";
}
