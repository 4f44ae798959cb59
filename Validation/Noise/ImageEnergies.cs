using FvSolver.Cases.Noise;
using FvSolver.Materials;
using FvSolver.Solver.Kinetic;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;
using Constants = FvSolver.Materials.Constants;
using SpecialFunctions = MathNet.Numerics.SpecialFunctions;

namespace FvSolver.Validation.Noise;

/// <summary>Point charges between two metals: energies in closed form, and the limit in which they do not feel each other.</summary>
public sealed class ImageEnergies : ValidationCase
{
    public override string Id => "noise.images";

    public override string Title =>
        "Energies of a charge and its images between two metals, and a film so dilute that only the field of the electrodes is left";

    public override CaseGroup Group => CaseGroup.Noise;

    public override string Equation =>
        "U = q^2/(16 π ε d) [ψ(z/d) + ψ(1 - z/d) + 2γ]\nG = q/(4 π ε) sum over n of [1/r_n^- - 1/r_n^+]";

    public override string Source => "image charges at ±z + 2nd, summed";

    public override Control Control { get; } = new("images in the nearer metal alone");

    public override ValidationOutcome Run(RunContext context)
    {
        const double d = 10e-9, permittivity = 3.9;
        double scale = Constants.ElementaryCharge / (16 * Math.PI * permittivity * Constants.VacuumPermittivity);
        var potential = new ImagePotential(d, permittivity);
        List<Check> checks = [];
        foreach (double z in new[] { 0.17e-9, 1e-9, 5e-9, 9.5e-9 })
        {
            double closed = scale / d * (SpecialFunctions.DiGamma(z / d) + SpecialFunctions.DiGamma(1 - z / d)
                + 2 * MathNet.Numerics.Constants.EulerMascheroni);
            double nearer = -scale / Math.Min(z, d - z);
            checks.Add(new($"energy of a charge in its images at {z * 1e9:0.##} nm of 10", "eV", potential.OwnImages(z),
                context.Perturbed ? nearer : closed, Band.Relative(1e-6)));
        }
        foreach ((double z, double other, double rho) in new[] { (1e-9, 2e-9, 0), (3e-9, 3e-9, 0.572e-9), (0.17e-9, 5e-9, 3e-9) })
        {
            double sum = 0;
            for (int n = -20_000; n <= 20_000; n++)
                sum += 4 * scale * (1 / double.Hypot(rho, z - other + 2 * n * d) - 1 / double.Hypot(rho, z + other + 2 * n * d));
            var pair = new double[1];
            if (rho > 0)
                potential.Add([rho], [z], [other], pair);
            checks.Add(new($"potential of a pair at {z * 1e9:0.##} and {other * 1e9:0.##} nm, {rho * 1e9:0.##} nm apart", "V",
                rho > 0 ? pair[0] : potential.OnNormal(z, other), sum, Band.Relative(1e-6)));
        }
        // Far apart and hardly bound: a twentieth of a proton within the Bjerrum length.
        Device dilute = CalibrationRules.Resolve(ReferenceSets.Frozen with
        {
            Psg = ReferenceSets.Frozen.Psg with { FixedChargeDensity = 1e23, RelativePermittivity = 80, ActivationEnergy = double.NaN },
        });
        NoisePoint point = Pulses.Point(10) with { Device = dilute };
        int pulses = context.Quick ? 750 : 10_000;
        // Nothing binds protons to so dilute a film: the interfaces stay as they are.
        PointOptions free = new() { KeepsContent = false };
        NoiseStatistics points = Pulses.Run(context, point with { Points = free }, pulses);
        NoiseStatistics planes = Pulses.Run(context, point with { Cell = free.Cell }, 4 * pulses);
        double ratio = points.Pulse.Mean / planes.Pulse.Mean;
        double error = double.Hypot(points.Pulse.MeanError / points.Pulse.Mean, planes.Pulse.MeanError / planes.Pulse.Mean);
        checks.Add(new("dilute film: point charges over the mean field of planes", "1", ratio, 1, Band.Absolute(0.01 + 2 * error)));
        return new(checks);
    }
}
