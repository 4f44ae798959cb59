using System.Runtime.Intrinsics;

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

    /// <summary>h_nu of each term at eight points.</summary>
    /// <param name="point">The variables of the points, in [-1, 1].</param>
    /// <param name="values">Takes a number of each term.</param>
    /// <param name="own">Room for <see cref="LejaNodes.Count"/> numbers.</param>
    internal void At(ReadOnlySpan<Vector512<double>> point, Span<Vector512<double>> values, Span<Vector512<double>> own)
    {
        ReadOnlySpan<double> nodes = LejaNodes.All;
        values[.._sizes.Length].Fill(Vector512<double>.One);
        for (int d = 0; d < _most.Length; d++)
        {
            Vector512<double> product = own[0] = Vector512<double>.One;
            for (int k = 1; k <= _most[d]; k++)
            {
                product *= point[d] - Vector512.Create(nodes[k - 1]);
                own[k] = product * Vector512.Create(LejaNodes.Scale(k));
            }
            for (int n = 0; n < _sizes.Length; n++)
                values[n] *= own[_indices[n][d]];
        }
    }
}
