using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Hypothesis about Fig. 4 of the paper, off by default: an irreversible Heyrovsky step driven by the field in the compact layer.</summary>
/// <remarks>
/// r = Gamma_s k_spot a_N e^(alpha u) max(0, E_S/E_on - 1)^2 [m^-2 s^-1] with the field E_S = (phi_N - psi - chi)/l_S in the
/// compact layer: no back reaction, exactly zero without field, outside the tests of detailed balance.
/// </remarks>
public readonly struct SpotHeyrovsky<P> : IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    /// <inheritdoc/>
    public static int Proton => -1;

    /// <inheritdoc/>
    public static int Adsorbed => -1;

    /// <inheritdoc/>
    public static int Dissolved => 1;

    /// <summary>Gamma_s k_spot [m^-2 s^-1].</summary>
    public required P RateConstant { get; init; }

    /// <summary>-chi = U_W(y_ref) [V].</summary>
    public required P RestPotential { get; init; }

    /// <summary>1/(l_S E_on) [1/V].</summary>
    public required P InverseOnsetDrop { get; init; }

    /// <summary>The step of a device.</summary>
    public static SpotHeyrovsky<P> Of(Pack<P> pack, Device device) => new()
    {
        RateConstant = pack(d => d.Interface.SiteDensity * d.Hypotheses.SpotRate),
        RestPotential = pack(InsertionPotential.AtRest),
        InverseOnsetDrop = pack(d => 1 / (d.Psg.SternThickness * d.Hypotheses.SpotOnsetField)),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P>
    {
        P zero = default;
        T excess = T.Max((s.Drop + RestPotential) * InverseOnsetDrop + -1.0, zero);
        return d.Activity * d.Forward * excess * excess * RateConstant;
    }
}
