using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Poisson's equation in PSG, -div(eps grad phi) = q (c + b - c_fix), and in WO3 with space charge,
/// -div(eps_W grad phi) = q (C + N_D - n).</summary>
/// <remarks>
/// In WO3, neutral at rest, the right-hand side is q [(C - C_ref) - (n - n_ref)]: C_ref takes the place of c_fix, and the
/// electrons add -q V (n - n_ref), see <see cref="ElectronStatistics{P}"/>. Integrated over the volume V of a node: 0 = sum of
/// displacement into it + q V (c + b - c_fix), with c mobile and b bound protons. The displacement along an edge of length h and area A
/// from left to right is eps A (phi_L - phi_R)/h [C].
/// </remarks>
public readonly struct Poisson<P>
    where P : struct, IParameter<P>
{
    /// <summary>eps [F/m].</summary>
    public required P Permittivity { get; init; }

    /// <summary>c_fix, or C_ref in WO3 [m^-3].</summary>
    public required P FixedChargeDensity { get; init; }

    /// <summary>The law in a device's electrolyte.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="device">The device that decides which terms there are.</param>
    public static Poisson<P> Of(Pack<P> pack, Device device) => new()
    {
        Permittivity = pack(d => d.Psg.RelativePermittivity * Constants.VacuumPermittivity),
        FixedChargeDensity = pack(d => d.Psg.FixedChargeDensity),
    };

    /// <summary>The law in a device's channel, less its electrons.</summary>
    public static Poisson<P> InChannel(Pack<P> pack) => new()
    {
        Permittivity = pack(d => d.Wo3.Permittivity * Constants.VacuumPermittivity),
        FixedChargeDensity = pack(d => d.Wo3.RestComposition * d.Wo3.SiteDensity),
    };

    /// <summary>The electrons' part of it in a device's channel: n_ref takes the place of c_fix, and the displacement is that of the
    /// protons' part.</summary>
    public static Poisson<P> OfElectrons(Pack<P> pack) => new()
    {
        Permittivity = pack(_ => 0),
        FixedChargeDensity = pack(ElectronStatistics.RestDensity),
    };

    /// <summary>What a node's row gets, less its bound protons, which add q V b [C].</summary>
    /// <param name="mobile">c [m^-3].</param>
    /// <param name="chargePerDensity">q V [C m^3].</param>
    /// <param name="displacement">Displacement into the node [C].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Row<T>(T mobile, P chargePerDensity, T displacement)
        where T : struct, IReal<T, P> => (mobile - FixedChargeDensity) * chargePerDensity + displacement;
}
