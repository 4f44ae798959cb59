namespace FvSolver.Solver.Kinetic;

/// <summary>Rates of one link by its integer charge, worked out when they are first needed.</summary>
internal sealed class RateTable
{
    private const int Reach = 1024;

    private readonly Action<int, double[], double[], int> _fill;
    private readonly int _first;
    private readonly double[] _forward = new double[2 * Reach], _backward = new double[2 * Reach];

    /// <summary>A table.</summary>
    /// <param name="centre">Charge in its middle.</param>
    /// <param name="fill">Works out both rates of a charge into places of two arrays.</param>
    public RateTable(int centre, Action<int, double[], double[], int> fill)
    {
        (_first, _fill) = (centre - Reach, fill);
        Array.Fill(_forward, double.NaN);
    }

    public double Forward(int charge) => _forward[Place(charge)];

    public double Backward(int charge) => _backward[Place(charge)];

    private int Place(int charge)
    {
        // Charges beyond the table share its last place, which is worked out anew each time.
        int place = charge - _first;
        bool isInside = (uint)place < 2 * Reach - 1;
        if (!isInside)
            place = 2 * Reach - 1;
        if (!isInside || double.IsNaN(_forward[place]))
            _fill(charge, _forward, _backward, place);
        return place;
    }
}
