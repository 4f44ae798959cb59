using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Flux of mobile protons along an edge of PSG: field-assisted hopping drift and diffusion.</summary>
/// <remarks>
/// With u = q (phi_L - phi_R)/kT, x = u a/(2h), g(x) = s(x) sinh(x)/x, B(u) = u/(e^u - 1) and D0 = a^2 Gamma0(T):
/// J_LR = D0 g(x)/h [B(-u) c_L - B(u) c_R], positive from left to right [m^-2 s^-1].
/// For h = a it is the master equation of hops, for x to 0 the scheme of Scharfetter and Gummel, for x >> 1 in a
/// neutral film the reduced law of the paper (eq. 1). Glass has no axes: where the field runs across the edge as well, g is taken
/// at x = q a |E|/(2kT), so that the current is along the field and as large as in a film whatever way the edges run.
/// A site limit c_max enters through the excess chemical potential -kT ln(1 - c/c_max), whose difference adds to u in the Bernoulli
/// functions: this keeps J = 0 exactly at equilibrium, as the diffusion-enhanced scheme does, without its 0/0 at equal densities.
/// </remarks>
/// <typeparam name="P">Type of parameters.</typeparam>
/// <typeparam name="TLaw">Hop law, s(x).</typeparam>
/// <typeparam name="TLimit"><see cref="SiteLimit"/> where c is bounded by c_max, else <see cref="NoSiteLimit"/>.</typeparam>
/// <typeparam name="THeat">
/// <see cref="Warm"/> where temperature varies, with a^2 A/h as the conductance of an edge [m^3]; else Gamma0 is part of it [m^3/s].
/// </typeparam>
/// <typeparam name="TField"><see cref="FieldAlong"/> or <see cref="FieldAround"/>.</typeparam>
public readonly struct HoppingFlux<P, TLaw, TLimit, THeat, TField> : IEdgeFlow<P>
    where P : struct, IParameter<P>, IReal<P, P>
    where TLaw : struct, IHopLaw<TLaw, P>
    where TLimit : struct
    where THeat : struct
    where TField : struct
{
    // What a field of zero is taken for, (q a E/2kT)^2: the root below has a slope there.
    private const double NoField = 1e-20;

    /// <summary>s(x).</summary>
    public required TLaw Law { get; init; }

    /// <summary>Gamma0(T).</summary>
    public required HopRate<P> Rate { get; init; }

    /// <summary>a [m].</summary>
    public required P HopDistance { get; init; }

    /// <summary>1/c_max [m^3]; 0 without a site limit.</summary>
    public required P InverseSiteDensity { get; init; }

    /// <summary>q/kT of an isothermal device [1/V].</summary>
    public required P InverseThermalVoltage { get; init; }

    /// <summary>The flux in a device's electrolyte.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="device">The device that decides which terms there are.</param>
    public static HoppingFlux<P, TLaw, TLimit, THeat, TField> Of(Pack<P> pack, Device device) => new()
    {
        Law = TLaw.Of(pack, device),
        Rate = HopRate<P>.Of(pack, device),
        HopDistance = pack(d => d.Psg.HopDistance),
        InverseSiteDensity = pack(d => d.Psg.SiteDensity > 0 ? 1 / d.Psg.SiteDensity : 0),
        InverseThermalVoltage = pack(d => 1 / Constants.ThermalVoltage(d.Heat.AmbientTemperature)),
    };

    /// <inheritdoc/>
    public EdgeFactors<P> Edge(P length, P area, P factor)
    {
        P conductance = HopDistance * HopDistance * area / length * factor;
        return new(typeof(THeat) == typeof(Warm) ? conductance : conductance * Rate.At(InverseThermalVoltage),
            HopDistance / (length * 2.0));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate<T>(T left, T right, T drop, T inverseThermalVoltage, EdgeFactors<P> edge)
        where T : struct, IReal<T, P> => Evaluate(left, right, drop, inverseThermalVoltage, T.From(0) + edge.Across, edge);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Evaluate<T>(T left, T right, T drop, T inverseThermalVoltage, T across, EdgeFactors<P> edge)
        where T : struct, IReal<T, P>
    {
        // Comparisons of types are settled before anything is inlined: what does not apply takes nothing of the JIT's budget.
        T u = drop * inverseThermalVoltage, x = u * edge.HopsPerTwoLengths;
        if (typeof(TField) == typeof(FieldAround))
            x = T.Sqrt(x * x + across * inverseThermalVoltage * inverseThermalVoltage + NoField);
        T flow = typeof(TLimit) == typeof(SiteLimit)
            ? T.FittedDifference(x, u - ExcessDrop(left, right), left, right)
            : T.FittedDifference(x, u, left, right);
        if (typeof(TLaw) != typeof(SinhHop<P>))
            flow *= Law.Factor(x, inverseThermalVoltage);
        return typeof(THeat) == typeof(Warm) ? flow * (Rate.At(inverseThermalVoltage) * edge.Conductance) : flow * edge.Conductance;
    }

    /// <inheritdoc/>
    /// <remarks>Dual numbers would multiply with many slopes that are 0 here.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public P Evaluate(P left, P right, P drop, P inverseThermalVoltage, EdgeFactors<P> edge, out FlowSlopes<P> slopes)
    {
        if (typeof(TLimit) == typeof(SiteLimit))
        {
            return typeof(TField) == typeof(FieldAround)
                ? EvaluateDual<Gradient8<P>>(left, right, drop, inverseThermalVoltage, edge, out slopes)
                : EvaluateDual<Gradient4<P>>(left, right, drop, inverseThermalVoltage, edge, out slopes);
        }
        P u = drop * inverseThermalVoltage, x = u * edge.HopsPerTwoLengths, xByU = edge.HopsPerTwoLengths, xByAcross = default;
        if (typeof(TField) == typeof(FieldAround))
        {
            P squared = inverseThermalVoltage * inverseThermalVoltage, along = x;
            x = P.Sqrt(x * x + edge.Across * squared + NoField);
            P inverse = P.Reciprocal(x);
            (xByU, xByAcross) = (xByU * along * inverse, squared * inverse * 0.5);
        }
        P flow = P.FittedDifference(x, u, left, right, out P byX, out P byU, out P byLeft, out P byRight);
        P byInverse = default;
        if (typeof(TLaw) != typeof(SinhHop<P>))
        {
            Dual<P, Gradient4<P>> factor = Law.Factor(
                new Dual<P, Gradient4<P>>(x, Gradient4<P>.Seed(0)), new Dual<P, Gradient4<P>>(inverseThermalVoltage, Gradient4<P>.Seed(1)));
            (byX, byU) = (P.MultiplyAdd(byX, factor.Value, flow * factor.Slope.D0), byU * factor.Value);
            byInverse = flow * factor.Slope.D1;
            (byLeft, byRight, flow) = (byLeft * factor.Value, byRight * factor.Value, flow * factor.Value);
        }
        byU = P.MultiplyAdd(byX, xByU, byU);
        P byAcross = typeof(TField) == typeof(FieldAround) ? byX * xByAcross : default;
        if (typeof(THeat) != typeof(Warm))
        {
            slopes = new(byLeft * edge.Conductance, byRight * edge.Conductance, byU * inverseThermalVoltage * edge.Conductance, default,
                byAcross * edge.Conductance);
            return flow * edge.Conductance;
        }
        if (typeof(TField) == typeof(FieldAround))
            byInverse += byAcross * edge.Across * P.Reciprocal(inverseThermalVoltage) * 2;
        P rate = Rate.At(inverseThermalVoltage) * edge.Conductance;
        slopes = new(
            byLeft * rate, byRight * rate, byU * rate * inverseThermalVoltage,
            (byU * drop + byInverse - flow * Rate.ActivationEnergy) * rate, byAcross * rate);
        return flow * rate;
    }

    private P EvaluateDual<G>(P left, P right, P drop, P inverseThermalVoltage, EdgeFactors<P> edge, out FlowSlopes<P> slopes)
        where G : struct, IGradient<G, P>
    {
        static Dual<P, G> Seed(P value, int index) => new(value, index < G.Capacity ? G.Seed(index) : G.Zero);
        Dual<P, G> flow = Evaluate(
            Seed(left, 0), Seed(right, 1), Seed(drop, 2), Seed(inverseThermalVoltage, 3), Seed(edge.Across, 4), edge);
        slopes = new(flow.Slope[0], flow.Slope[1], flow.Slope[2], flow.Slope[3], G.Capacity > 4 ? flow.Slope[4] : default);
        return flow.Value;
    }

    /// <summary>Drop of the excess chemical potential over kT. A call of its own: most runs have no site limit.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private T ExcessDrop<T>(T left, T right)
        where T : struct, IReal<T, P> =>
        T.Log((left * InverseSiteDensity + -1.0) / (right * InverseSiteDensity + -1.0));
}
