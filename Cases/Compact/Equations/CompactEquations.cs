using FvSolver.Materials;
using static FvSolver.Cases.Compact.Equations.Formula;

namespace FvSolver.Cases.Compact.Equations;

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

    /// <summary>States in order; D is the film's.</summary>
    public static IReadOnlyList<string> States { get; } = ["D", "q", "p", "t", "hs", "hb"];

    /// <summary>What depends on temperature alone, from parameters and TDEV.</summary>
    public static IReadOnlyList<(string Name, Formula Value)> Constants { get; } = WriteConstants();

    /// <summary>Named results in order; each may use the ones before it.</summary>
    public static IReadOnlyList<(string Name, Formula Value)> Results { get; } = WriteResults();

    /// <summary>Voltage between gate and channel, from states and results.</summary>
    public static Formula GateVoltage { get; } = (Formula)"vr" + (Formula)"D" / "CF" + "vx";

    /// <summary>Rates of the states but D, whose rate is I/A - j - GLEAK V_G; per area.</summary>
    public static IReadOnlyList<(string State, Formula Rate)> Rates { get; } =
    [
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
            ("ka", (Formula)"KA" * "QT" * Exp(-(Formula)"EI" * inverse)),
            ("kd", 3 * (1 - SurfaceShare) * (1 - SurfaceShare) * (Formula)"QW" / "TD" * Exp(-(Formula)"ED" * inverse)),
            ("vs", (Formula)"VS" * tdev / "TREF"),
            ("vr", (Formula)"VREST" + (Formula)"TCR" * (tdev - "TREF")),
        ];
    }

    private static (string, Formula)[] WriteResults()
    {
        Formula q = "q", p = "p", w = "w", w1 = "w1", w2 = "w2", x = "x", psi = "psi", ys = "ys";
        double big = CompactModel.LargestArgument;
        Formula Limit(Formula a) => Max(-big, Min(big, a));
        Formula Power(Formula a) => Exp(Min(big, a));
        return
        [
            ("w", Limit((Formula)"D" / ((Formula)"CF" * "vs"))),
            ("w1", Limit(w + q / (2 * (Formula)"CF" * "vs"))),
            ("w2", Limit(w + q / ((Formula)"CF" * "vs"))),
            ("g", HyperbolicSinc(w)),
            ("gl", ((Formula)"g" + 4 * HyperbolicSinc(w1) + HyperbolicSinc(w2)) / 6),
            ("yb", 1 + (Formula)"hb" / ((1 - SurfaceShare) * (Formula)"QW")),
            ("ly", Ln(Max(0.1, "yb"))),
            ("j", (Formula)"jf" * w * "g" * new Choose(w, 0,
                1 + (Formula)"KUL" * "ly" + (Formula)"KUY" * ((Formula)"yb" - 1),
                1 + (Formula)"KDL" * "ly" + (Formula)"KDY" * ((Formula)"yb" - 1))),
            ("x", q / ((Formula)"CD" * "vt")),
            ("psi", new Choose(x, 0, Ln(1 + Max(0, x) + CompactModel.Accumulation * x * x), x - CompactModel.Depletion * x * x)),
            // x/psi, by its series near 0, where both are 0.
            ("xp", new Choose(x, 1e-4, x / Max(psi, 1e-5), 1 / (1 - CompactModel.Depletion * x))),
            ("lp", (Formula)"jf" / "QF" * "gl" * ((Max(0, w) + (Formula)"xp" * "CD" * "vt" / ((Formula)"CF" * "vs"))
                * (q - (Formula)"xp" * "CD" / "CF" * p) - q * w)),
            ("u", ((Formula)"D" + q) / ((Formula)"CS" * "vt")),
            ("vx", p / "CF" + (Formula)"vt" * "u"),
            ("th", 1 + (Formula)"t" / "QT"),
            ("va", 1 - (Formula)"TH0" * "t" / ((Formula)"QT" * (1 - (Formula)"TH0"))),
            ("ys", Max(1e-9, 1 + (Formula)"hs" / (SurfaceShare * (Formula)"QW"))),
            ("y", SurfaceShare * ys + (1 - SurfaceShare) * (Formula)"yb"),
            ("r", (Formula)"j0" * ((Formula)"va" * Power(psi + (Formula)"AL" * "u") - (Formula)"th" * Power(((Formula)"AL" - 1) * "u"))),
            ("ra", (Formula)"ka" * ((Formula)"th" - (Formula)"va" * Power((Formula)"NW" * Ln(ys) + (Formula)"GW" / "vt" * (ys - 1)))),
            ("ex", (Formula)"kd" * (ys - "yb")),
        ];
    }
}
