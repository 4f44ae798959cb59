using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Frumkin-corrected Butler-Volmer kinetics of a charge transfer.</summary>
/// <remarks>
/// Forward e^(alpha u), backward e^(-(1-alpha) u), where u is q/kT times the drop over the compact layer beyond that at
/// rest: the rates see the potential and the density at the plane of closest approach (Frumkin, Z. Phys. Chem. 164A, 121
/// (1933); Bazant, Chu and Bayly, SIAM J. Appl. Math. 65, 1463 (2005)). Their ratio is e^u.
/// The one-way rates stop growing at |u| = 140, e^70 of the exchange at alpha 1/2: a channel that is full under 10 V asks for
/// more, and the net rate is 0 either way, but products of such numbers leave the range of a double.
/// </remarks>
public readonly struct ButlerVolmer<P>
    where P : struct, IParameter<P>
{
    private const double Largest = 140;

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
        P zero = default, largest = P.From(Largest);
        T above = T.Max(u - largest, zero), below = T.Max(-u - largest, zero);
        T within = u - above + below;
        backward = T.Exp(within * (Alpha + -1.0) - above);
        return T.Exp(within * Alpha - below);
    }
}
