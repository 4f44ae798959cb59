using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Hypothesis about Fig. 4 of the paper, off by default: stress under bubbles speeds the transfer of protons up by 1 + chi n_b/n_ref.</summary>
public readonly struct StressFeedback<P>
    where P : struct, IParameter<P>
{
    /// <summary>chi/n_ref [m^2].</summary>
    public required P PerDensity { get; init; }

    /// <summary>The hypothesis of a device.</summary>
    public static StressFeedback<P> Of(Pack<P> pack, Device device) =>
        new() { PerDensity = pack(d => d.Hypotheses.FeedbackStrength / d.Hypotheses.FeedbackReference) };

    /// <summary>Factor on the transfer of protons.</summary>
    /// <param name="bubbles">n_b [m^-2].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Factor<T>(T bubbles)
        where T : struct, IReal<T, P> => bubbles * PerDensity + 1.0;
}
