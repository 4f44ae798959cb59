using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Flux of electrons in WO3 with space charge: J = -(mu_e n/q) grad(f_e'(n) - q phi).</summary>
/// <remarks>
/// Exponentially fitted (Scharfetter and Gummel, IEEE Trans. Electron Devices 16, 64 (1969)), with what Fermi-Dirac statistics add to kT ln
/// n in the drop of the potential (Yu and Dutton): J = (mu_e kT/q h) [B(-v) n_L - B(v) n_R], v = q(phi_R - phi_L)/kT + x_L - x_R,
/// x = F_1/2^-1(n/N_c) - ln(n/N_c). It vanishes, to rounding, where f_e' - q phi is uniform. Electrons keep the temperature of the
/// contacts, see <see cref="ElectronStatistics{P}"/>.
/// </remarks>
/// <typeparam name="P">Type of parameters.</typeparam>
public readonly struct ElectronDrift<P> : IEdgeFlow<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    // A field: a property would give a copy with each call.
    private readonly ElectronStatistics<P> _statistics;

    /// <summary>n by the band.</summary>
    public required ElectronStatistics<P> Statistics
    {
        get => _statistics;
        init => _statistics = value;
    }

    /// <summary>mu_e kT/q [m^2/s].</summary>
    public required P Diffusivity { get; init; }

    /// <summary>The law of a device's channel.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="device">The device that decides which terms there are.</param>
    public static ElectronDrift<P> Of(Pack<P> pack, Device device) => new()
    {
        Statistics = ElectronStatistics<P>.Of(pack, device),
        Diffusivity = pack(d => d.Wo3.ElectronMobility * Constants.ThermalVoltage(d.Heat.AmbientTemperature)),
    };

    /// <inheritdoc/>
    public EdgeFactors<P> Edge(P length, P area, P factor) => new(area / length * factor * Diffusivity, default);

    /// <inheritdoc/>
    /// <remarks>The drop is that of the potential energy, phi on the right less phi on the left; q/kT of the lattice does not
    /// enter.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate<T>(T left, T right, T drop, T inverseThermalVoltage, EdgeFactors<P> edge)
        where T : struct, IReal<T, P>
    {
        T v = drop * _statistics.InverseThermalVoltage;
        if (_statistics.IsFermiDirac)
            v += _statistics.Degeneracy(left) - _statistics.Degeneracy(right);
        T backward = T.Bernoulli(v, out T forward);
        return (forward * left - backward * right) * edge.Conductance;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public P Evaluate(P left, P right, P drop, P inverseThermalVoltage, EdgeFactors<P> edge, out FlowSlopes<P> slopes)
    {
        Dual<P, Gradient4<P>> flow = Evaluate<Dual<P, Gradient4<P>>>(
            new(left, Gradient4<P>.Seed(0)), new(right, Gradient4<P>.Seed(1)), new(drop, Gradient4<P>.Seed(2)), default, edge);
        slopes = new(flow.Slope.D0, flow.Slope.D1, flow.Slope.D2, default);
        return flow.Value;
    }
}
