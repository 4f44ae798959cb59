using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>What the hop laws need to know of the electrolyte.</summary>
public readonly struct HopParameters<P>
    where P : struct, IParameter<P>
{
    /// <summary>Migration part of the barrier E_m [eV].</summary>
    public required P MigrationBarrier { get; init; }

    /// <summary>Hopping distance a [m].</summary>
    public required P HopDistance { get; init; }

    /// <summary>Width sigma of the site energies [eV].</summary>
    public required P DisorderWidth { get; init; }

    /// <summary>Constant C_0 of the field dependence under disorder [(m/V)^0.5].</summary>
    public required P DisorderFieldConstant { get; init; }

    /// <summary>Positional disorder Sigma.</summary>
    public required P PositionalDisorder { get; init; }
}

/// <summary>Field dependence of the rate of a hop.</summary>
/// <remarks>
/// A law gives s(x), the downhill rate over Gamma0 e^|x|, with x = q a E/(2kT). The uphill rate is the downhill
/// rate times e^(-2|x|), so the net rate is s(x) 2 Gamma0 sinh(x), and equilibrium holds at every field whatever s is.
/// </remarks>
public interface IHopLaw
{
    /// <summary>s(x); even in x, 1 without saturation.</summary>
    /// <param name="x">q a E/(2kT).</param>
    /// <param name="inverseThermalVoltage">q/kT [1/V].</param>
    /// <param name="parameters">Parameters of the electrolyte.</param>
    static abstract T Factor<T, P>(T x, T inverseThermalVoltage, in HopParameters<P> parameters)
        where T : struct, IReal<T, P>
        where P : struct, IParameter<P>;
}
