using System.Text;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Where the parameters hold: lines for the headers of all files, and code that warns where a program runs.</summary>
internal static class CompactValidityText
{
    /// <summary>Lines without marks of comment; one that says so when nothing was fitted.</summary>
    public static IReadOnlyList<string> Lines(CompactParameterTable table) => table.Validity is not { } v
        ? ["parameters from the device alone: nothing was fitted, no range is known"]
        : [
            $"valid for amplitudes of {Span(v.Down, "V")} and of {Span(v.Up, "V")}, widths of {Span(v.PulseWidth, "s")}, rests of "
                + $"{Span(v.Rest, "s")},",
            $"compositions of {Span(v.Composition, "")} times that at rest, {Span(v.Temperature, "K")}; there fitted steps are met within "
                + $"{NumberText.Short(100 * v.WorstStep, 2)} %, beyond it is an extrapolation",
        ];

    /// <summary>The lines behind a mark of comment, without an end of line after the last.</summary>
    public static string Comment(CompactParameterTable table, string mark) => string.Join('\n', Lines(table).Select(l => mark + l));

    /// <summary>Python: the ranges, the pulse of the curve, and <c>check</c>, which warns where one of them leaves its range.</summary>
    public static string Python(CompactParameterTable table, UpdateCurve curve)
    {
        var text = new StringBuilder("import warnings\n\n# Ranges in which the model was fitted: V, s, K.\nVALID = {");
        if (table.Validity is { } v)
        {
            text.Append('\n');
            foreach ((string name, CompactRange range) in ((string, CompactRange)[])
                [("amplitude_up", v.Up), ("amplitude_down", v.Down), ("width", v.PulseWidth), ("rest", v.Rest),
                    ("temperature", v.Temperature)])
                text.Append($"    \"{name}\": ({NumberText.Real(range.From)}, {NumberText.Real(range.To)}),\n");
        }
        text.Append($$""""
            }
            PULSE = {"amplitude_up": {{NumberText.Real(curve.UpAmplitude)}}, "amplitude_down": {{NumberText.Real(curve.DownAmplitude)}},
                "width": {{NumberText.Real(curve.Width)}}}


            def check(**used):
                """Warns about each of rest [s], temperature [K] and the pulse's own figures that is outside its range."""
                for name, value in {**PULSE, **used}.items():
                    if name in VALID and not VALID[name][0] <= value <= VALID[name][1]:
                        warnings.warn(f"{name} = {value:g} is outside {VALID[name][0]:g} to {VALID[name][1]:g}: the model extrapolates")

            """".ReplaceLineEndings("\n"));
        return text.ToString();
    }

    private static string Span(CompactRange range, string unit) =>
        $"{NumberText.Short(range.From, 4)} to {NumberText.Short(range.To, 4)}{(unit.Length > 0 ? " " + unit : "")}";
}
