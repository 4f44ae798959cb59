using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Kinetic;

/// <summary>Potential of a point charge q between two metals, whose images keep both at zero potential.</summary>
/// <remarks>
/// At depths z and z' and a lateral distance rho &gt; 0, with d the distance of the metals,
/// <code>G = q/(pi eps d) sum_m sin(m pi z/d) sin(m pi z'/d) K_0(m pi rho/d),</code>
/// and on one normal G = q/(2 pi eps) int sinh(k z_&lt;) sinh(k (d - z_&gt;))/sinh(k d) dk (Jackson, Classical Electrodynamics, 3.11 and
/// problem 3.17). A charge's own images give half the limit of G less the potential of the bare charge, in closed form
/// q/(16 pi eps d) [psi(z/d) + psi(1 - z/d) + 2 gamma] with the digamma function psi.
/// </remarks>
public sealed class ImagePotential
{
    // exp(-36) is rounding; a logarithmic step of 0.02 integrates to 1e-12.
    private const double Decay = 36, LogStep = 0.02;

    private readonly double _thickness, _scale;

    /// <summary>The potential in a film.</summary>
    /// <param name="thickness">Distance of the metals [m].</param>
    /// <param name="relativePermittivity">Permittivity between them.</param>
    public ImagePotential(double thickness, double relativePermittivity) =>
        (_thickness, _scale) = (thickness, Constants.ElementaryCharge / (Math.PI * relativePermittivity * Constants.VacuumPermittivity));

    /// <summary>Potential of a charge at another depth on its normal [V].</summary>
    public double OnNormal(double z, double other) => _scale / 2 * Integrate(Math.Min(z, other), Math.Max(z, other), 0);

    /// <summary>Energy of a charge in the field of its own images, over q [V].</summary>
    public double OwnImages(double z) => _scale / 4 * Integrate(z, z, 0.5);

    /// <summary>Adds the potentials at a lateral distance between all pairs of two lists of depths [V].</summary>
    /// <param name="distances">Lateral distances of the charge and its copies [m], all above 0.</param>
    /// <param name="at">Depths at which the potential is wanted [m].</param>
    /// <param name="from">Depths of the charge [m].</param>
    /// <param name="sum">Potentials, one row for each of <paramref name="at"/>.</param>
    public void Add(IReadOnlyList<double> distances, double[] at, double[] from, double[] sum)
    {
        double nearest = distances.Min();
        for (int m = 1; m * Math.PI * nearest / _thickness < Decay; m++)
        {
            double wave = m * Math.PI / _thickness, lateral = 0;
            foreach (double rho in distances)
                if (wave * rho < Decay)
                    lateral += BesselK0(wave * rho);
            lateral *= _scale / _thickness;
            for (int i = 0; i < at.Length; i++)
            {
                double row = lateral * Math.Sin(wave * at[i]);
                for (int j = 0; j < from.Length; j++)
                    sum[i * from.Length + j] += row * Math.Sin(wave * from[j]);
            }
        }
    }

    /// <summary>Modified Bessel function K_0(x) = int_0^inf e^(-x cosh t) dt by the trapezoidal rule; x &gt; 1e-3.</summary>
    internal static double BesselK0(double x)
    {
        const double step = 0.25;
        double sum = Math.Exp(-x) / 2;
        for (int j = 1; ; j++)
        {
            double exponent = x * Math.Cosh(j * step);
            if (exponent > x + Decay)
                return sum * step;
            sum += Math.Exp(-exponent);
        }
    }

    /// <summary>Integral over k of [sinh(k low) sinh(k (d - high))/sinh(k d) - bare] [1/m], equal steps of ln k.</summary>
    private double Integrate(double low, double high, double bare)
    {
        double reach = bare > 0 ? Math.Min(low, _thickness - low) * 2 : high - low;
        double from = Math.Log(1e-13 / _thickness), to = Math.Log(Decay / reach), sum = 0;
        for (double t = from; t < to; t += LogStep)
        {
            double k = Math.Exp(t);
            double below = -SpecialFunctions.Expm1(-2 * k * low), above = -SpecialFunctions.Expm1(-2 * k * (_thickness - high));
            double all = -SpecialFunctions.Expm1(-2 * k * _thickness);
            double value = bare > 0
                ? ((below - 1) * above + (above - 1) + (1 - all)) / all / 2
                : below * above / all * Math.Exp(-k * (high - low)) / 2;
            sum += value * k;
        }
        return sum * LogStep;
    }
}
