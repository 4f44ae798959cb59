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
    /// <remarks>Dual numbers would multiply with many slopes that are 0 here: they take six times as long as the flux alone.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public P Evaluate(P left, P right, P drop, P inverseThermalVoltage, EdgeFactors<P> edge, out FlowSlopes<P> slopes)
    {
        P sites = _diffusion.InverseSiteDensity, driving = drop + (left - right) * InteractionPerDensity,
            v = driving * inverseThermalVoltage;
        P backward = P.Bernoulli(v, out P forward), slope = P.BernoulliSlope(v, backward, forward);
        P freeLeft = -(left * sites) + 1.0, freeRight = -(right * sites) + 1.0, away = left * freeRight, back = right * freeLeft;
        P flux = forward * left * freeRight - backward * right * freeLeft;
        P byV = P.MultiplyAdd(slope, away - back, away), byDensity = byV * inverseThermalVoltage * InteractionPerDensity;
        P byLeft = P.MultiplyAdd(forward, freeRight, backward * right * sites) + byDensity;
        P byRight = -(P.MultiplyAdd(backward, freeLeft, forward * left * sites) + byDensity);
        if (typeof(THeat) != typeof(Warm) && !_diffusion.Diffusivity.IsThermodynamic)
        {
            P constant = _diffusion.Diffusivity.Constant * edge.Conductance;
            slopes = new(byLeft * constant, byRight * constant, byV * inverseThermalVoltage * constant, byV * driving * constant);
            return flux * _diffusion.Diffusivity.Constant * edge.Conductance;
        }
        Dual<P, Gradient4<P>> mobility = _diffusion.Mobility<Dual<P, Gradient4<P>>>(
            new((left + right) * (sites * 0.5), Gradient4<P>.Seed(0)), new(inverseThermalVoltage, Gradient4<P>.Seed(1)));
        P factor = mobility.Value * edge.Conductance, shared = flux * edge.Conductance,
            byComposition = shared * mobility.Slope.D0 * sites * 0.5;
        slopes = new(byLeft * factor + byComposition, byRight * factor + byComposition, byV * inverseThermalVoltage * factor,
            byV * driving * factor + shared * mobility.Slope.D1);
        return flux * mobility.Value * edge.Conductance;
    }
}
