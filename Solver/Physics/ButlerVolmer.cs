using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Frumkin-corrected Butler-Volmer kinetics of a charge transfer.</summary>
/// <remarks>
/// Forward e^(alpha u), backward e^(-(1-alpha) u), where u is q/kT times the drop over the compact layer beyond that at
/// rest: the rates see the potential and the density at the plane of closest approach (Frumkin, Z. Phys. Chem. 164A, 121
/// (1933); Bazant, Chu and Bayly, SIAM J. Appl. Math. 65, 1463 (2005)). Their ratio is e^u.
/// </remarks>
public readonly struct ButlerVolmer<P>
    where P : struct, IParameter<P>
{
    /// <summary>Transfer coefficient alpha, 0 to 1.</summary>
    public required P Alpha { get; init; }

    /// <summary>The law with a transfer coefficient.</summary>
    public static ButlerVolmer<P> Of(Pack<P> pack, Func<Device, double> alpha) => new() { Alpha = pack(alpha) };

    /// <summary>Forward rate over its value at u = 0.</summary>
    /// <param name="u">Driving force over kT.</param>
    /// <param name="backward">Backward rate, e^-u times the forward one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Forward<T>(T u, out T backward)
        where T : struct, IReal<T, P>
    {
        backward = T.Exp(u * (Alpha + -1.0));
        return T.Exp(u * Alpha);
    }
}
