using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Hopping among sites whose energies scatter by sigma: Baessler's parametrisation of the mobility.</summary>
/// <remarks>
/// mu(E) = mu(0) exp(C_0 (s^2 - Sigma^2) sqrt(E)) with s = sigma/kT (Baessler, Phys. Status Solidi B 175, 15 (1993),
/// eq. 11); the factor exp(-(2 s/3)^2) of mu(0) is part of Gamma0. The net rate is then mu(E) c E, which fixes
/// s(x) = mu(E)/mu(0) x/sinh(x). The square root is rounded below 1e5 V/m, where its slope would be infinite.
/// The parametrisation was fitted to simulations up to about 2e8 V/m; above, a run warns.
/// </remarks>
public readonly struct GaussianDisorderHop<P> : IHopLaw<GaussianDisorderHop<P>, P>
    where P : struct, IParameter<P>
{
    private const double RoundingField = 1e5;

    /// <summary>a [m].</summary>
    public required P HopDistance { get; init; }

    /// <summary>sigma [eV].</summary>
    public required P DisorderWidth { get; init; }

    /// <summary>C_0 [(m/V)^0.5].</summary>
    public required P DisorderFieldConstant { get; init; }

    /// <summary>Sigma.</summary>
    public required P PositionalDisorder { get; init; }

    /// <inheritdoc/>
    public static GaussianDisorderHop<P> Of(Pack<P> pack, Device device) => new()
    {
        HopDistance = pack(d => d.Psg.HopDistance),
        DisorderWidth = pack(d => d.Psg.DisorderWidth),
        DisorderFieldConstant = pack(d => d.Psg.DisorderFieldConstant),
        PositionalDisorder = pack(d => d.Psg.PositionalDisorder),
    };

    /// <inheritdoc/>
    public T Factor<T>(T x, T inverseThermalVoltage)
        where T : struct, IReal<T, P>
    {
        T field = T.Constant(P.From(2) / HopDistance) * x / inverseThermalVoltage;
        T root = T.Sqrt(T.Sqrt(field * field + RoundingField * RoundingField)) + -Math.Sqrt(RoundingField);
        T width = inverseThermalVoltage * DisorderWidth;
        T strength = (width * width - PositionalDisorder * PositionalDisorder) * DisorderFieldConstant;
        return T.Exp(strength * root) / T.Sinhc(x);
    }
}
