using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Solver.Maps;

/// <summary>The map of one family of pulses on an interval of content and one part of the reservoir's isotherm.</summary>
public sealed record MapPiece
{
    private readonly ConcurrentDictionary<(double, double), MappedPulse> _compiled = [];

    /// <summary>The pulses.</summary>
    public required PulseFamily Family { get; init; }

    /// <summary>Part of the isotherm.</summary>
    public required ReservoirBranch Branch { get; init; }

    /// <summary>Least content before a pulse.</summary>
    public required double Low { get; init; }

    /// <summary>Largest content before a pulse.</summary>
    public required double High { get; init; }

    /// <summary>States before and after pulses.</summary>
    public required SettledStates Settled { get; init; }

    /// <summary>What states remember beyond their content; null where that is too little to matter.</summary>
    public MemoryModes? Modes { get; init; }

    /// <summary>Amplitude of each mode after a pulse.</summary>
    public IReadOnlyList<SparsePolynomial> Amplitudes { get; init; } = [];

    /// <summary>Variables: the content, those of the pulse, one of each mode.</summary>
    public int Dimensions => 1 + Family.Variables + Amplitudes.Count;

    /// <summary>ln |change of content over N_0|.</summary>
    public required SparsePolynomial Step { get; init; }

    /// <summary>Sign of the change.</summary>
    public required int Sign { get; init; }

    /// <summary>What else a pulse does: columns of /pulses, quadratures, extremes, in the order of <see cref="ResponseNames"/>.</summary>
    public required IReadOnlyList<PulseResponse> Responses { get; init; }

    /// <summary>Least hydrogen that the gate has given within any pulse, relative to its start.</summary>
    public required double LeastGiven { get; init; }

    /// <summary>Most.</summary>
    public required double MostGiven { get; init; }

    /// <summary>By how much a step may be off.</summary>
    public required MapErrors Errors { get; init; }

    /// <summary>What <see cref="MapErrors.Interpolation"/> is made of.</summary>
    public required InterpolationRemainder Remainder { get; init; }

    /// <summary>By how much pulses were off after which it was refined.</summary>
    public IReadOnlyList<double> Excesses { get; init; } = [];

    /// <summary>Builds it further.</summary>
    internal PieceBuilder? Builder { get; init; }

    /// <summary>Pulses that it was built from.</summary>
    public required int Pulses { get; init; }

    /// <summary>Relative change of a step by a unit of strain, see <see cref="SettledStates.Distance"/>.</summary>
    public required double Sensitivity { get; init; }

    /// <summary>The map of one pulse: a function of the content alone.</summary>
    public MappedPulse Compile(double amplitude, double width) => _compiled.GetOrAdd((amplitude, width), _ => new(this, amplitude, width));

    /// <summary>Change of content over N_0 by a pulse.</summary>
    /// <param name="u">Content before.</param>
    /// <param name="amplitude">Amplitude [V].</param>
    /// <param name="width">Width [s].</param>
    public double StepAt(double u, double amplitude, double width)
    {
        Span<double> variables = stackalloc double[PulseFamily.MostVariables];
        Family.Place(amplitude, width, variables);
        return Sign * Math.Exp(ChebyshevSeries.Clenshaw(Step.Contract(variables[..Family.Variables]), Place(u)));
    }

    /// <summary>Change of content over N_0 by a pulse at a point of the map.</summary>
    internal double StepAt(ReadOnlySpan<double> point) => Sign * Math.Exp(Step.At(point));

    /// <summary>The point of a pulse: the content, the pulse, the amplitudes of modes, in [-1, 1].</summary>
    /// <returns>False when it is outside of the map.</returns>
    internal bool Place(double u, double amplitude, double width, ReadOnlySpan<double> modes, Span<double> point)
    {
        point[0] = Place(u);
        Family.Place(amplitude, width, point[1..]);
        return u >= Low && u <= High && (Modes is null || Modes.ToBox(u, modes, point[(1 + Family.Variables)..]));
    }

    /// <summary>Puts a device into the state of a content and of amplitudes of modes.</summary>
    internal void Place(Scalar[] state, double u, ReadOnlySpan<double> modes, double? given)
    {
        if (Modes is null)
            Settled.Place(state, u, given);
        else
            Modes.Place(state, u, modes, given);
    }

    /// <summary>u in [-1, 1].</summary>
    internal double Place(double u) => (u - 0.5 * (Low + High)) * (2 / (High - Low));

    /// <summary>The same side by side.</summary>
    internal Vector512<double> Place(Vector512<double> u) => (u - Vector512.Create(0.5 * (Low + High))) * (2 / (High - Low));
}

/// <summary>The map of one pulse on one piece, as functions of the content before it.</summary>
public sealed class MappedPulse
{
    // Coefficients below this do not change a step by what its interpolation leaves out.
    private const double Cut = 1e-12;

    // More than a slope of a piece has extremes; between two of them a turn is found to the last bit.
    private const int SlopeNodes = 256, Halvings = 50;

    private readonly MapPiece _piece;
    private readonly ChebyshevSeries[] _responses;
    private readonly SeriesBank _bank;
    private readonly double[]?[] _turns;
    private CellTable? _cells;

    internal MappedPulse(MapPiece piece, double amplitude, double width)
    {
        _piece = piece;
        ChebyshevSeries step = Contract(piece, piece.Step, amplitude, width);
        Growth = ChebyshevSeries.Of(piece.Low, piece.High, u => Math.Log(1 + piece.Sign * Math.Exp(step.At(u) - u)), 48, Cut);
        _responses = [.. piece.Responses.Select(r => Contract(piece, r.Polynomial, amplitude, width))];
        _bank = new(piece.Low, piece.High, _responses);
        _turns = new double[_responses.Length][];
    }

    /// <summary>Change of u by the pulse, as a function of u before it.</summary>
    public ChebyshevSeries Growth { get; }

    /// <summary>The same for one pulse after the other.</summary>
    internal CellTable GrowthCells => _cells ??= new(Growth);

    /// <summary>Responses at many contents before the pulse.</summary>
    /// <param name="which">Their numbers.</param>
    /// <param name="u">Contents.</param>
    /// <param name="into">Takes the values of each, from the start of its array.</param>
    internal void Respond(ReadOnlySpan<int> which, ReadOnlySpan<double> u, ReadOnlySpan<double[]> into)
    {
        _bank.At(which, u, into);
        for (int r = 0; r < which.Length; r++)
            _piece.Responses[which[r]].ToValues(into[r].AsSpan(0, u.Length));
    }

    /// <summary>Largest value of a response among contents.</summary>
    /// <param name="response">Its number.</param>
    /// <param name="u">Contents, which rise all along or fall all along.</param>
    public double Largest(int response, ReadOnlySpan<double> u)
    {
        double largest = Math.Max(Value(response, u[0]), Value(response, u[^1]));
        foreach (double turn in _turns[response] ??= Turns(_responses[response]))
            if (FirstBeyond(u, turn) is var i && i > 0 && i < u.Length)
                largest = Math.Max(largest, Math.Max(Value(response, u[i - 1]), Value(response, u[i])));
        return largest;
    }

    private double Value(int response, double u)
    {
        Span<double> value = [_responses[response].At(u)];
        _piece.Responses[response].ToValues(value);
        return value[0];
    }

    /// <summary>Number of the first content beyond a place; that of the last and one more where there is none.</summary>
    private static int FirstBeyond(ReadOnlySpan<double> u, double place)
    {
        bool rises = u[^1] > u[0];
        int low = 0, high = u.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = u[middle] > place == rises ? (low, middle) : (middle + 1, high);
        }
        return low;
    }

    /// <summary>Where the slope of a series changes its sign.</summary>
    private static double[] Turns(ChebyshevSeries series)
    {
        ChebyshevSeries slope = series.Derivative();
        double[] nodes = ChebyshevSeries.Nodes(series.Low, series.High, SlopeNodes);
        return
        [
            .. nodes.Zip(nodes.Skip(1)).Where(n => slope.At(n.First) * slope.At(n.Second) < 0).Select(n => Root(slope, n.First, n.Second)),
        ];
    }

    private static double Root(ChebyshevSeries function, double low, double high)
    {
        bool rises = function.At(high) > 0;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = function.At(middle) > 0 == rises ? (low, middle) : (middle, high);
        }
        return low;
    }

    /// <summary>Applies the pulse to many devices at once.</summary>
    /// <param name="u">Contents before; contents after on return. All are within the piece, which callers see to.</param>
    public void Apply(Span<double> u)
    {
        Span<Vector512<double>> x = MemoryMarshal.Cast<double, Vector512<double>>(u);
        int i = 0;
        for (; i + 3 < x.Length; i += 4)
        {
            (Vector512<double> p, Vector512<double> q, Vector512<double> r,
                Vector512<double> s) = Growth.At(x[i], x[i + 1], x[i + 2], x[i + 3]);
            (x[i], x[i + 1], x[i + 2], x[i + 3]) = (x[i] + p, x[i + 1] + q, x[i + 2] + r, x[i + 3] + s);
        }
        for (; i < x.Length; i++)
            x[i] += Growth.At(x[i]);
        for (int k = 8 * x.Length; k < u.Length; k++)
            u[k] += Growth.At(u[k]);
    }

    private static ChebyshevSeries Contract(MapPiece piece, SparsePolynomial polynomial, double amplitude, double width)
    {
        Span<double> variables = stackalloc double[PulseFamily.MostVariables];
        piece.Family.Place(amplitude, width, variables);
        return new(piece.Low, piece.High, polynomial.Contract(variables[..piece.Family.Variables]));
    }
}
