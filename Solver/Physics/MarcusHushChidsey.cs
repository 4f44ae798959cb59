using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Marcus-Hush-Chidsey kinetics of a charge transfer, whose rate is capped by the reorganisation energy.</summary>
/// <remarks>
/// k(u) ~ erfc((l - sqrt(1 + sqrt(l) + u^2))/(2 sqrt(l)))/(1 + e^(-u)), l = lambda/kT: the closed form of Zeng, Smith, Bai and
/// Bazant (J. Electroanal. Chem. 735, 77 (2014), eq. 17). The ratio of forward to backward is e^u.
/// </remarks>
public readonly struct MarcusHushChidsey<P>
    where P : struct, IParameter<P>
{
    /// <summary>Reorganisation energy lambda [eV].</summary>
    public required P ReorganisationEnergy { get; init; }

    /// <summary>The law with a reorganisation energy [eV].</summary>
    public static MarcusHushChidsey<P> Of(Pack<P> pack, Func<Device, double> reorganisationEnergy) =>
        new() { ReorganisationEnergy = pack(reorganisationEnergy) };

    /// <summary>Forward rate over its value at u = 0.</summary>
    /// <param name="u">Driving force over kT.</param>
    /// <param name="inverseThermalVoltage">q/kT [1/V].</param>
    /// <param name="backward">Backward rate, e^-u times the forward one.</param>
    [MethodImpl(Compilation.HotLoop)]
    public T Forward<T>(T u, T inverseThermalVoltage, out T backward)
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
