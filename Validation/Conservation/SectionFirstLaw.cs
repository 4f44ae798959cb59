using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Sections;

namespace FvSolver.Validation.Conservation;

/// <summary>The first law over a cross-section with electrons, insulator and contacts.</summary>
internal sealed class SectionFirstLaw : ValidationCase
{
    public override string Id => "conservation.section-first-law";

    public override string Title => "Electrical work goes into heat, the field and chemical work in 2-D with electrons in the channel";

    public override CaseGroup Group => CaseGroup.Conservation;

    public override string Equation => "W = H + Delta E_field + sum of mu dN, H with sigma |grad psi|^2";

    public override string Source =>
        "first law of thermodynamics, on a tensor grid with insulator and contacts; all terms are quadratures of the run. What a step "
            + "misses of the balance counts as its error: without that heat of the falling edge is 1400 times rtol off at -8.5 V and 1e-6";

    public override Control Control { get; } = new("the chemical work is left out");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = CalibrationRules.Resolve(new() { Heat = new() { Enabled = true }, Wo3 = new() { Electrons = true } });
        List<Check> checks = [];
        foreach (double tolerance in FirstLaw.Tolerances)
            foreach (double amplitude in new[] { 10.0, -8.5 })
            {
                var run = new DeviceSimulation(device, SectionMesh.Tensor(12), new() { RelativeTolerance = tolerance });
                run.Pulse(amplitude, 5e-9, device.Gate.EdgeTime);
                run.Rest(1e-6);
                checks.AddRange(FirstLaw.Balance(run, $"{amplitude} V", tolerance, context.Perturbed));
            }
        return new(checks);
    }
}
