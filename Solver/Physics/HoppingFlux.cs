using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Flux of mobile protons along an edge of PSG: field-assisted hopping drift and diffusion.</summary>
/// <remarks>
/// With u = q (phi_L - phi_R)/kT, x = u a/(2h), g(x) = s(x) sinh(x)/x and B(u) = u/(e^u - 1):
/// J_LR = D0 g(x)/h [B(-u) c_L - B(u) c_R], positive from left to right [m^-2 s^-1].
/// For h = a it is the master equation of hops, for x to 0 the scheme of Scharfetter and Gummel, for x >> 1 in a
/// neutral film the reduced law of the paper (eq. 1). A site limit c_max enters through the excess chemical potential
/// -kT ln(1 - c/c_max), whose difference adds to u in the Bernoulli functions: this keeps J = 0 exactly at
/// equilibrium, as the diffusion-enhanced scheme does, without its 0/0 at equal densities.
/// </remarks>
public readonly struct HoppingFlux<P, TLaw>
    where P : struct, IParameter<P>, IReal<P, P>
    where TLaw : struct, IHopLaw
{
    /// <summary>Parameters of the hop law.</summary>
    public required HopParameters<P> Hop { get; init; }

    /// <summary>1/c_max [m^3]; used when <see cref="SiteLimited"/>.</summary>
    public required P InverseSiteDensity { get; init; }

    /// <summary>True when the density of mobile protons is bounded by c_max.</summary>
    public required bool SiteLimited { get; init; }

    /// <summary>g(x) [B(-u) c_L - B(u) c_R] [m^-3]: the flux over D0/h.</summary>
    /// <param name="left">c_L [m^-3].</param>
    /// <param name="right">c_R [m^-3].</param>
    /// <param name="u">q (phi_L - phi_R)/kT.</param>
    /// <param name="inverseThermalVoltage">q/kT on the edge [1/V].</param>
    /// <param name="hopsPerTwoLengths">a/(2h).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Shape<T>(T left, T right, T u, T inverseThermalVoltage, P hopsPerTwoLengths)
        where T : struct, IReal<T, P> =>
        Shape(left, right, u, SiteLimited ? u - ExcessFall(left, right) : u, inverseThermalVoltage, hopsPerTwoLengths);

    /// <summary>The same without a site limit: loops in which no call can be keep their numbers in registers.</summary>
    /// <param name="left">c_L [m^-3].</param>
    /// <param name="right">c_R [m^-3].</param>
    /// <param name="u">q (phi_L - phi_R)/kT.</param>
    /// <param name="inverseThermalVoltage">q/kT on the edge [1/V].</param>
    /// <param name="hopsPerTwoLengths">a/(2h).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T ShapeWithoutLimit<T>(T left, T right, T u, T inverseThermalVoltage, P hopsPerTwoLengths)
        where T : struct, IReal<T, P> => Shape(left, right, u, u, inverseThermalVoltage, hopsPerTwoLengths);

    /// <summary>The same with its derivatives; numbers that carry slopes would multiply with many that are 0 here.</summary>
    /// <param name="left">c_L [m^-3].</param>
    /// <param name="right">c_R [m^-3].</param>
    /// <param name="u">q (phi_L - phi_R)/kT.</param>
    /// <param name="inverseThermalVoltage">q/kT on the edge [1/V].</param>
    /// <param name="hopsPerTwoLengths">a/(2h).</param>
    /// <param name="byLeft">By c_L.</param>
    /// <param name="byRight">By c_R.</param>
    /// <param name="byU">By u [m^-3].</param>
    /// <param name="byInverse">By q/kT at the same u [m^-3 V].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public P ShapeWithoutLimit(
        P left, P right, P u, P inverseThermalVoltage, P hopsPerTwoLengths, out P byLeft, out P byRight, out P byU, out P byInverse)
    {
        P x = u * hopsPerTwoLengths;
        P drift = P.HoppingDrift(x, u, left, right, out P byX, out byU, out byLeft, out byRight);
        byU = P.MultiplyAdd(byX, hopsPerTwoLengths, byU);
        byInverse = default;
        if (typeof(TLaw) == typeof(SinhHop))
            return drift;
        Dual<P, Gradient4<P>> factor = TLaw.Factor(
            new Dual<P, Gradient4<P>>(x, Gradient4<P>.Seed(0)), new Dual<P, Gradient4<P>>(inverseThermalVoltage, Gradient4<P>.Seed(1)), Hop);
        byU = P.MultiplyAdd(drift * factor.Slope.D0, hopsPerTwoLengths, byU * factor.Value);
        byInverse = drift * factor.Slope.D1;
        (byLeft, byRight) = (byLeft * factor.Value, byRight * factor.Value);
        return drift * factor.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Shape<T>(T left, T right, T u, T drive, T inverseThermalVoltage, P hopsPerTwoLengths)
        where T : struct, IReal<T, P>
    {
        T x = u * hopsPerTwoLengths;
        T drift = T.HoppingDrift(x, drive, left, right);
        // A product with 1 and no slopes would be worked out. The comparison of types is known before anything is inlined.
        return typeof(TLaw) == typeof(SinhHop) ? drift : drift * TLaw.Factor(x, inverseThermalVoltage, Hop);
    }

    /// <summary>Fall of the excess chemical potential over kT. A call of its own: most runs have no site limit.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private T ExcessFall<T>(T left, T right)
        where T : struct, IReal<T, P> =>
        T.Log((left * InverseSiteDensity + -1.0) / (right * InverseSiteDensity + -1.0));
}
