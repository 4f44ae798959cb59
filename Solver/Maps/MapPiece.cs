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

    // More than a slope of a piece has extremes.
    private const int SlopeNodes = 256;

    private readonly MapPiece _piece;
    private readonly ChebyshevSeries[] _responses;
    private readonly bool?[] _isMonotonic;
    private CellTable? _cells;

    internal MappedPulse(MapPiece piece, double amplitude, double width)
    {
        _piece = piece;
        ChebyshevSeries step = Contract(piece, piece.Step, amplitude, width);
        Growth = ChebyshevSeries.Of(piece.Low, piece.High, u => Math.Log(1 + piece.Sign * Math.Exp(step.At(u) - u)), 48, Cut);
        GrowthSlope = Growth.Derivative();
        _responses = [.. piece.Responses.Select(r => Contract(piece, r.Polynomial, amplitude, width))];
        _isMonotonic = new bool?[_responses.Length];
    }

    /// <summary>Change of u by the pulse, as a function of u before it.</summary>
    public ChebyshevSeries Growth { get; }

    /// <summary>The same for one pulse after the other.</summary>
    internal CellTable GrowthCells => _cells ??= new(Growth);

    /// <summary>Its derivative.</summary>
    public ChebyshevSeries GrowthSlope { get; }

    /// <summary>A response at many contents before the pulse.</summary>
    public void Respond(int response, ReadOnlySpan<double> u, Span<double> values)
    {
        _responses[response].At(u, values);
        _piece.Responses[response].ToValues(values[..u.Length]);
    }

    /// <summary>Largest value of a response among contents that rise or fall.</summary>
    /// <param name="response">Its number.</param>
    /// <param name="u">Contents, each beyond the one before.</param>
    /// <param name="work">As many numbers, and at least two.</param>
    public double Largest(int response, ReadOnlySpan<double> u, Span<double> work)
    {
        if (_isMonotonic[response] ??= IsMonotonic(_responses[response]))
        {
            ReadOnlySpan<double> ends = [u[0], u[^1]];
            Respond(response, ends, work);
            return Math.Max(work[0], work[1]);
        }
        Respond(response, u, work);
        double largest = double.NegativeInfinity;
        foreach (double x in work[..u.Length])
            largest = Math.Max(largest, x);
        return largest;
    }

    private static bool IsMonotonic(ChebyshevSeries series)
    {
        ChebyshevSeries slope = series.Derivative();
        int[] signs = [.. ChebyshevSeries.Nodes(series.Low, series.High, SlopeNodes).Select(u => Math.Sign(slope.At(u)))];
        return signs.Min() >= 0 || signs.Max() <= 0;
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
