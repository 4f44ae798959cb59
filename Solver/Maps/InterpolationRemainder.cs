using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Maps;

/// <summary>What the interpolant of a piece leaves out, as the terms that would come next: products h_nu of polynomials, each with the
/// largest coefficient that it is taken to have.</summary>
public sealed class InterpolationRemainder
{
    private readonly int[][] _indices;
    private readonly double[] _sizes;
    private readonly int[] _most;

    /// <summary>A remainder of terms.</summary>
    /// <param name="indices">Index nu of each.</param>
    /// <param name="sizes">Largest magnitude of its coefficient, relative to a step.</param>
    public InterpolationRemainder(int[][] indices, double[] sizes)
    {
        (_indices, _sizes) = (indices, sizes);
        _most = [.. Enumerable.Range(0, indices.Length == 0 ? 0 : indices[0].Length).Select(d => indices.Max(i => i[d]))];
    }

    /// <summary>Terms.</summary>
    public int Count => _sizes.Length;

    /// <summary>Largest magnitude of the coefficient of each term.</summary>
    public ReadOnlySpan<double> Sizes => _sizes;

    /// <summary>All terms as numbers: of each its index, then its size.</summary>
    internal double[] ToNumbers() => [.. _indices.Zip(_sizes).SelectMany(t => (double[])[.. t.First, t.Second])];

    /// <summary>A remainder from <see cref="ToNumbers"/>.</summary>
    internal static InterpolationRemainder FromNumbers(double[] numbers, int dimensions)
    {
        double[][] terms = [.. numbers.Chunk(dimensions + 1)];
        return new([.. terms.Select(t => t[..dimensions].Select(x => (int)x).ToArray())], [.. terms.Select(t => t[dimensions])]);
    }

    /// <summary>What a sum of interpolants leaves out, each times a weight, and a share of any shape beside it.</summary>
    /// <param name="weights">Magnitude of each weight.</param>
    /// <param name="remainders">What each leaves out.</param>
    /// <param name="share">Largest magnitude of the share, relative to a step. It is taken for a constant: all pulses of a piece go one
    /// way, so that no other shape of that magnitude adds up to more.</param>
    internal static InterpolationRemainder Sum(double[] weights, IReadOnlyList<InterpolationRemainder> remainders, double share)
    {
        (int[] Index, double Size)[] terms =
        [
            (new int[remainders[0]._most.Length], share),
            .. weights.Zip(remainders).SelectMany(r => r.Second._indices.Zip(r.Second._sizes, (i, s) => (i, r.First * s))),
        ];
        var merged = terms.GroupBy(t => string.Join(',', t.Index)).Select(g => (g.First().Index, Size: g.Sum(t => t.Size))).ToArray();
        return new([.. merged.Select(t => t.Index)], [.. merged.Select(t => t.Size)]);
    }

    /// <summary>h_nu of each term at pulses that differ in the content before them alone.</summary>
    /// <param name="piece">The piece that they are on.</param>
    /// <param name="u">Content before each, and what fills a vector.</param>
    /// <param name="others">Their other variables, in [-1, 1].</param>
    /// <param name="values">Takes the values of each term, eight at a time, from the start of its array.</param>
    [MethodImpl(Compilation.HotLoop)]
    internal void At(MapPiece piece, ReadOnlySpan<double> u, ReadOnlySpan<double> others, double[][] values)
    {
        ReadOnlySpan<double> nodes = LejaNodes.All;
        Span<double> factors = stackalloc double[_sizes.Length], powers = stackalloc double[LejaNodes.Count];
        for (int n = 0; n < factors.Length; n++)
            factors[n] = LejaNodes.Scale(_indices[n][0]);
        for (int d = 1; d < _most.Length; d++)
        {
            powers[0] = 1;
            for (int k = 1; k <= _most[d]; k++)
                powers[k] = powers[k - 1] * (others[d - 1] - nodes[k - 1]);
            for (int n = 0; n < factors.Length; n++)
                factors[n] *= powers[_indices[n][d]] * LejaNodes.Scale(_indices[n][d]);
        }
        Span<Vector512<double>> products = stackalloc Vector512<double>[_most.Length == 0 ? 0 : _most[0] + 1];
        for (int i = 0; i < u.Length; i += Vector512<double>.Count)
        {
            Vector512<double> point = piece.Place(Vector512.LoadUnsafe(in u[i])), product = Vector512<double>.One;
            for (int k = 0; k < products.Length; k++)
            {
                products[k] = product;
                product *= point - Vector512.Create(nodes[k]);
            }
            for (int n = 0; n < factors.Length; n++)
                (products[_indices[n][0]] * factors[n]).StoreUnsafe(ref values[n][i]);
        }
    }
}
