using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Maps;

/// <summary>A polynomial of several variables on a box, as sums of products of Chebyshev polynomials.</summary>
/// <remarks>The first variable is the content, along which it is contracted last.</remarks>
public sealed class SparsePolynomial
{
    private readonly (int[] Outer, double[] Row)[] _rows;
    private readonly double[] _flat;
    private readonly int _degree;

    private SparsePolynomial((int[] Outer, double[] Row)[] rows)
    {
        Count = rows.Max(r => 1 + Array.FindLastIndex(r.Row, c => c != 0));
        Count = Math.Max(Count, 1);
        _rows = rows;
        // Whole vectors: zeros at the end cost less than a loop over what does not fill one.
        Width = (Count + 7) / 8 * 8;
        _flat = new double[rows.Length * Width];
        for (int r = 0; r < rows.Length; r++)
            rows[r].Row.AsSpan(0, Math.Min(Count, rows[r].Row.Length)).CopyTo(_flat.AsSpan(r * Width));
        _degree = rows.Max(r => r.Outer.DefaultIfEmpty(0).Max());
    }

    /// <summary>Rows: indices of all variables but the first, and coefficients along the first.</summary>
    public IReadOnlyList<(int[] Outer, double[] Row)> Rows => _rows;

    /// <summary>Largest number of coefficients along the first variable.</summary>
    public int Count { get; }

    /// <summary>The same, with zeros that fill the last vector.</summary>
    public int Width { get; }

    /// <summary>A polynomial from its rows.</summary>
    public static SparsePolynomial FromRows(IEnumerable<(int[] Outer, double[] Row)> rows) => new([.. rows]);

    /// <summary>All rows as numbers: the outer indices of each, the number of its coefficients, and these.</summary>
    internal double[] ToNumbers() => [.. _rows.SelectMany(r => (double[])[.. r.Outer, r.Row.Length, .. r.Row])];

    /// <summary>A polynomial from <see cref="ToNumbers"/>.</summary>
    internal static SparsePolynomial FromNumbers(double[] numbers, int outer)
    {
        var rows = new List<(int[] Outer, double[] Row)>();
        for (int i = 0; i < numbers.Length;)
        {
            int[] indices = [.. numbers.AsSpan(i, outer).ToArray().Select(x => (int)x)];
            int length = (int)numbers[i + outer];
            rows.Add((indices, numbers.AsSpan(i + outer + 1, length).ToArray()));
            i += outer + 1 + length;
        }
        return FromRows(rows);
    }

    /// <summary>The interpolant of values at the points of a set of indices, and how far each point
    /// was from the interpolant before it.</summary>
    internal static SparsePolynomial Through(IReadOnlyList<int[]> indices, ReadOnlySpan<double> values, out double[] surpluses)
    {
        surpluses = new double[indices.Count];
        var rows = new SortedDictionary<string, (int[] Outer, double[] Row)>(StringComparer.Ordinal);
        for (int n = 0; n < indices.Count; n++)
        {
            double[] point = SparseIndexSet.Point(indices[n]);
            double surplus = values[n];
            for (int m = 0; m < n; m++)
                surplus -= surpluses[m] * Product(indices[m], point);
            surpluses[n] = surplus;
            Spread(rows, indices[n], surplus);
        }
        return new([.. rows.Values]);
    }

    /// <summary>Value of h_nu at a point.</summary>
    private static double Product(int[] index, double[] point)
    {
        double product = 1;
        for (int d = 0; d < index.Length && product != 0; d++)
            for (int i = 0; i < index[d]; i++)
                product *= (point[d] - LejaNodes.All[i]) / (LejaNodes.All[index[d]] - LejaNodes.All[i]);
        return product;
    }

    /// <summary>Adds surplus times h_nu in terms of Chebyshev polynomials.</summary>
    private static void Spread(SortedDictionary<string, (int[] Outer, double[] Row)> rows, int[] index, double surplus)
    {
        int[] outer = new int[index.Length - 1];
        while (true)
        {
            double factor = surplus;
            for (int d = 0; d < outer.Length; d++)
                factor *= LejaNodes.Basis(index[d + 1])[outer[d]];
            string key = string.Join(',', outer.Select(k => k.ToString("d3", CultureInfo.InvariantCulture)));
            ReadOnlySpan<double> basis = LejaNodes.Basis(index[0]);
            double[] row = rows.TryGetValue(key, out (int[] Outer, double[] Row) old) ? old.Row : [];
            if (row.Length < basis.Length)
                Array.Resize(ref row, basis.Length);
            for (int k = 0; k < basis.Length; k++)
                row[k] += factor * basis[k];
            rows[key] = ([.. outer], row);
            int at = 0;
            while (at < outer.Length && ++outer[at] > index[at + 1])
                outer[at++] = 0;
            if (at == outer.Length)
                return;
        }
    }

    /// <summary>Coefficients along the first variable with the others fixed.</summary>
    /// <param name="others">The other variables, in [-1, 1].</param>
    /// <param name="coefficients">Takes them; at least <see cref="Width"/>.</param>
    public void Contract(ReadOnlySpan<double> others, Span<double> coefficients)
    {
        int count = _degree + 1;
        Span<double> terms = stackalloc double[others.Length * count];
        for (int d = 0; d < others.Length; d++)
        {
            Span<double> t = terms.Slice(d * count, count);
            t[0] = 1;
            for (int k = 1; k < count; k++)
                t[k] = k == 1 ? others[d] : 2 * others[d] * t[k - 1] - t[k - 2];
        }
        Span<double> factors = stackalloc double[_rows.Length];
        for (int r = 0; r < _rows.Length; r++)
        {
            int[] outer = _rows[r].Outer;
            double factor = 1;
            for (int d = 0; d < outer.Length; d++)
                factor *= terms[d * count + outer[d]];
            factors[r] = factor;
        }
        ReadOnlySpan<Vector512<double>> flat = MemoryMarshal.Cast<double, Vector512<double>>(_flat);
        Span<Vector512<double>> sums = MemoryMarshal.Cast<double, Vector512<double>>(coefficients[..Width]);
        for (int g = 0; g < sums.Length; g++)
        {
            Vector512<double> sum = Vector512<double>.Zero;
            for (int r = 0, at = g; r < factors.Length; r++, at += sums.Length)
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(factors[r]), flat[at], sum);
            sums[g] = sum;
        }
    }
}
