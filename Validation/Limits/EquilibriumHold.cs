using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>The device held at a voltage until nothing moves: Nernst line of the channel, Langmuir line of the coverage.</summary>
public sealed class EquilibriumHold : ValidationCase
{
    public override string Id => "limits.equilibrium-hold";

    public override string Title => "Held at a voltage the device comes to the Nernst line of WO3 and the Langmuir line of the coverage";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "V_G - V_rest = n V_T ln[(y/(1-y))/(y_ref/(1-y_ref))] + g_W (y - y_ref)\ntheta/(1-theta) = theta_0/(1-theta_0) e^{q (V_G - "
            + "V_rest)/kT}";

    public override string Source => "Nernst equation; Langmuir isotherm";

    public override Control Control { get; } = new("the line expected is that of n = 3");

    public override ValidationOutcome Run(RunContext context)
    {
        double thermal = Constants.ThermalVoltage(300);
        List<Check> checks = [];
        List<Curve> curves = [];
        double[] offsets = [-0.1, -0.03, 0.03, 0.1];
        foreach ((int n, double interaction) in new[] { (1, 0.0), (2, 0.0), (2, 0.5) })
        {
            List<double> odds = [], volts = [];
            foreach (double offset in offsets)
            {
                var sample = new VirtualDevice(new()
                {
                    Pd = new() { FiniteReservoir = false },
                    Wo3 = new() { DiluteSpecies = n, InteractionPotential = interaction, Diffusivity = 1e-12 },
                }, 1e-7);
                sample.Hold(sample.Device.Gate.RestVoltage + offset, 1e-6, 1e5);
                double y = sample.Inventory.Composition, rest = sample.Device.Wo3.RestComposition;
                odds.Add(Math.Log(y / (1 - y) / (rest / (1 - rest))));
                volts.Add(offset - interaction * (y - rest));
                double theta = sample.State[sample.Layout.Coverage], theta0 = sample.Device.Interface.RestCoverage;
                if (interaction == 0)
                    checks.Add(new($"theta/(1-theta) at {offset:+0.00;-0.00} V, n = {n}", "1", theta / (1 - theta),
                        theta0 / (1 - theta0) * Math.Exp(offset / thermal), Band.Relative(1e-5)));
            }
            double slope = (volts[^1] - volts[0]) / (odds[^1] - odds[0]);
            checks.Add(new($"slope of the Nernst line, n = {n}, g_W = {interaction:0.0} V", "V", slope,
                (context.Perturbed ? 3 : n) * thermal, Band.Relative(1e-5)));
            curves.Add(new($"n = {n}, g_W = {interaction:0.0} V", CurveStyle.Markers, odds, volts));
            curves.Add(new("", CurveStyle.Line, odds, [.. odds.Select(o => n * thermal * o)]));
        }
        return new(checks)
        {
            Charts = [new("Equilibrium of the held device", "ln[(y/(1-y))/(y_ref/(1-y_ref))]",
            "V_G - V_rest - g_W (y - y_ref) [V]", curves)]
        };
    }
}
