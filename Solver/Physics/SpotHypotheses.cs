using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Two hypotheses about Fig. 4 of the paper, off by default and outside the tests of detailed balance.</summary>
/// <remarks>
/// spot_heyrovsky: r = Gamma_s k_spot (c_N/c_rest) e^(alpha u) max(0, E_S/E_on - 1)^2 with the field
/// E_S = (phi_N - psi - chi)/l_S in the compact layer: no back reaction, exactly zero without field.
/// stress_feedback: transfer is sped up by 1 + chi n_b/n_ref under bubbles.
/// </remarks>
public readonly struct SpotHypotheses<P>
    where P : struct, IParameter<P>
{
    /// <summary>True when the irreversible step is on.</summary>
    public required bool SpotIsOn { get; init; }

    /// <summary>Gamma_s k_spot [m^-2 s^-1].</summary>
    public required P SpotRate { get; init; }

    /// <summary>1/(l_S E_on) [1/V].</summary>
    public required P InverseOnsetDrop { get; init; }

    /// <summary>True when the feedback is on.</summary>
    public required bool FeedbackIsOn { get; init; }

    /// <summary>chi/n_ref [m^2].</summary>
    public required P FeedbackPerDensity { get; init; }

    /// <summary>Rate of the irreversible step [m^-2 s^-1].</summary>
    /// <param name="drive">(c_N/c_rest) e^(alpha u).</param>
    /// <param name="excessDrop">phi_N - psi - chi [V]: the drop over the compact layer beyond its flat band.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Spot<T>(T drive, T excessDrop)
        where T : struct, IReal<T, P>
    {
        if (!SpotIsOn)
            return T.From(0);
        P zero = default;
        T excess = T.Max(excessDrop * InverseOnsetDrop + -1.0, zero);
        return drive * excess * excess * SpotRate;
    }

    /// <summary>Factor on the transfer of protons.</summary>
    /// <param name="bubbles">n_b [m^-2].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Speed<T>(T bubbles)
        where T : struct, IReal<T, P> =>
        FeedbackIsOn ? bubbles * FeedbackPerDensity + 1.0 : T.From(1);
}
