using System.Text;
using FvSolver.Cases.Compact.Model;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes the compact model as a Verilog-A module, printed from <see cref="CompactEquations"/>.</summary>
/// <remarks>
/// States are potentials of internal nodes with ddt, never idt, which compilers have mishandled; 1 V is 1 fC. A device that remembers has
/// no operating point of its own: where <c>analysis("static")</c> holds, which it does in none of the small-signal and transient steps
/// that start from such a point, the states stand in equilibrium at the conductance G0 instead of following their rates.
/// </remarks>
public static class VerilogAEmitter
{
    /// <summary>The module as text.</summary>
    public static string Write(CompactParameterTable table)
    {
        var text = new StringBuilder();
        text.Append($"// {NumberText.Line(table.Name)}: protonic programmable resistor, compact model\n");
        text.Append(CompactValidityText.Comment(table, "// ")).Append('\n');
        foreach (string line in CompactScatterText.Lines(table))
            text.Append($"// {line}\n");
        text.Append("`include \"disciplines.vams\"\n\nmodule fv_resistor(g, s, d);\n    inout g, s, d;\n    electrical g, s, d, f, x, "
            + string.Join(", ", CompactEquations.Rates.Select(r => r.State)) + ";\n\n");
        void Parameter(string name, double value, string range, string unit, string meaning) => text.Append(
            $"    (* desc = \"{meaning.Replace('"', '\'')}\", units = \"{unit}\" *)\n    parameter real {name} = "
                + $"{NumberText.Real(value)}{(range.Length > 0 ? $" from {range}" : "")};\n");
        Parameter("L", table.Geometry.Length, "(0:inf)", "m", "channel length");
        Parameter("W", table.Geometry.Width, "(0:inf)", "m", "channel width");
        Parameter("G0", 0, "[0:inf)", "S", "conductance at the start, in equilibrium; 0: that of rest");
        Parameter("DTEMP", 0, "", "K", "temperature above that of the circuit");
        foreach (CompactParameter p in table.Parameters)
            Parameter(p.Symbol, p.Value, CompactParameters.Quantity(p.Name).AnySign ? "" : "(0:inf)", p.Unit,
                $"{p.Meaning}{(p.StandardError is { } e ? $"; +- {NumberText.Short(e, 3)}" : "")}; {p.Kind.ToString().ToLowerInvariant()}");
        IEnumerable<string> reals = CompactEquations.Constants.Concat(CompactEquations.Results).Select(r => "k_" + r.Name);
        text.Append($"\n    real fa, TDEV, y0, static_part, told, {string.Join(", ", reals)};\n\n    analog begin\n        fa = 1e15 * L "
            + "* W;\n");
        text.Append("        TDEV = $temperature + DTEMP;\n");
        Warn(text, table);
        text.Append("        static_part = analysis(\"static\") ? 1.0 : 0.0;\n        y0 = "
            + $"{CompactEquations.StartComposition.Print(Language)};\n");
        foreach ((string name, Formula value) in CompactEquations.Constants.Concat(CompactEquations.Results))
            text.Append($"        k_{name} = {value.Print(Language)};\n");
        text.Append("""
                    V(g, f) <+ k_vr;
                    I(f, x) <+ ddt(CF * L * W * V(f, x)) + L * W * k_jg;
                    I(g, s) <+ GLEAK * L * W * V(g, s);
                    V(x, s) <+ k_vx;

            """.ReplaceLineEndings("\n"));
        foreach (((string state, Formula rate), (_, Formula condition)) in CompactEquations.Rates.Zip(CompactEquations.Start))
            text.Append($"        I({state}) <+ ddt(V({state})) - fa * ((1.0 - static_part) * {rate.Print(Language)} - static_part * "
                + $"{condition.Print(Language)});\n");
        text.Append("        I(d, s) <+ W / L * GSQ * (BG + (1.0 - BG) * k_y) * V(d, s);\n    end\nendmodule\n");
        return text.ToString();
    }

    /// <summary>Says once at run time when voltage or temperature leave their ranges; widths and rests no element can know.</summary>
    private static void Warn(StringBuilder text, CompactParameterTable table)
    {
        if (table.Validity is not { } valid)
        {
            text.Append("        told = 0.0;\n");
            return;
        }
        void When(string low, string quantity, string high, string words) => text.Append(
            $"        if (({quantity} < {low} || {quantity} > {high}) && told < 0.5) begin\n            told = 1.0;\n            "
                + $"$strobe(\"fv_resistor: {words} %g is outside {low} to {high}: the model extrapolates\", {quantity});\n        end\n");
        When(NumberText.Real(valid.Down.From), "V(g, s)", NumberText.Real(valid.Up.To), "gate voltage");
        When(NumberText.Real(valid.Temperature.From), "TDEV", NumberText.Real(valid.Temperature.To), "temperature");
    }

    private static FormulaLanguage Language { get; } = new(Variable, "ln", FormulaLanguage.Ternary);

    private static string Variable(string name) => name switch
    {
        "D" => "(CF * V(f, x))",
        _ when CompactEquations.States.Contains(name) => $"(V({name}) / fa)",
        _ when CompactEquations.Constants.Concat(CompactEquations.Results).Any(r => r.Name == name) => "k_" + name,
        _ => name,
    };
}
