namespace FvSolver.Solver.Drive;

/// <summary>A pulse found in a <see cref="VoltageTable"/>: the source leaves its base and comes back, or lets go of the gate.</summary>
/// <param name="First">Index of the piece by which the voltage leaves the base.</param>
/// <param name="Top">Index of the piece that ends at the amplitude.</param>
/// <param name="Amplitude">Voltage farthest from the base [V].</param>
/// <param name="Width">Time away from the base, edges included [s].</param>
internal readonly record struct TablePulse(int First, int Top, double Amplitude, double Width)
{
    // Part of the largest excursion within which a voltage counts as the base: noise and overshoot of an oscilloscope's record.
    private const double NearBase = 0.1;

    /// <summary>The pulses among the pieces of a table.</summary>
    /// <param name="pieces">All pieces.</param>
    /// <param name="level">The base [V].</param>
    public static List<TablePulse> Find(IReadOnlyList<VoltagePiece> pieces, double level)
    {
        double Away(double? voltage) => voltage is { } v ? Math.Abs(v - level) : 0;
        double largest = pieces.Select(p => Away(p.To)).DefaultIfEmpty().Max();
        List<TablePulse> pulses = [];
        int first = -1, top = -1;
        double width = 0;
        for (int p = 0; p < pieces.Count; p++)
        {
            bool isAway = Away(pieces[p].To) > NearBase * largest;
            if (first < 0 && isAway)
                (first, top, width) = (p, p, 0);
            if (first < 0)
                continue;
            if (isAway && Away(pieces[p].To) > Away(pieces[top].To))
                top = p;
            width += pieces[p].Duration;
            bool letsGo = p + 1 < pieces.Count && pieces[p + 1].To is null;
            if (isAway && !letsGo)
                continue;
            pulses.Add(new(first, top, pieces[top].To!.Value, width));
            first = -1;
        }
        return pulses;
    }
}
