using FvSolver.Materials;
using static FvSolver.Cases.Compact.Model.Formula;

namespace FvSolver.Cases.Compact.Model;

/// <summary>
/// The equations of the compact model, written once: our own evaluation, the ngspice subcircuit and the Verilog-A module
/// all come from here. What they mean: <see cref="CompactModel"/>.
/// </summary>
public static class CompactEquations
{
    /// <summary>
    /// Share f of the channel that follows its surface at once. With f = 3/(pi^2 + 3) two stores have both the lag and the
    /// slowest rate, pi^2 D/d^2, of a film that hydrogen enters from one side.
    /// </summary>
    public const double SurfaceShare = 3 / (Math.PI * Math.PI + 3);

    /// <summary>States in order; D is the metal's.</summary>
    public static IReadOnlyList<string> States { get; } = ["D", "a", "q", "p", "t", "hs", "hb"];

    /// <summary>What depends on temperature alone, from parameters and TDEV.</summary>
    public static IReadOnlyList<(string Name, Formula Value)> Constants { get; } = WriteConstants();

    /// <summary>
    /// Composition over its rest value at the start, from the conductance G0 there (0 stands for that of rest), L, W and parameters.
    /// </summary>
    public static Formula StartComposition { get; } =
        new Choose("G0", 1e-30, Max(1e-6, ((Formula)"G0" * "L" / ((Formula)"W" * "GSQ") - "BG") / (1 - (Formula)"BG")), 1);

    /// <summary>
    /// What is zero in the equilibrium of each state but D at the composition y0: see <see cref="CompactModel.Equilibrium"/>; per area.
    /// </summary>
    public static IReadOnlyList<(string State, Formula Condition)> Start { get; } = WriteStart();

    /// <summary>Named results in order; each may use the ones before it.</summary>
    public static IReadOnlyList<(string Name, Formula Value)> Results { get; } = WriteResults();

    /// <summary>Voltage between gate and channel, from states and results.</summary>
    public static Formula GateVoltage { get; } = (Formula)"vr" + (Formula)"D" / "CF" + "vx";

    /// <summary>Rates of the states but D, whose rate is I/A - jg - GLEAK V_G; per area.</summary>
    public static IReadOnlyList<(string State, Formula Rate)> Rates { get; } =
    [
        ("a", (Formula)"jg" - "j"),
        ("q", (Formula)"j" - "r"),
        ("p", "lp"),
        ("t", (Formula)"r" - "ra"),
        ("hs", (Formula)"ra" - "ex"),
        ("hb", "ex"),
    ];

    private static (string, Formula)[] WriteConstants()
    {
        Formula tdev = "TDEV", inverse = "di";
        return
        [
            ("vt", Materials.Constants.VoltPerKelvin * tdev),
            ("di", 1 / (Formula)"vt" - tdev / ((Formula)"vt" * "TREF")),
            ("jf", (Formula)"JF" * Exp(-(Formula)"EF" * inverse)),
            ("j0", (Formula)"J0" * Exp(-(Formula)"EI" * inverse)),
            ("j0g", (Formula)"JG" * Exp(-(Formula)"EG" * inverse)),
            ("ka", (Formula)"KA" * "QT" * Exp(-(Formula)"EI" * inverse)),
            ("kd", 3 * (1 - SurfaceShare) * (1 - SurfaceShare) * (Formula)"QW" / "TD" * Exp(-(Formula)"ED" * inverse)),
            ("vs", (Formula)"VS" * tdev / "TREF"),
            ("vr", (Formula)"VREST" + (Formula)"TCR" * (tdev - "TREF")),
            // Potential of the layer's unit of charge over V_s.
            ("k", (Formula)"CD" * "vt" / ((Formula)"CF" * "vs")),
        ];
    }

    private static (string, Formula)[] WriteStart()
    {
        Formula potential = (Formula)"NW" * Ln("y0") + (Formula)"GW" / "vt" * ((Formula)"y0" - 1), gain = Exp(potential) - 1;
        return
        [
            ("a", "a"),
            ("q", (Formula)"CD" * "vt" * ("psi" + (Formula)"x" * "CD" / "CS" - potential)),
            ("p", (Formula)"p" - (Formula)"CF" * "vt" * "psi"),
            ("t", (Formula)"t" - (Formula)"QT" * (1 - (Formula)"TH0") * gain / (1 + (Formula)"TH0" * gain)),
            ("hs", (Formula)"hs" - SurfaceShare * (Formula)"QW" * ((Formula)"y0" - 1)),
            ("hb", (Formula)"hb" - (1 - SurfaceShare) * (Formula)"QW" * ((Formula)"y0" - 1)),
        ];
    }

    private static (string, Formula)[] WriteResults()
    {
        Formula q = "q", p = "p", w = "w", x = "x", psi = "psi", ys = "ys";
        double big = CompactModel.LargestArgument;
        Formula Limit(Formula a) => Max(-big, Min(big, a));
        Formula Power(Formula a) => Exp(Min(big, a));
        // The inverse of psi by the first integral, its series near 0 and where the layer is depleted; of a symbol.
        Formula LayerCharge(Formula potential) => new Choose(potential, 1e-3,
            Exp(0.5 * Ln(2 * (Power(Max(1e-3, potential)) - 1 - Max(1e-3, potential)))),
            potential + CompactModel.Depletion * potential * potential);
        Formula Unswept(Formula outer)
        {
            Formula swept = Max(0, x - outer), reach = "e" + Max(0.5, 0.5 * (x + outer));
            return Max(0, "pn" - CompactModel.SweptDepth * Max(0, outer) / Max(0.01, x) * swept / reach)
                * (1 - CompactModel.Stretch * swept / (1 + Max(0, x)));
        }
        return
        [
            ("w", Limit(((Formula)"D" + "a") / ((Formula)"CF" * "vs"))),
            ("x", q / ((Formula)"CD" * "vt")),
            ("psi", new Choose(x, 0, Ln(1 + 0.5 * x * x + Ln(1 + Max(0, x) + CompactModel.Accumulation * x * x)),
                x - CompactModel.Depletion * x * x)),
            // xt: charge of the equilibrium layer that has the moment p.
            ("pn", p / ((Formula)"CF" * "vt")),
            ("xt", LayerCharge("pn")),
            // Field from outside over the layer's own unit, kT/q over a Debye length.
            ("e", Max(0, w) / "k"),
            // pu, xo: moment and charge of what is not yet swept against the wall, by three iterations.
            ("p1", Unswept("xt")),
            ("x1", LayerCharge("p1")),
            ("p2", Unswept("x1")),
            ("x2", LayerCharge("p2")),
            ("pu", Unswept("x2")),
            ("xo", new Choose(w, 0, LayerCharge("pu"), Max(-1.5, 2 * (Formula)"x" - "xt"))),
            // Density at the wall: what is swept lies there in equilibrium with the field.
            ("cw", Power(psi) + Max(0, x - "xo") * "e"),
            ("w1", Limit(w + (Formula)"k" * "xo" / 2)),
            ("w2", Limit(w + (Formula)"k" * "xo")),
            ("g", HyperbolicSinc(w)),
            ("g1", HyperbolicSinc("w1")),
            ("g2", HyperbolicSinc("w2")),
            // Both integrals of b by Simpson's rule.
            ("z2", new Choose(w, 0, (Formula)"k" * "k" * ((Formula)"xo" * "xo"), 0)),
            ("b", (Formula)"CD" * "vt" / 6 * ((Formula)"xo" * ((Formula)"g" + 4 * (Formula)"g1" + "g2")
                    / (1 + (Formula)"z2" * "z2" / CompactModel.Curvature)
                + (Formula)"k" * "xo" * HyperbolicSincSlope(w)
                + 8 * ((Formula)"g1" - "g") / Max(0.25, 1 + (Formula)"xo" / 6)
                + ((Formula)"g2" - "g") / Max(0.25, 1 + (Formula)"xo" / 3))),
            ("yb", 1 + (Formula)"hb" / ((1 - SurfaceShare) * (Formula)"QW")),
            ("j", (Formula)"jf" * w * "g"),
            // Towards the channel the field holds the layer; away from it the layer relaxes as fast as the film moves.
            ("re", new Choose(w, 0, 1 / (1 + (Formula)"e" * "e"), "g")
                * (CompactModel.Relaxation + CompactModel.RelaxationByCharge * (Formula)"xt" * "xt")),
            ("lp", (Formula)"jf" / "QF" * ((Formula)"k" * "CD" * "vt" * "re" * (psi - "pn") - (Formula)"b" * w)),
            ("u", ((Formula)"D" + "a" + q) / ((Formula)"CS" * "vt")),
            ("vx", ((Formula)"a" + p) / "CF" - (Formula)"a" / "CS" + (Formula)"vt" * "u"),
            ("ug", (Formula)"D" / ((Formula)"CS" * "vt")),
            // Density at the gate's metal; a field towards it presses the layer flat, to k/w of the diffuse length.
            ("ca", Max(0, 1 + (Formula)"a" / ((Formula)"CD" * "vt") * (1 + Max(0, -w) / "k"))),
            ("jg", (Formula)"j0g" * (Power((Formula)"AG" * "ug") - (Formula)"ca" * Power(((Formula)"AG" - 1) * "ug"))),
            ("th", 1 + (Formula)"t" / "QT"),
            ("va", 1 - (Formula)"TH0" * "t" / ((Formula)"QT" * (1 - (Formula)"TH0"))),
            ("ys", Max(1e-9, 1 + (Formula)"hs" / (SurfaceShare * (Formula)"QW"))),
            ("y", SurfaceShare * ys + (1 - SurfaceShare) * (Formula)"yb"),
            ("r", (Formula)"j0" * ((Formula)"va" * "cw" * Power((Formula)"AL" * "u") - (Formula)"th" * Power(((Formula)"AL" - 1) * "u"))),
            ("ra", (Formula)"ka" * ((Formula)"th" - (Formula)"va" * Power((Formula)"NW" * Ln(ys) + (Formula)"GW" / "vt" * (ys - 1)))),
            ("ex", (Formula)"kd" * (ys - "yb")),
        ];
    }
}
