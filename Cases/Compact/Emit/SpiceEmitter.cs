using System.Text;
using FvSolver.Cases.Compact.Model;
using FvSolver.Materials;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes the compact model as a subcircuit for ngspice 39 and later.</summary>
/// <remarks>
/// Nodes g (gate), s and d (channel ends; potentials of the film are against s). States are voltages of capacitors of 1 F on
/// nodes s_, scaled so that 1 V is 1 fC: charges of 1e-18 C a pulse are far below a simulator's default charge tolerance.
/// Every formula is printed from <see cref="CompactEquations"/>; each result is the voltage of a node n_.
/// </remarks>
public static class SpiceEmitter
{
    /// <summary>Name of the subcircuit.</summary>
    public const string Name = "fv_resistor";

    /// <summary>The subcircuit as text.</summary>
    public static string Write(CompactParameterTable table)
    {
        var text = new StringBuilder();
        text.Append($"* {NumberText.Line(table.Name)}: protonic programmable resistor, compact model\n");
        text.Append("* use: .options reltol=1e-5 abstol=1e-18 vntol=1e-9 chgtol=1e-21 gmin=1e-21 trtol=1\n");
        text.Append("*      .tran STEP STOP 0 MAXSTEP uic, with MAXSTEP at most a tenth of the rise time while pulses come\n");
        text.Append("* an open gate is a node g that floats (a switch of 1e18 ohm)\n");
        foreach (CompactParameter p in table.Parameters)
            text.Append($"* {p.Symbol} [{p.Unit}] {p.Meaning}{(p.StandardError is { } e ? $"; +- {NumberText.Short(e, 3)}" : "")}; {p.Kind.ToString().ToLowerInvariant()}\n");
        text.Append($".subckt {Name} g s d params: L={NumberText.Exact(table.Geometry.Length)} W={NumberText.Exact(table.Geometry.Width)}");
        text.Append($" TDEV={NumberText.Exact(table.Values().ReferenceTemperature)} A0=0 Q0=0 P0=0 T0=0 HS0=0 HB0=0\n");
        foreach (CompactParameter p in table.Parameters)
            text.Append($"+ {p.Symbol}={NumberText.Exact(p.Value)}\n");
        foreach ((string name, Formula value) in CompactEquations.Constants)
            text.Append($".param P_{name}='{value.Print(Constant)}'\n");
        text.Append($$"""
            .param FA='1e15*L*W'
            Vrest g f DC 'P_vr'
            Cfilm f x 'CF*L*W' ic=0
            Bflow f x I = {L}*{W}*V(n_jg)
            Bleak g s I = {GLEAK}*{L}*{W}*V(g,s)
            Bx x s V = V(n_vx)

            """.ReplaceLineEndings("\n"));
        foreach ((string name, Formula value) in CompactEquations.Results)
            text.Append($"Bn_{name} n_{name} 0 V = {value.Print(Node)}\n");
        foreach ((string state, Formula rate) in CompactEquations.Rates)
            text.Append($"Bd{state} 0 s_{state} I = {{FA}}*({rate.Print(Node)})\nC{state} s_{state} 0 1 ic='{state.ToUpperInvariant()}0'\nR{state} s_{state} 0 1e18\n");
        text.Append($"Bchannel d s I = {{W}}/{{L}}*{{GSQ}}*({{BG}}+(1-{{BG}})*V(n_y))*V(d,s)\n.ends {Name}\n");
        return text.ToString();
    }

    private static string Constant(string name) => CompactEquations.Constants.Any(c => c.Name == name) ? "P_" + name : name;

    /// <summary>A symbol in the expression of a source: parameter in braces, state or result as the voltage of its node.</summary>
    private static string Node(string name) => name switch
    {
        "D" => "({CF}*V(f,x))",
        _ when CompactEquations.States.Contains(name) => $"(V(s_{name})/{{FA}})",
        _ when CompactEquations.Results.Any(r => r.Name == name) => $"V(n_{name})",
        _ => $"{{{Constant(name)}}}",
    };
}
