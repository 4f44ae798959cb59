using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Maps;

/// <summary>Bound on the error of the content e^u, carried along pulses.</summary>
/// <remarks>
/// To first order an error e goes on as e' = J e + own, J = d(e^u')/d(e^u). What an interpolant leaves out is a function of content and
/// pulse that changes its sign along a train. Of each term nu of its <see cref="InterpolationRemainder"/>, of which only the largest
/// coefficient c_nu is known, A_nu' = J A_nu + (change of content) h_nu is carried along. Twice the sum of c_nu |A_nu| is the bound,
/// beside the largest that one pulse has had; it is at most what magnitudes add up to. Errors of integration and memory have no sign
/// that is known: their magnitudes add.
/// </remarks>
public sealed class TrainError
{
    private const int Lanes = 8;

    // The product of all slopes is taken out of the sums A before it leaves the range of a double.
    private const double Smallest = 1e-100, Largest = 1e100;

    // The terms after the next ones are not carried along: as much again.
    private const double Terms = 2;

    private readonly List<(MapPiece Piece, double[] Sums)> _groups = [];
    private int _active = -1;
    private double _plain, _interpolation, _largest, _slopes = 1, _others, _own;

    /// <summary>The bound.</summary>
    public double Total => _plain + Math.Min(_interpolation, _largest + Terms * _slopes * (_others + _own));

    /// <summary>Goes on by pulses of one piece.</summary>
    /// <param name="piece">The piece that mapped them.</param>
    /// <param name="slopes">J of each.</param>
    /// <param name="contents">Content before the first and after each.</param>
    /// <param name="memory">What the states before the first of them remember, relative to the change of content.</param>
    /// <param name="terms">h_nu of the remainder: of eight pulses and each term, the values at the eight; then the next eight.</param>
    /// <param name="totals">Takes the bound before the first and after each.</param>
    [MethodImpl(Compilation.HotLoop)]
    internal void Add(
        MapPiece piece, ReadOnlySpan<double> slopes, ReadOnlySpan<double> contents, ReadOnlySpan<double> memory, ReadOnlySpan<double> terms,
        Span<double> totals)
    {
        totals[0] = Total;
        Span<double> sums = Activate(piece);
        ReadOnlySpan<double> sizes = piece.Remainder.Sizes[..sums.Length];
        double errors = piece.Errors.Plain, share = piece.Errors.Interpolation;
        (double plain, double interpolation, double largest, double product) = (_plain, _interpolation, _largest, _slopes);
        for (int i = 0; i < slopes.Length; i++)
        {
            double change = contents[i + 1] - contents[i], magnitude = Math.Abs(change), slope = Math.Abs(slopes[i]);
            plain = Math.FusedMultiplyAdd(slope, plain, (i < memory.Length ? errors + memory[i] : errors) * magnitude);
            interpolation = Math.FusedMultiplyAdd(slope, interpolation, share * magnitude);
            largest = Math.Max(slope * largest, share * magnitude);
            if (slopes[i] < 0)
                Multiply(-1);
            product *= slope;
            if (!(product > Smallest && product < Largest))
            {
                Multiply(product);
                product = 1;
                Refresh(_active);
            }
            double weight = change / product, own = 0;
            int at = i / Lanes * sums.Length * Lanes + i % Lanes;
            for (int n = 0; n < sums.Length; n++, at += Lanes)
            {
                double sum = Math.FusedMultiplyAdd(weight, terms[at], sums[n]);
                sums[n] = sum;
                own = Math.FusedMultiplyAdd(sizes[n], Math.Abs(sum), own);
            }
            totals[i + 1] = plain + Math.Min(interpolation, largest + Terms * product * (_others + own));
        }
        (_plain, _interpolation, _largest, _slopes, _own) = (plain, interpolation, largest, product, Size(_groups[_active]));
    }

    /// <summary>Gives up the signs of what a piece has left out, because it is refined.</summary>
    internal void Settle(MapPiece piece)
    {
        _plain += Terms * _slopes * _groups.Where(g => ReferenceEquals(g.Piece, piece)).Sum(Size);
        _groups.RemoveAll(g => ReferenceEquals(g.Piece, piece));
        Refresh(-1);
    }

    /// <summary>The error as numbers, for a run that goes on with the same pieces.</summary>
    /// <param name="pieces">The pieces of the map, in their order.</param>
    public double[] Save(IReadOnlyList<MapPiece> pieces) =>
    [
        _plain, _interpolation, _largest, _slopes, _active,
        .. _groups.SelectMany(g => (double[])[pieces.Index().First(p => ReferenceEquals(p.Item, g.Piece)).Index, .. g.Sums]),
    ];

    /// <summary>Takes the numbers of <see cref="Save"/>.</summary>
    public void Load(IReadOnlyList<MapPiece> pieces, double[] numbers)
    {
        (_plain, _interpolation, _largest, _slopes) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        _groups.Clear();
        for (int at = 5; at < numbers.Length; at += 1 + _groups[^1].Sums.Length)
        {
            MapPiece piece = pieces[(int)numbers[at]];
            _groups.Add((piece, numbers[(at + 1)..(at + 1 + piece.Remainder.Count)]));
        }
        Refresh((int)numbers[4]);
    }

    private double[] Activate(MapPiece piece)
    {
        if (_active >= 0 && ReferenceEquals(_groups[_active].Piece, piece))
            return _groups[_active].Sums;
        int place = _groups.FindIndex(g => ReferenceEquals(g.Piece, piece));
        if (place < 0)
        {
            place = _groups.Count;
            _groups.Add((piece, new double[piece.Remainder.Count]));
        }
        Refresh(place);
        return _groups[place].Sums;
    }

    /// <summary>Adds up what the groups come to.</summary>
    private void Refresh(int active)
    {
        (_active, _others, _own) = (active, 0, active < 0 ? 0 : Size(_groups[active]));
        for (int i = 0; i < _groups.Count; i++)
            if (i != active)
                _others += Size(_groups[i]);
    }

    private static double Size((MapPiece Piece, double[] Sums) group)
    {
        ReadOnlySpan<double> sizes = group.Piece.Remainder.Sizes;
        double sum = 0;
        for (int n = 0; n < sizes.Length; n++)
            sum = Math.FusedMultiplyAdd(sizes[n], Math.Abs(group.Sums[n]), sum);
        return sum;
    }

    private void Multiply(double factor)
    {
        foreach ((_, double[] sums) in _groups)
            for (int n = 0; n < sums.Length; n++)
                sums[n] *= factor;
    }
}
