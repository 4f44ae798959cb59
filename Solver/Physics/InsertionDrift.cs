using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Flux of inserted protons in WO3 with space charge: J = -(D_H C (1-y)/kT) grad mu_p, mu_p
/// = kT ln(y/(1-y)) + q g_W y + q phi.</summary>
/// <remarks>
/// Exponentially fitted: J = (D_H/h) [B(-v) C_L (1-y_R) - B(v) C_R (1-y_L)] with v = q(phi_L - phi_R)/kT + q g_W (y_L - y_R)/kT and
/// B(v) = v/(e^v - 1); it vanishes, to rounding, where mu_p is uniform, and without field and g_W it is Fick's law. The electrons carry
/// their own part of the chemical potential, so that n of <see cref="InsertionPotential{P}"/> is 1. By the thermodynamic law of D_H the
/// mobility is D_tracer(y)/kT, without the factor 1 - y.
/// </remarks>
/// <typeparam name="P">Type of parameters.</typeparam>
/// <typeparam name="THeat"><see cref="Warm"/> where temperature varies; else the Arrhenius factor
/// is part of an edge's conductance.</typeparam>
public readonly struct InsertionDrift<P, THeat> : IEdgeFlow<P>
    where P : struct, IParameter<P>, IReal<P, P>
    where THeat : struct
{
    // A field: a property would give a copy with each call.
    private readonly InsertionDiffusion<P, THeat> _diffusion;

    /// <summary>D_H, its temperature dependence and the density of sites.</summary>
    public required InsertionDiffusion<P, THeat> Diffusion
    {
        get => _diffusion;
        init => _diffusion = value;
    }

    /// <summary>g_W/C_max [V m^3].</summary>
    public required P InteractionPerDensity { get; init; }

    /// <summary>The law of a device's channel.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="device">The device that decides which terms there are.</param>
    public static InsertionDrift<P, THeat> Of(Pack<P> pack, Device device) => new()
    {
        Diffusion = InsertionDiffusion<P, THeat>.Of(pack, device),
        InteractionPerDensity = pack(d => d.Wo3.InteractionPotential / d.Wo3.SiteDensity),
    };

    /// <inheritdoc/>
    public EdgeFactors<P> Edge(P length, P area, P factor) => _diffusion.Edge(length, area, factor);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate<T>(T left, T right, T drop, T inverseThermalVoltage, EdgeFactors<P> edge)
        where T : struct, IReal<T, P>
    {
        P sites = _diffusion.InverseSiteDensity;
        T backward = T.Bernoulli((drop + (left - right) * InteractionPerDensity) * inverseThermalVoltage, out T forward);
        T flux = forward * left * (-(right * sites) + 1.0) - backward * right * (-(left * sites) + 1.0);
        return flux * _diffusion.Mobility((left + right) * (sites * 0.5), inverseThermalVoltage) * edge.Conductance;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public P Evaluate(P left, P right, P drop, P inverseThermalVoltage, EdgeFactors<P> edge, out FlowSlopes<P> slopes)
    {
        Dual<P, Gradient4<P>> flow = Evaluate<Dual<P, Gradient4<P>>>(
            new(left, Gradient4<P>.Seed(0)), new(right, Gradient4<P>.Seed(1)), new(drop, Gradient4<P>.Seed(2)),
            new(inverseThermalVoltage, Gradient4<P>.Seed(3)), edge);
        slopes = new(flow.Slope.D0, flow.Slope.D1, flow.Slope.D2, flow.Slope.D3);
        return flow.Value;
    }
}
