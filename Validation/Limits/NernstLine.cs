using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Limits;

/// <summary>Gate voltage in equilibrium against composition: slope n kT/q, and V_rest at y_ref.</summary>
public sealed class NernstLine : ValidationCase
{
    public override string Id => "limits.nernst-line";

    public override string Title => "The equilibrium gate voltage follows the Nernst line of the composition";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "dV_rest / d ln(y/(1-y)) = n kT/q for g_W = 0";

    public override string Source => "Nernst equation for a lattice gas with n dilute species per hydrogen";

    public override Control Control { get; } = new("the film has one dilute species more");

    public override ValidationOutcome Run(RunContext context)
    {
        double[] y = [.. Enumerable.Range(0, 25).Select(i => Math.Pow(10, -5 + i / 6.0))];
        double T = new HeatPath().ReferenceTemperature;
        double thermal = Constants.Boltzmann * T / Constants.ElementaryCharge;
        List<Check> checks = [];
        List<Curve> curves = [];
        for (int n = 1; n <= 2; n++)
        {
            Device device = CalibrationRules.Resolve(
                new() { Wo3 = new() { DiluteSpecies = context.Perturbed ? 3 - n : n, InteractionPotential = 0 } });
            double Voltage(double c) => device.Hypotheses.CellOffset + device.Pd.EquilibriumPotential - InsertionPotential.At(device, c, T);
            double slope = (Voltage(y[^1]) - Voltage(y[0])) / (LogOdds(y[^1]) - LogOdds(y[0]));
            checks.Add(new($"slope, n = {n}", "V", slope, n * thermal, Band.Relative(1e-12)));
            checks.Add(new($"V at y_ref, n = {n}", "V", Voltage(device.Wo3.RestComposition), device.Gate.RestVoltage,
                Band.Absolute(1e-12)));
            curves.Add(new($"n = {n}", CurveStyle.Markers, y, [.. y.Select(Voltage)]));
            double rest = LogOdds(device.Wo3.RestComposition);
            double[] line = [.. y.Select(c => device.Gate.RestVoltage + n * thermal * (LogOdds(c) - rest))];
            curves.Add(new($"{n} kT/q", CurveStyle.Line, y, line));
        }
        return new(checks) { Charts = [new("Gate voltage in equilibrium", "composition y", "gate voltage [V]", curves) { LogX = true }] };
    }

    private static double LogOdds(double y) => Math.Log(y / (1 - y));
}
