using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Hopping among sites whose energies scatter by sigma: Baessler's parametrisation of the mobility.</summary>
/// <remarks>
/// mu(E) = mu(0) exp(C_0 (s^2 - Sigma^2) sqrt(E)) with s = sigma/kT (Baessler, Phys. Status Solidi B 175, 15 (1993),
/// eq. 11); the factor exp(-(2 s/3)^2) of mu(0) is part of Gamma0. The net rate is then mu(E) c E, which fixes
/// s(x) = mu(E)/mu(0) x/sinh(x). The square root is rounded below 1e5 V/m, where its slope would be infinite.
/// The parametrisation was fitted to simulations up to about 2e8 V/m; above, a run warns.
/// </remarks>
public readonly struct GaussianDisorderHop : IHopLaw
{
    private const double RoundingField = 1e5;

    public static T Factor<T, P>(T x, T inverseThermalVoltage, in HopParameters<P> parameters)
        where T : struct, IReal<T, P>
        where P : struct, IParameter<P>
    {
        T field = T.Constant(P.From(2) / parameters.HopDistance) * x / inverseThermalVoltage;
        T root = T.Sqrt(T.Sqrt(field * field + RoundingField * RoundingField)) + -Math.Sqrt(RoundingField);
        T width = inverseThermalVoltage * parameters.DisorderWidth;
        T strength = (width * width - parameters.PositionalDisorder * parameters.PositionalDisorder)
            * parameters.DisorderFieldConstant;
        return T.Exp(strength * root) / T.Sinhc(x);
    }
}
