using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Hopping among sites whose energies scatter by sigma: Baessler's parametrisation of the mobility.</summary>
/// <remarks>
/// mu(E) = mu(0) exp(C_0 (s^2 - max(Sigma^2, 2.25)) sqrt(E)) with s = sigma/kT (Baessler, Phys. Status Solidi B 175, 15 (1993), eq. 11:
/// below Sigma = 1.5 positional disorder no longer matters); the factor exp(-(2 s/3)^2) of mu(0) is part of Gamma0. The net rate is then
/// mu(E) c E, which fixes s(x) = mu(E)/mu(0) x/sinh(x). Below E_0 = 1e5 V/m, where the slope of the root would be infinite, it is
/// sqrt(E_0) t (7 - 3t)/4 with t = (E/E_0)^2, which joins with value and slope.
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

    /// <summary>max(Sigma^2, 2.25).</summary>
    public required P PositionalTerm { get; init; }

    /// <inheritdoc/>
    public static GaussianDisorderHop<P> Of(Pack<P> pack, Device device) => new()
    {
        HopDistance = pack(d => d.Psg.HopDistance),
        DisorderWidth = pack(d => d.Psg.DisorderWidth),
        DisorderFieldConstant = pack(d => d.Psg.DisorderFieldConstant),
        PositionalTerm = pack(d => Math.Max(d.Psg.PositionalDisorder * d.Psg.PositionalDisorder, 2.25)),
    };

    /// <inheritdoc/>
    public T Factor<T>(T x, T inverseThermalVoltage)
        where T : struct, IReal<T, P>
    {
        T field = T.Constant(P.From(2) / HopDistance) * x / inverseThermalVoltage;
        T square = field * field * (1 / (RoundingField * RoundingField)), t = -T.Max(-square, P.From(-1));
        T root = T.Sqrt(T.Max(T.Abs(field), P.From(RoundingField))) + (t * (-(t * 3.0) + 7.0) * 0.25 + -1.0) * Math.Sqrt(RoundingField);
        T width = inverseThermalVoltage * DisorderWidth;
        T strength = (width * width - PositionalTerm) * DisorderFieldConstant;
        return T.Exp(strength * root) / T.Sinhc(x);
    }
}
