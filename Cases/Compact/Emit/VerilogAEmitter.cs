using System.Text;
using FvSolver.Materials;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes the compact model as a Verilog-A module, with the equations of <see cref="CompactModel"/> in the same order.</summary>
/// <remarks>States are potentials of internal nodes with ddt, never idt, which compilers have mishandled; 1 V is 1 fC.</remarks>
public static class VerilogAEmitter
{
    /// <summary>The module as text.</summary>
    public static string Write(CompactParameterTable table)
    {
        var text = new StringBuilder();
        text.Append($"// {NumberText.Line(table.Name)}: protonic programmable resistor, compact model\n");
        text.Append("`include \"disciplines.vams\"\n\nmodule fv_resistor(g, s, d);\n    inout g, s, d;\n    electrical g, s, d, f, x, q, h;\n\n");
        text.Append($"    parameter real L = {NumberText.Real(table.Geometry.Length)} from (0:inf); // channel length [m]\n");
        text.Append($"    parameter real W = {NumberText.Real(table.Geometry.Width)} from (0:inf); // channel width [m]\n");
        text.Append($"    parameter real TDEV = {NumberText.Real(table.Values().ReferenceTemperature)} from (0:inf); // temperature [K]\n");
        foreach (CompactParameter p in table.Parameters)
            text.Append($"    parameter real {p.Symbol} = {NumberText.Real(p.Value)}; // [{p.Unit}] {p.Meaning}{(p.StandardError is { } e ? $"; +- {NumberText.Short(e, 3)}" : "")}\n");
        string big = NumberText.Real(CompactModel.LargestArgument), small = NumberText.Real(CompactModel.SmallArgument);
        string up = NumberText.Real(CompactModel.Accumulation), down = NumberText.Real(CompactModel.Depletion);
        text.Append($$"""

                real vt, inverse, fa, jfa, j0a, vst, w, v, share, j, u, psi, z, b, y, r;

                analog function real clamp;
                    input a;
                    real a;
                    clamp = max(-{{big}}, min({{big}}, a));
                endfunction

                analog function real shc;
                    input a;
                    real a;
                    shc = (abs(a) < {{small}}) ? 1.0 + a * a / 6.0 : sinh(a) / a;
                endfunction

                analog begin
                    vt = {{NumberText.Real(Constants.VoltPerKelvin)}} * TDEV;
                    inverse = 1.0 / vt - TDEV / (vt * TREF);
                    fa = 1e15 * L * W;
                    jfa = JF * exp(-EF * inverse) * fa;
                    j0a = J0 * exp(-EI * inverse) * fa;
                    vst = VS * TDEV / TREF;

                    // film
                    w = clamp(V(f, x) / vst);
                    v = V(q) / (CF * fa * vst);
                    share = V(q) / (QF * fa);
                    j = jfa * w * (shc(w) + share * (shc(w) + 4.0 * shc(clamp(w + v / 2.0)) + shc(clamp(w + v))) / 6.0);
                    V(g, f) <+ VREST + TCR * (TDEV - TREF);
                    I(f, x) <+ ddt(CF * L * W * V(f, x)) + 1e-15 * j;
                    I(g, s) <+ GLEAK * L * W * V(g, s);

                    // channel side: compact and diffuse layer
                    u = (CF * fa * V(f, x) + V(q)) / (CS * vt * fa);
                    z = V(q) / (CD * vt * fa);
                    psi = (z >= 0.0) ? ln(1.0 + z + {{up}} * z * z) : z - {{down}} * z * z;
                    V(x, s) <+ vt * (psi + u);

                    // transfer into the channel
                    b = (QW + QT * (1.0 - TH0)) * fa - TH0 * V(h);
                    y = 1.0 + 2.0 * V(h) / (b + sqrt(max(0.0, b * b + 4.0 * QW * fa * TH0 * V(h))));
                    r = j0a * (exp(min({{big}}, psi + AL * u)) - y * exp(min({{big}}, -(1.0 - AL) * u))) / (1.0 + TH0 * (y - 1.0));
                    I(q) <+ ddt(V(q)) - (j - r);
                    I(h) <+ ddt(V(h)) - r;

                    // channel
                    I(d, s) <+ W / L * GSQ * (BG + (1.0 - BG) * y) * V(d, s);
                end
            endmodule

            """.ReplaceLineEndings("\n"));
        return text.ToString();
    }
}
