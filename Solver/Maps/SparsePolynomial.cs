using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Maps;

/// <summary>A polynomial of several variables on a box, as sums of products of Chebyshev polynomials.</summary>
/// <remarks>The first variable is the content, along which it is contracted last.</remarks>
public sealed class SparsePolynomial
{
    // Coefficients along the first variable go by fours, which are summed side by side.
    private const int Group = 4;

    private readonly (int[] Outer, double[] Row)[] _rows;
    private readonly double[] _grouped;
    private readonly int[] _reach;
    private readonly int _degree;

    private SparsePolynomial((int[] Outer, double[] Row)[] rows)
    {
        Count = Math.Max(1, rows.Max(Length));
        _rows = [.. rows.OrderByDescending(Length)];
        int groups = (Count + Group - 1) / Group;
        Width = groups * Group;
        _reach = [.. Enumerable.Range(0, groups).Select(g => _rows.Count(r => Length(r) > g * Group))];
        _grouped = new double[_rows.Length * Width];
        for (int k = 0; k < Count; k++)
            for (int r = 0; r < _rows.Length; r++)
                if (k < _rows[r].Row.Length)
                    _grouped[(k / Group * _rows.Length + r) * Group + k % Group] = _rows[r].Row[k];
        _degree = rows.Max(r => r.Outer.DefaultIfEmpty(0).Max());
    }

    private static int Length((int[] Outer, double[] Row) row) => 1 + Array.FindLastIndex(row.Row, c => c != 0);

    /// <summary>Largest number of coefficients along the first variable.</summary>
    public int Count { get; }

    /// <summary>The same, with zeros that fill the last group.</summary>
    public int Width { get; }

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
        return new([.. rows]);
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

    /// <summary>A sum of polynomials on the same box, each times a weight.</summary>
    internal static SparsePolynomial Sum(double[] weights, IEnumerable<SparsePolynomial> terms)
    {
        var rows = new SortedDictionary<string, (int[] Outer, double[] Row)>(StringComparer.Ordinal);
        foreach ((double weight, SparsePolynomial term) in weights.Zip(terms))
            foreach ((int[] outer, double[] row) in term._rows)
                Add(rows, outer, row, weight);
        return new([.. rows.Values]);
    }

    /// <summary>Sum of the magnitudes of its coefficients: no value on the box is larger.</summary>
    internal double Magnitude => _rows.Sum(r => r.Row.Sum(Math.Abs));

    /// <summary>Value of h_nu at a point.</summary>
    internal static double Product(int[] index, double[] point)
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
            Add(rows, outer, LejaNodes.Basis(index[0]), factor);
            int at = 0;
            while (at < outer.Length && ++outer[at] > index[at + 1])
                outer[at++] = 0;
            if (at == outer.Length)
                return;
        }
    }

    /// <summary>Adds factor times a row.</summary>
    private static void Add(
        SortedDictionary<string, (int[] Outer, double[] Row)> rows, int[] outer, ReadOnlySpan<double> added, double factor)
    {
        string key = string.Join(',', outer.Select(k => k.ToString("d3", CultureInfo.InvariantCulture)));
        double[] row = rows.TryGetValue(key, out (int[] Outer, double[] Row) old) ? old.Row : [];
        if (row.Length < added.Length)
            Array.Resize(ref row, added.Length);
        for (int k = 0; k < added.Length; k++)
            row[k] += factor * added[k];
        rows[key] = ([.. outer], row);
    }

    /// <summary>Coefficients along the first variable with the others fixed.</summary>
    /// <param name="others">The other variables, in [-1, 1].</param>
    public double[] Contract(ReadOnlySpan<double> others)
    {
        Span<Vector512<double>> all = stackalloc Vector512<double>[others.Length], sums = stackalloc Vector512<double>[Width];
        for (int d = 0; d < others.Length; d++)
            all[d] = Vector512.Create(others[d]);
        Contract(all, sums);
        var coefficients = new double[Count];
        for (int k = 0; k < Count; k++)
            coefficients[k] = sums[k].ToScalar();
        return coefficients;
    }

    /// <summary>Value at a point in [-1, 1]^d.</summary>
    public double At(ReadOnlySpan<double> point) => ChebyshevSeries.Clenshaw(Contract(point[1..]), point[0]);

    /// <summary>The same for eight points side by side.</summary>
    /// <param name="others">The other variables of each.</param>
    /// <param name="coefficients">Takes the coefficients; <see cref="Width"/> of them.</param>
    internal void Contract(ReadOnlySpan<Vector512<double>> others, Span<Vector512<double>> coefficients)
    {
        int count = _degree + 1;
        Span<Vector512<double>> terms = stackalloc Vector512<double>[others.Length * count];
        Span<Vector512<double>> factors = stackalloc Vector512<double>[_rows.Length];
        for (int d = 0; d < others.Length; d++)
        {
            Span<Vector512<double>> t = terms.Slice(d * count, count);
            t[0] = Vector512<double>.One;
            for (int k = 1; k < count; k++)
                t[k] = k == 1 ? others[d] : 2 * others[d] * t[k - 1] - t[k - 2];
        }
        for (int r = 0; r < _rows.Length; r++)
        {
            int[] outer = _rows[r].Outer;
            Vector512<double> factor = Vector512<double>.One;
            for (int d = 0; d < outer.Length; d++)
                factor *= terms[d * count + outer[d]];
            factors[r] = factor;
        }
        for (int g = 0; g < _reach.Length; g++)
        {
            ReadOnlySpan<double> own = _grouped.AsSpan(g * _rows.Length * Group, _reach[g] * Group);
            Vector512<double> p = Vector512<double>.Zero, q = p, r = p, s = p;
            for (int i = 0; i + Group <= own.Length; i += Group)
            {
                Vector512<double> factor = factors[i / Group];
                p = Vector512.FusedMultiplyAdd(factor, Vector512.Create(own[i]), p);
                q = Vector512.FusedMultiplyAdd(factor, Vector512.Create(own[i + 1]), q);
                r = Vector512.FusedMultiplyAdd(factor, Vector512.Create(own[i + 2]), r);
                s = Vector512.FusedMultiplyAdd(factor, Vector512.Create(own[i + 3]), s);
            }
            (coefficients[g * Group], coefficients[g * Group + 1], coefficients[g * Group + 2], coefficients[g * Group + 3]) = (p, q, r, s);
        }
    }

    /// <summary>Values at many points, and slopes along the first variable.</summary>
    /// <param name="points">The variables, one after the other: each at all points. Whole vectors of points.</param>
    /// <param name="values">Takes the values.</param>
    /// <param name="slopes">Takes the slopes; empty where none are wanted.</param>
    internal void At(ReadOnlySpan<double> points, Span<double> values, Span<double> slopes)
    {
        int count = values.Length / Vector512<double>.Count;
        ReadOnlySpan<Vector512<double>> x = MemoryMarshal.Cast<double, Vector512<double>>(points);
        Span<Vector512<double>> y = MemoryMarshal.Cast<double, Vector512<double>>(values);
        Span<Vector512<double>> z = MemoryMarshal.Cast<double, Vector512<double>>(slopes);
        Span<Vector512<double>> others = stackalloc Vector512<double>[points.Length / values.Length - 1];
        Span<Vector512<double>> c = stackalloc Vector512<double>[Width];
        for (int i = 0; i < count; i++)
        {
            for (int d = 0; d < others.Length; d++)
                others[d] = x[(d + 1) * count + i];
            Contract(others, c);
            y[i] = ChebyshevSeries.Clenshaw(c, x[i]);
            if (z.Length > 0)
                z[i] = ChebyshevSeries.Slope(c, x[i]);
        }
    }
}
