using System.Text;
using FvSolver.Cases.Compact.Model;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes the compact model as a Verilog-A module, printed from <see cref="CompactEquations"/>.</summary>
/// <remarks>States are potentials of internal nodes with ddt, never idt, which compilers have mishandled; 1 V is 1 fC.</remarks>
public static class VerilogAEmitter
{
    /// <summary>The module as text.</summary>
    public static string Write(CompactParameterTable table)
    {
        var text = new StringBuilder();
        text.Append($"// {NumberText.Line(table.Name)}: protonic programmable resistor, compact model\n");
        text.Append("`include \"disciplines.vams\"\n\nmodule fv_resistor(g, s, d);\n    inout g, s, d;\n    electrical g, s, d, f, x, " + string.Join(", ", CompactEquations.Rates.Select(r => r.State)) + ";\n\n");
        text.Append($"    parameter real L = {NumberText.Real(table.Geometry.Length)} from (0:inf); // channel length [m]\n");
        text.Append($"    parameter real W = {NumberText.Real(table.Geometry.Width)} from (0:inf); // channel width [m]\n");
        text.Append($"    parameter real TDEV = {NumberText.Real(table.Values().ReferenceTemperature)} from (0:inf); // temperature [K]\n");
        foreach (CompactParameter p in table.Parameters)
            text.Append($"    parameter real {p.Symbol} = {NumberText.Real(p.Value)}; // [{p.Unit}] {p.Meaning}{(p.StandardError is { } e ? $"; +- {NumberText.Short(e, 3)}" : "")}\n");
        IEnumerable<string> reals = CompactEquations.Constants.Concat(CompactEquations.Results).Select(r => "k_" + r.Name);
        text.Append($"\n    real fa, {string.Join(", ", reals)};\n\n    analog begin\n        fa = 1e15 * L * W;\n");
        foreach ((string name, Formula value) in CompactEquations.Constants.Concat(CompactEquations.Results))
            text.Append($"        k_{name} = {value.Print(Language)};\n");
        text.Append("""
                    V(g, f) <+ k_vr;
                    I(f, x) <+ ddt(CF * L * W * V(f, x)) + L * W * k_jg;
                    I(g, s) <+ GLEAK * L * W * V(g, s);
                    V(x, s) <+ k_vx;

            """.ReplaceLineEndings("\n"));
        foreach ((string state, Formula rate) in CompactEquations.Rates)
            text.Append($"        I({state}) <+ ddt(V({state})) - fa * {rate.Print(Language)};\n");
        text.Append("        I(d, s) <+ W / L * GSQ * (BG + (1.0 - BG) * k_y) * V(d, s);\n    end\nendmodule\n");
        return text.ToString();
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
