using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Limits;

/// <summary>Mobile protons at rest beside traps: capture and release balance, and nothing is lost.</summary>
public sealed class TrapEquilibrium : ValidationCase
{
    public override string Id => "limits.trap-equilibrium";

    public override string Title => "Mobile and trapped protons balance at rest, from empty traps to full ones";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "k_c c (N_t - b) = k_r b\nc + b = c_fix";

    public override string Source => "mass action; the root is found again by bisection";

    public override Control Control { get; } = new("the traps do not fill up: k_c c N_t = k_r b");

    public override ValidationOutcome Run(RunContext context) => new([.. new[] { 1e22, 1e24, 4e25, 1e27, 1e30 }.Select(traps =>
    {
        var psg = new Electrolyte { TrapDensity = traps };
        double computed = context.Perturbed
            ? psg.FixedChargeDensity / (1 + psg.CaptureCoefficient * traps / psg.ReleaseRate)
            : TrapExchange.RestDensity(psg);
        return new Check($"c at N_t = {traps:0e0} m^-3", "m^-3", computed, Bisect(psg), Band.Relative(1e-10));
    })]);

    private static double Bisect(Electrolyte psg)
    {
        (double low, double high) = (0, psg.FixedChargeDensity);
        for (int i = 0; i < 200; i++)
        {
            double c = (low + high) / 2, b = psg.FixedChargeDensity - c;
            bool captures = psg.CaptureCoefficient * c * (psg.TrapDensity - b) > psg.ReleaseRate * b;
            (low, high) = captures ? (low, c) : (c, high);
        }
        return low;
    }
}
