using System.Text;
using FvSolver.Cases.Compact.Model;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes the compact model as a subcircuit for simulators of the SPICE family.</summary>
/// <remarks>
/// <para>
/// Nodes g (gate), s and d (channel ends; potentials of the film are against s). States are voltages of capacitors of 1 F on
/// nodes s_, scaled so that 1 V is 1 fC: charges of 1e-18 C a pulse are far below a simulator's default charge tolerance.
/// Every formula is printed from <see cref="CompactEquations"/>; each result is the voltage of a node n_.
/// </para>
/// <para>
/// A device that remembers has no operating point of its own: at any gate voltage its states would run on for years. So an operating
/// point, and with it .dc and the start of .tran, holds the states in equilibrium at the conductance G0. The hold is a multiplier for each
/// state, the voltage of a node h_: a source drives into it what is zero at that equilibrium, since a huge capacitor passes no current,
/// and it adds to the state's rate what that takes. Small signals do not move it, so that .ac sees the device's own dynamics, and once time
/// runs the node run cuts it off.
/// </para>
/// </remarks>
public static class SpiceEmitter
{
    /// <summary>Name of the subcircuit.</summary>
    public const string Name = "fv_resistor";

    /// <summary>
    /// Capacitance of a state [F]: with it a simulator's default tolerance of charge, 1e-14 C, is a thousandth of a pulse.
    /// </summary>
    private const string StateCapacitance = "1e-8";

    /// <summary>Name of the file in a dialect.</summary>
    public static string FileName(SpiceDialect dialect) => $"{Name}{dialect.Ending}.cir";

    /// <summary>The subcircuit as text.</summary>
    public static string Write(CompactParameterTable table, SpiceDialect dialect)
    {
        var text = new StringBuilder();
        text.Append($"* {NumberText.Line(table.Name)}: protonic programmable resistor, compact model for {dialect.Simulator}; "
            + $"{dialect.Tried}\n");
        text.Append("* nodes g s d: gate, source, drain; an open gate is a node g that floats (a switch of 1e18 ohm)\n");
        text.Append("* G0: conductance at the start [S], in equilibrium; 0: that of rest. DTEMP: temperature above that of the circuit "
            + "[K]\n");
        text.Append($"* all analyses run with default options; for trains of pulses:\n* {dialect.Options}\n");
        text.Append(CompactValidityText.Comment(table, "* ")).Append('\n');
        foreach (string line in CompactScatterText.Lines(table))
            text.Append($"* {line}\n");
        foreach (CompactParameter p in table.Parameters)
            text.Append($"* {p.Symbol} [{p.Unit}] {p.Meaning}{(p.StandardError is { } e ? $"; +- {NumberText.Short(e, 3)}" : "")}; "
                + $"{p.Kind.ToString().ToLowerInvariant()}\n");
        text.Append($".subckt {Name} g s d {(dialect.HasQuotedSources ? "" : "params: ")}L={NumberText.Exact(table.Geometry.Length)} "
            + $"W={NumberText.Exact(table.Geometry.Width)} G0=0 DTEMP=0\n");
        foreach (CompactParameter p in table.Parameters)
            text.Append($"+ {p.Symbol}={NumberText.Exact(p.Value)}\n");
        FormulaLanguage node = dialect.Language(n => Node(dialect, n));
        void Let(string name, string value) => text.Append($".param {name}={dialect.Value(value)}\n");
        Let("FA", "1e15*L*W");
        Let("y0", CompactEquations.StartComposition.Print(dialect.Language(n => n)));
        string area = $"{dialect.Parameter("L")}*{dialect.Parameter("W")}";
        text.Append(dialect.Voltage("rest", "g", "f", ((Formula)"vr").Print(node)));
        text.Append($"Cfilm f x {dialect.Value("CF*L*W")} ic=0\n");
        text.Append(dialect.Current("flow", "f", "x", $"{area}*V(n_jg)"));
        text.Append(dialect.Current("leak", "g", "s", $"{dialect.Parameter("GLEAK")}*{area}*V(g,s)"));
        text.Append(dialect.Voltage("x", "x", "s", "V(n_vx)"));
        foreach ((string name, Formula value) in CompactEquations.Results)
            text.Append(dialect.Voltage($"n_{name}", $"n_{name}", "0", value.Print(node)));
        text.Append("Vrun run 0 DC 0 PWL(0 0 1f 1)\n");
        foreach (((string state, Formula rate), (_, Formula condition)) in CompactEquations.Rates.Zip(CompactEquations.Start))
        {
            string scale = dialect.Parameter("FA");
            text.Append(dialect.Current($"d{state}", "0", $"s_{state}",
                $"{StateCapacitance}*({scale}*{rate.Print(node)}+V(h_{state})*(1-V(run)))"));
            text.Append($"C{state} s_{state} 0 {StateCapacitance} ic=0\nR{state} s_{state} 0 1e18\n");
            text.Append(dialect.Current($"h{state}", $"h_{state}", "0", $"{StateCapacitance}*{scale}*{condition.Print(node)}*(1-V(run))"));
            text.Append($"Ch{state} h_{state} 0 1\nRh{state} h_{state} 0 1e20\n");
        }
        string square(string name) => dialect.Parameter(name);
        text.Append(dialect.Current("channel", "d", "s",
            $"{square("W")}/{square("L")}*{square("GSQ")}*({square("BG")}+(1-{square("BG")})*V(n_y))*V(d,s)"));
        return text.Append($".ends {Name}\n").ToString();
    }

    /// <summary>A symbol in the expression of a source: a parameter, or a state or result as the voltage of its node.</summary>
    private static string Node(SpiceDialect dialect, string name) => name switch
    {
        "D" => $"({dialect.Parameter("CF")}*V(f,x))",
        _ when CompactEquations.States.Contains(name) => $"(V(s_{name})/{dialect.Parameter("FA")})",
        _ when CompactEquations.Results.Any(r => r.Name == name) => $"V(n_{name})",
        // Written out: nodes of their own would be zero, and divided by, where a simulator begins to iterate.
        _ when CompactEquations.Constants.FirstOrDefault(c => c.Name == name).Value is { } value =>
            value.Print(dialect.Language(n => Node(dialect, n))),
        "TDEV" => $"({dialect.Temperature}+273.15+{dialect.Parameter("DTEMP")})",
        _ => dialect.Parameter(name),
    };
}
