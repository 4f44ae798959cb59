namespace FvSolver.Cases.Compact.Model;

/// <summary>State of the compact model, per gate area [C/m^2]; zero at rest.</summary>
/// <param name="Metal">D, charge on the gate's metal.</param>
/// <param name="Gate">a, protons held at the gate's side of the film; below 0 they lack there.</param>
/// <param name="Interface">q_R, protons held at the channel's side of the film.</param>
/// <param name="Moment">p, moment of that charge: C_f times the voltage over its layer.</param>
/// <param name="Coverage">T, adsorbed hydrogen beyond rest.</param>
/// <param name="Surface">H_s, hydrogen beyond rest in the part of the channel that follows its surface.</param>
/// <param name="Deep">H_b, hydrogen beyond rest in the rest of the channel.</param>
public readonly record struct CompactState(double Metal, double Gate, double Interface, double Moment, double Coverage, double Surface,
    double Deep)
{
    /// <summary>Hydrogen beyond rest in coverage and channel.</summary>
    public double Inserted => Coverage + Surface + Deep;

    /// <summary>Protons beyond rest between the gate and the channel's far side: what the gate gave.</summary>
    public double Stored => Gate + Interface + Inserted;

    /// <summary>Number of states.</summary>
    internal const int Size = 7;

    internal double[] ToArray() => [Metal, Gate, Interface, Moment, Coverage, Surface, Deep];

    internal static CompactState Of(double[] y) => new(y[0], y[1], y[2], y[3], y[4], y[5], y[6]);
}
