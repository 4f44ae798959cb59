using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Forward and backward rate of a charge-transfer step over their common value at u = 0.</summary>
/// <remarks>
/// Butler-Volmer: e^(alpha u) and e^(-(1-alpha) u). Marcus-Hush-Chidsey in the closed form of Zeng, Smith, Bai and
/// Bazant (J. Electroanal. Chem. 735, 77 (2014), eq. 17): k(u) ~ erfc((l - sqrt(1 + sqrt(l) + u^2))/(2 sqrt(l)))/(1 + e^(-u)),
/// l = lambda/kT. The ratio of forward to backward is e^u in both: detailed balance.
/// </remarks>
public readonly struct ChargeTransfer<P>
    where P : struct, IParameter<P>
{
    /// <summary>Transfer coefficient alpha.</summary>
    public required P Alpha { get; init; }

    /// <summary>True for Marcus-Hush-Chidsey.</summary>
    public required bool IsMarcus { get; init; }

    /// <summary>Reorganisation energy [eV].</summary>
    public required P ReorganisationEnergy { get; init; }

    /// <summary>Forward rate; the backward rate comes with it.</summary>
    /// <param name="u">Driving force over kT.</param>
    /// <param name="inverseThermalVoltage">q/kT [1/V].</param>
    /// <param name="backward">Backward rate, e^-u times the forward one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Forward<T>(T u, T inverseThermalVoltage, out T backward)
        where T : struct, IReal<T, P>
    {
        if (IsMarcus)
            return MarcusForward(u, inverseThermalVoltage, out backward);
        backward = T.Exp(u * (Alpha + -1.0));
        return T.Exp(u * Alpha);
    }

    // A call of its own: most runs have Butler-Volmer kinetics.
    [MethodImpl(Compilation.HotLoop)]
    private T MarcusForward<T>(T u, T inverseThermalVoltage, out T backward)
        where T : struct, IReal<T, P>
    {
        T l = inverseThermalVoltage * ReorganisationEnergy;
        T rootL = T.Sqrt(l);
        T twoRoots = rootL * 2;
        T cap = T.Erfc((l - T.Sqrt(u * u + rootL + 1.0)) / twoRoots);
        T capAtZero = T.Erfc((l - T.Sqrt(rootL + 1.0)) / twoRoots);
        // 2/(1 + e^-u) and 2/(1 + e^u): normalised to 1 at u = 0.
        T ratio = cap / capAtZero * 2;
        backward = ratio / (T.Exp(u) + 1.0);
        return ratio / (T.Exp(-u) + 1.0);
    }
}
