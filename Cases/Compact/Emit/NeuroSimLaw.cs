using FvSolver.Cases.Fits.Laws;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>NeuroSim's law of both directions, over the range of conductance or its upper part.</summary>
/// <param name="Low">Lowest conductance [S].</param>
/// <param name="UpPulses">Pulses up over the range.</param>
/// <param name="DownPulses">Pulses down over it.</param>
/// <param name="Up">Nonlinearity up.</param>
/// <param name="Down">Nonlinearity down, over the state.</param>
public sealed record NeuroSimLaw(double Low, int UpPulses, int DownPulses, NeuroSimNonlinearity Up, NeuroSimNonlinearity Down)
{
    /// <summary>Largest distance from the curve, over the range of conductance.</summary>
    public double Misfit => Math.Max(Up.Misfit, Down.Misfit);

    // Pulses that may come at once without one being lost.
    private const int SafePulses = 25;

    /// <summary>The law of a curve after its first pulses up.</summary>
    public static NeuroSimLaw Of(UpdateCurve curve, int first = 0)
    {
        double low = curve.Up[first];
        double[] up = [.. curve.Up.Skip(first)], down = [.. curve.Down.TakeWhile(g => g >= low)];
        int pulses = DownPulsesTo(curve, low);
        return new(low, up.Length - 1, pulses, NeuroSimNonlinearity.Of(up),
            NeuroSimNonlinearity.Of(down.Select((g, i) => ((pulses - i) / (double)pulses, g)), low, curve.Max));
    }

    /// <summary>The law of the widest upper part of a curve in which it holds within a band; of the
    /// whole where half of it is not enough.</summary>
    /// <remarks>
    /// A little less where NeuroSim would lose pulses: it takes k pulses as (int)((k/N) N), which for
    /// some numbers N of levels is k - 1, even for one.
    /// </remarks>
    public static NeuroSimLaw Of(UpdateCurve curve, double band)
    {
        int fails = -1, holds = curve.Up.Count / 2;
        if (Of(curve, holds).Misfit > band)
            return Of(curve);
        while (holds - fails > 1)
        {
            int middle = (fails + holds) / 2;
            if (Of(curve, middle).Misfit > band)
                fails = middle;
            else
                holds = middle;
        }
        int Safe(int first) => Math.Min(FirstLost(curve.Up.Count - 1 - first), FirstLost(DownPulsesTo(curve, curve.Up[first])));
        return Of(curve, Enumerable.Range(holds, curve.Up.Count / 10).MaxBy(first => Math.Min(SafePulses, Safe(first))));
    }

    /// <summary>Smallest number of pulses of which NeuroSim loses one at this number of levels.</summary>
    internal static int FirstLost(int levels)
    {
        for (int k = 1; k <= levels; k++)
            if ((int)((double)k / levels * levels) != k)
                return k;
        return int.MaxValue;
    }

    /// <summary>Pulses down to a conductance; the last may only in part belong to it.</summary>
    private static int DownPulsesTo(UpdateCurve curve, double low)
    {
        int whole = curve.Down.TakeWhile(g => g >= low).Count() - 1;
        double left = whole + 1 < curve.Down.Count ? (curve.Down[whole] - low) / (curve.Down[whole] - curve.Down[whole + 1]) : 0;
        return (int)Math.Round(whole + left);
    }
}
