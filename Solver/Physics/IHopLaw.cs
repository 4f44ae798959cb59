using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Field dependence of the rate of a hop.</summary>
/// <remarks>
/// A law gives s(x), the downhill rate over Gamma0 e^|x|, with x = q a E/(2kT). The uphill rate is the downhill
/// rate times e^(-2|x|), so the net rate is s(x) 2 Gamma0 sinh(x), and equilibrium holds at every field whatever s is.
/// The law of <see cref="HopLaw"/>.X is the struct XHop in this folder.
/// </remarks>
/// <typeparam name="TSelf">The law itself.</typeparam>
/// <typeparam name="P">Type of its parameters.</typeparam>
public interface IHopLaw<TSelf, P>
    where TSelf : struct, IHopLaw<TSelf, P>
    where P : struct, IParameter<P>
{
    /// <summary>The law of a device's electrolyte.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="device">The device that decides which terms there are.</param>
    static abstract TSelf Of(Pack<P> pack, Device device);

    /// <summary>s(x); even in x, 1 without saturation.</summary>
    /// <param name="x">q a E/(2kT).</param>
    /// <param name="inverseThermalVoltage">q/kT [1/V].</param>
    T Factor<T>(T x, T inverseThermalVoltage)
        where T : struct, IReal<T, P>;
}
