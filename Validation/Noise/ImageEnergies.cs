using FvSolver.Solver.Kinetic;
using FvSolver.Validation.Checks;
using Constants = FvSolver.Materials.Constants;
using SpecialFunctions = MathNet.Numerics.SpecialFunctions;

namespace FvSolver.Validation.Noise;

/// <summary>Point charges between two metals: energies in closed form.</summary>
public sealed class ImageEnergies : ValidationCase
{
    public override string Id => "noise.images";

    public override string Title => "Energies of a charge and its images between two metals";

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
        return new(checks);
    }
}
