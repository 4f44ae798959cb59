using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Maps;

/// <summary>Bound on the error of the content e^u, carried along pulses.</summary>
/// <remarks>
/// To first order an error e goes on as e' = J e + own, J = d(e^u')/d(e^u). What an interpolant leaves out is a function of content and
/// pulse that changes its sign along a train. Of each term nu of its <see cref="InterpolationRemainder"/>, of which only the largest
/// coefficient c_nu is known, A_nu' = J A_nu + (change of content) h_nu is carried along. Twice the sum of c_nu |A_nu| is the bound,
/// beside the largest that one pulse has had; it is at most what magnitudes add up to. Errors of integration and memory have no sign
/// that is known: their magnitudes add. With the product P of all slopes taken out, each is a sum of what came before, P_k sum over i up
/// to k of own_i/P_i, for which no pulse has to wait for the one before: four go together, by sums that are built up in two steps.
/// </remarks>
public sealed class TrainError
{
    /// <summary>Pulses in which what the first state remembers is forgotten.</summary>
    internal const int Forgetful = 8;

    private const int Lanes = 4;

    // The product of all slopes is put into the sums A before it leaves the range of a double.
    private const double Smallest = 1e-100, Largest = 1e100;

    // The terms after the next ones are not carried along: as much again.
    private const double Terms = 2;

    private readonly List<(MapPiece Piece, double[] Sums)> _groups = [];
    private int _active = -1;
    private double _plain, _interpolation, _largest, _slopes = 1, _others, _own;

    /// <summary>The bound.</summary>
    public double Total => _plain + Math.Min(_interpolation, _largest + Terms * Math.Abs(_slopes) * (_others + _own));

    /// <summary>Goes on by pulses of one piece.</summary>
    /// <param name="piece">The piece that mapped them.</param>
    /// <param name="count">Pulses; the arrays have room for three more.</param>
    /// <param name="slopes">J of each.</param>
    /// <param name="contents">Content before the first and after each.</param>
    /// <param name="memory">What the states before the first <see cref="Forgetful"/> remember, relative to the change of content.</param>
    /// <param name="terms">h_nu of each term of the remainder at each pulse.</param>
    /// <param name="totals">Takes the bound before the first and after each.</param>
    [MethodImpl(Compilation.HotLoop)]
    internal void Add(
        MapPiece piece, int count, ref double slopes, ref double contents, double memory, double[][] terms, ref double totals)
    {
        totals = Total;
        double[] sums = Activate(piece);
        ReadOnlySpan<double> sizes = piece.Remainder.Sizes[..sums.Length];
        Vector256<double> one = Vector256<double>.One, least = Vector256.Create(Smallest), most = Vector256.Create(Largest);
        double product = _slopes, scale = Math.Abs(product);
        Vector256<double> plain = Vector256.Create(_plain / scale), interpolation = Vector256.Create(_interpolation / scale),
            largest = Vector256.Create(_largest / scale), share = Vector256.Create(piece.Errors.Interpolation);
        for (int i = 0, own; i < count; i += own)
        {
            own = Math.Min(Lanes, count - i);
            ref double content = ref Unsafe.Add(ref contents, i);
            Vector256<double> isOwn = First(own), slope = Vector256.LoadUnsafe(ref Unsafe.Add(ref slopes, i)),
                change = Vector256.LoadUnsafe(ref content, 1) - Vector256.LoadUnsafe(ref content),
                products = Products(Vector256.ConditionalSelect(isOwn, slope, one)) * product, magnitudes = Vector256.Abs(products);
            if (!(Vector256.LessThanAll(least, magnitudes) && Vector256.LessThanAll(magnitudes, most)))
            {
                product *= slope.ToScalar();
                Multiply(product);
                plain *= Math.Abs(product);
                interpolation *= Math.Abs(product);
                largest *= Math.Abs(product);
                Refresh(_active);
                (own, isOwn, products, magnitudes) = (1, First(1), one, one);
            }
            Vector256<double> weight = (change & isOwn) / products, magnitude = Vector256.Abs(weight), all = Sums(magnitude),
                left = Vector256.Create(_others),
                errors = Vector256.Create(i < Forgetful ? piece.Errors.Plain + memory : piece.Errors.Plain);
            for (int n = 0; n < sums.Length; n++)
            {
                Vector256<double> sum = Sums(weight * Vector256.LoadUnsafe(ref terms[n][i])) + Vector256.Create(sums[n]);
                sums[n] = sum.GetElement(Lanes - 1);
                left = Vector256.FusedMultiplyAdd(Vector256.Create(sizes[n]), Vector256.Abs(sum), left);
            }
            plain = Vector256.FusedMultiplyAdd(errors, all, plain);
            interpolation = Vector256.FusedMultiplyAdd(share, all, interpolation);
            largest = Vector256.MaxNative(largest, share * Largests(magnitude));
            (magnitudes * (plain + Vector256.MinNative(interpolation, Vector256.FusedMultiplyAdd(Vector256.Create(Terms), left, largest))))
                .StoreUnsafe(ref totals, (nuint)i + 1);
            product = products.GetElement(Lanes - 1);
            (plain, interpolation, largest) = (Last(plain), Last(interpolation), Last(largest));
        }
        scale = Math.Abs(product);
        (_plain, _interpolation, _largest) = (scale * plain.ToScalar(), scale * interpolation.ToScalar(), scale * largest.ToScalar());
        (_slopes, _own) = (product, Size(_groups[_active]));
    }

    /// <summary>Gives up the signs of what a piece has left out, because it is refined.</summary>
    internal void Settle(MapPiece piece)
    {
        _plain += Terms * Math.Abs(_slopes) * _groups.Where(g => ReferenceEquals(g.Piece, piece)).Sum(Size);
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

    /// <summary>All bits in the first lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> First(int lanes) =>
        Vector256.LessThan(Vector256.Create(0.0, 1, 2, 3), Vector256.Create((double)lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Last(Vector256<double> x) => Vector256.Shuffle(x, Vector256.Create(3L, 3, 3, 3));

    // The lanes moved on by one and by two places; zeros come in.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Next(Vector256<double> x) => Vector256.Shuffle(x, Vector256.Create(-1L, 0, 1, 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> NextButOne(Vector256<double> x) => Vector256.Shuffle(x, Vector256.Create(-1L, -1, 0, 1));

    /// <summary>In each lane the sum up to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Sums(Vector256<double> x)
    {
        x += Next(x);
        return x + NextButOne(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Products(Vector256<double> x)
    {
        x *= Next(x) + Vector256.Create(1.0, 0, 0, 0);
        return x * (NextButOne(x) + Vector256.Create(1.0, 1, 0, 0));
    }

    /// <summary>In each lane the largest up to it, of what is not negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Largests(Vector256<double> x)
    {
        x = Vector256.MaxNative(x, Next(x));
        return Vector256.MaxNative(x, NextButOne(x));
    }
}
