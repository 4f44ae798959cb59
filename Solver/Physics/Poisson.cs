using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Poisson's equation in PSG: -div(eps grad phi) = q (c + b - c_fix).</summary>
/// <remarks>
/// Integrated over the volume V of a node: 0 = sum of displacement into it + q V (c + b - c_fix), with c mobile and b bound protons. The
/// displacement along an edge of length h and area A from left to right is eps A (phi_L - phi_R)/h [C].
/// </remarks>
public readonly struct Poisson<P>
    where P : struct, IParameter<P>
{
    /// <summary>eps [F/m].</summary>
    public required P Permittivity { get; init; }

    /// <summary>c_fix [m^-3].</summary>
    public required P FixedChargeDensity { get; init; }

    /// <summary>The law in a device's electrolyte.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="device">The device that decides which terms there are.</param>
    public static Poisson<P> Of(Pack<P> pack, Device device) => new()
    {
        Permittivity = pack(d => d.Psg.RelativePermittivity * Constants.VacuumPermittivity),
        FixedChargeDensity = pack(d => d.Psg.FixedChargeDensity),
    };

    /// <summary>What a node's row gets, less its bound protons, which add q V b [C].</summary>
    /// <param name="mobile">c [m^-3].</param>
    /// <param name="chargePerDensity">q V [C m^3].</param>
    /// <param name="displacement">Displacement into the node [C].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Row<T>(T mobile, P chargePerDensity, T displacement)
        where T : struct, IReal<T, P> => (mobile - FixedChargeDensity) * chargePerDensity + displacement;
}
