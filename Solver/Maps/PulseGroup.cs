namespace FvSolver.Solver.Maps;

/// <summary>Pulses of a chunk that are on one piece, whose responses are worked out side by side.</summary>
internal sealed class PulseGroup
{
    private const int Lanes = 8;

    private readonly int[] _members;
    private readonly double[] _before, _after, _contentBefore, _contentAfter, _points, _values, _slopes;

    /// <summary>Groups of at most so many pulses.</summary>
    public PulseGroup(int capacity)
    {
        (_members, _before, _after) = (new int[capacity], new double[capacity], new double[capacity]);
        (_contentBefore, _contentAfter) = (new double[capacity], new double[capacity]);
        capacity = Whole(capacity);
        int dimensions = 1 + PulseFamily.MostVariables + MemoryModes.Most;
        (_points, _values, _slopes) = (new double[dimensions * capacity], new double[capacity], new double[capacity]);
    }

    /// <summary>The piece.</summary>
    public MapPiece Piece { get; private set; } = null!;

    /// <summary>Pulses.</summary>
    public int Count { get; private set; }

    /// <summary>Numbers of the pulses.</summary>
    public ReadOnlySpan<int> Members => _members.AsSpan(0, Count);

    /// <summary>Gathers the pulses of a piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="pieces">That of each pulse.</param>
    /// <param name="pulses">Amplitude and width of each.</param>
    /// <param name="u">Content before each, and after the last.</param>
    /// <param name="content">The same as e^u.</param>
    /// <param name="modes">Amplitudes of modes before each; empty where there are none.</param>
    /// <param name="from">First pulse to look at.</param>
    /// <param name="to">The one after the last.</param>
    public void Gather(
        MapPiece piece, MapPiece[] pieces, (double[] Amplitude, double[] Width) pulses, double[] u, double[] content, double[][] modes,
        int from, int to)
    {
        (Piece, Count) = (piece, 0);
        for (int i = from; i < to; i++)
            if (ReferenceEquals(pieces[i], piece))
                _members[Count++] = i;
        int whole = Whole(Count), dimensions = piece.Dimensions;
        Span<double> own = stackalloc double[1 + PulseFamily.MostVariables + MemoryModes.Most];
        for (int m = 0; m < Count; m++)
        {
            int i = _members[m];
            (_before[m], _after[m], _contentBefore[m], _contentAfter[m]) = (u[i], u[i + 1], content[i], content[i + 1]);
            piece.Place(u[i], pulses.Amplitude[i], pulses.Width[i], piece.Modes is null ? [] : modes[i], own);
            for (int d = 0; d < dimensions; d++)
                _points[d * whole + m] = own[d];
        }
    }

    /// <summary>A response of each pulse.</summary>
    public ReadOnlySpan<double> Respond(int response)
    {
        At(Piece.Responses[response].Polynomial, []);
        Piece.Responses[response].ToValues(_values.AsSpan(0, Count));
        return _values.AsSpan(0, Count);
    }

    /// <summary>Slope of ln |step| with u of each pulse.</summary>
    public ReadOnlySpan<double> StepSlopes()
    {
        At(Piece.Step, _slopes.AsSpan(0, Whole(Count)));
        Span<double> slopes = _slopes.AsSpan(0, Count);
        foreach (ref double slope in slopes)
            slope *= 2 / (Piece.High - Piece.Low);
        return slopes;
    }

    /// <summary>A property of the states before the pulses, or of those after.</summary>
    public ReadOnlySpan<double> Read(ContentFunction function, bool isAfter)
    {
        function.At((isAfter ? _after : _before).AsSpan(0, Count), (isAfter ? _contentAfter : _contentBefore).AsSpan(0, Count), _values);
        return _values.AsSpan(0, Count);
    }

    /// <summary>Puts a number of each pulse in its place.</summary>
    public void Scatter(ReadOnlySpan<double> numbers, Span<double> into)
    {
        for (int m = 0; m < numbers.Length; m++)
            into[_members[m]] = numbers[m];
    }

    private void At(SparsePolynomial polynomial, Span<double> slopes)
    {
        int whole = Whole(Count);
        polynomial.At(_points.AsSpan(0, Piece.Dimensions * whole), _values.AsSpan(0, whole), slopes);
    }

    private static int Whole(int count) => (count + Lanes - 1) / Lanes * Lanes;
}
