using FvSolver.Solver.LinearAlgebra;

namespace FvSolver.Tests.LinearAlgebra;

/// <summary>Matrices of a grid of nodes with several unknowns each, and what a solver must return for them.</summary>
public sealed class GridSystem
{
    private readonly double[] _values;

    private GridSystem(SparsityPattern pattern, double[] values) => (Pattern, _values) = (pattern, values);

    public SparsityPattern Pattern { get; }

    public int Size => Pattern.Size;

    public double this[int entry]
    {
        get => _values[entry];
        set => _values[entry] = value;
    }

    /// <summary>Random and diagonally dominant, all unknowns of neighbouring nodes coupled.</summary>
    public static GridSystem Dominant(int columns, int rows, int unknowns, int seed)
    {
        var random = new Random(seed);
        var entries = new SortedDictionary<(int, int), double>();
        ForNeighbours(columns, rows, (a, b) =>
        {
            for (int u = 0; u < unknowns; u++)
                for (int v = 0; v < unknowns; v++)
                    entries[(a * unknowns + u, b * unknowns + v)] = random.NextDouble() - 0.5;
        });
        int n = columns * rows * unknowns;
        for (int i = 0; i < n; i++)
            entries[(i, i)] = 5 * unknowns * (random.Next(2) == 0 ? -1 : 1);
        return Make(entries, [.. Enumerable.Range(0, n).Select(i => i / unknowns / rows)], [.. Enumerable.Repeat(1.0, n)]);
    }

    /// <summary>
    /// Potential [V], protons [m^-3] and a local coverage [1]: Poisson rows without time derivative, drift-diffusion rows
    /// with up to 25 decades between the unknowns; optionally a gate voltage with a balance over the first row of nodes.
    /// </summary>
    public static GridSystem DriftDiffusion(int columns, int rows, bool gate, int seed)
    {
        const int unknowns = 3;
        const double density = 4e25, charge = 1.6e-19, permittivity = 3.5e-11, h = 2e-10, exchange = 1e9;
        var random = new Random(seed);
        var entries = new SortedDictionary<(int, int), double>();
        int nodes = columns * rows, n = unknowns * nodes + (gate ? 1 : 0), last = n - 1;
        void Add(int i, int j, double value) => entries[(i, j)] = entries.GetValueOrDefault((i, j)) + value;
        ForNeighbours(columns, rows, (a, b) =>
        {
            int phi = unknowns * a, proton = phi + 1, theta = phi + 2, phiB = unknowns * b, protonB = phiB + 1;
            if (a == b)
            {
                Add(phi, phi, 1e-4 * permittivity / (h * h));
                Add(phi, proton, -charge);
                Add(proton, proton, 1e10);
                Add(theta, theta, exchange);
                Add(theta, proton, -exchange / density * random.NextDouble());
                Add(proton, theta, -exchange * density * 1e-3);
                return;
            }
            double g = permittivity / (h * h), k = 1e12 * (0.5 + random.NextDouble()), drift = 20 * (random.NextDouble() - 0.5);
            Add(phi, phi, g);
            Add(phi, phiB, -g);
            Add(proton, proton, k * Math.Exp(drift / 2));
            Add(proton, protonB, -k * Math.Exp(-drift / 2));
            Add(proton, phi, k * density * 39);
            Add(proton, phiB, -k * density * 39);
        });
        if (gate)
        {
            Add(last, last, 1e-15);
            for (int c = 0; c < columns; c++)
            {
                int phi = unknowns * c * rows;
                Add(phi, last, -permittivity / (h * h));
                Add(phi, phi, permittivity / (h * h));
                Add(last, phi, -1e-16);
                Add(last, last, 1e-16);
            }
        }
        var level = new int[n];
        var scale = new double[n];
        for (int i = 0; i < n; i++)
            (level[i], scale[i]) = gate && i == last ? (-1, 10) : (i / unknowns / rows, i % unknowns == 1 ? density : 1);
        return Make(entries, level, scale);
    }

    /// <summary>The same entries with other levels.</summary>
    public GridSystem WithLevels(int[] level) => new(Pattern with { Level = level }, _values);

    /// <summary>Writes the values into a solver.</summary>
    public void Load(ILinearSolver<double> solver)
    {
        for (int k = 0; k < _values.Length; k++)
            solver.Values[solver.Slot(Pattern.Rows[k], Pattern.Columns[k])] = _values[k];
    }

    /// <summary>The matrix times a vector.</summary>
    public double[] Times(double[] x)
    {
        var b = new double[Size];
        for (int k = 0; k < _values.Length; k++)
            b[Pattern.Rows[k]] += _values[k] * x[Pattern.Columns[k]];
        return b;
    }

    /// <summary>Solution by dense elimination with complete scaling, in extended steps of refinement.</summary>
    public double[] DenseSolution(double[] b)
    {
        int n = Size;
        var a = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, n);
        for (int k = 0; k < _values.Length; k++)
            a[Pattern.Rows[k], Pattern.Columns[k]] += _values[k] * Pattern.Scale[Pattern.Columns[k]];
        var rhs = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(b);
        for (int i = 0; i < n; i++)
        {
            double size = a.Row(i).AbsoluteMaximum();
            a.SetRow(i, a.Row(i) / size);
            rhs[i] /= size;
        }
        var lu = a.LU();
        var y = lu.Solve(rhs);
        y += lu.Solve(rhs - a * y);
        return [.. y.Select((v, i) => v * Pattern.Scale[i])];
    }

    /// <summary>A vector with every unknown of its natural size.</summary>
    public double[] NaturalVector(int seed)
    {
        var random = new Random(seed);
        return [.. Pattern.Scale.Select(s => s * (0.5 + random.NextDouble()))];
    }

    /// <summary>Largest difference of two vectors in natural sizes.</summary>
    public double Difference(double[] x, double[] y) =>
        Enumerable.Range(0, Size).Max(i => Math.Abs(x[i] - y[i]) / Pattern.Scale[i]);

    private static GridSystem Make(SortedDictionary<(int Row, int Column), double> entries, int[] level, double[] scale) => new(
        new SparsityPattern(level.Length, [.. entries.Keys.Select(k => k.Row)], [.. entries.Keys.Select(k => k.Column)], level, scale),
        [.. entries.Values]);

    private static void ForNeighbours(int columns, int rows, Action<int, int> visit)
    {
        for (int c = 0; c < columns; c++)
            for (int r = 0; r < rows; r++)
            {
                int a = c * rows + r;
                visit(a, a);
                if (r > 0)
                    visit(a, a - 1);
                if (r + 1 < rows)
                    visit(a, a + 1);
                if (c > 0)
                    visit(a, a - rows);
                if (c + 1 < columns)
                    visit(a, a + rows);
            }
    }
}
