using FvSolver.Mesh;
using FvSolver.Solver.LinearAlgebra;

namespace FvSolver.Tests.Mesh;

/// <summary>-div grad u = f on a mesh, with u given on the boundary and regions joined at their interfaces.</summary>
internal sealed class LaplaceProblem
{
    private readonly ControlVolumeMesh _mesh;
    private readonly int[] _unknown;
    private readonly bool[] _given;

    public LaplaceProblem(ControlVolumeMesh mesh, Func<BoundaryFace, bool>? isGiven = null)
    {
        _mesh = mesh;
        // Nodes that coincide or face each other are one unknown.
        _unknown = [.. Enumerable.Range(0, mesh.NodeCount)];
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (Interface i in mesh.Interfaces)
            {
                int least = Math.Min(_unknown[i.First], _unknown[i.Second]);
                changed |= _unknown[i.First] != least || _unknown[i.Second] != least;
                _unknown[i.First] = _unknown[i.Second] = least;
            }
        }
        _given = new bool[mesh.NodeCount];
        foreach (BoundaryFace b in mesh.Boundaries)
            if (isGiven?.Invoke(b) ?? true)
                _given[_unknown[b.Node]] = true;
    }

    /// <summary>Largest flux out of an inner unknown over the sum of the sizes of its fluxes.</summary>
    public double LargestImbalance(Func<double, double, double> u)
    {
        var net = new double[_mesh.NodeCount];
        var gross = new double[_mesh.NodeCount];
        for (int e = 0; e < _mesh.EdgeCount; e++)
        {
            int a = _mesh.EdgeLeft[e], b = _mesh.EdgeRight[e];
            double flux = _mesh.EdgeArea[e] / _mesh.EdgeLength[e] * (u(_mesh.X[a], _mesh.Z[a]) - u(_mesh.X[b], _mesh.Z[b]));
            net[_unknown[a]] += flux;
            net[_unknown[b]] -= flux;
            gross[_unknown[a]] += Math.Abs(flux);
            gross[_unknown[b]] += Math.Abs(flux);
        }
        return Enumerable.Range(0, net.Length).Where(n => _unknown[n] == n && !_given[n]).Max(n => Math.Abs(net[n]) / gross[n]);
    }

    /// <summary>Solution at the nodes.</summary>
    public double[] Solve(Func<double, double, double> boundary, Func<double, double, double> source)
    {
        int n = _mesh.NodeCount;
        var rows = new List<int>();
        var columns = new List<int>();
        var values = new List<double>();
        var rhs = new double[n];
        void Add(int i, int j, double v)
        {
            rows.Add(i);
            columns.Add(j);
            values.Add(v);
        }
        for (int k = 0; k < n; k++)
        {
            if (_unknown[k] != k || _given[k])
                Add(k, k, 1);
            if (_given[k])
                rhs[k] = boundary(_mesh.X[k], _mesh.Z[k]);
            else if (!_given[_unknown[k]])
                rhs[_unknown[k]] += _mesh.Volume[k] * source(_mesh.X[k], _mesh.Z[k]);
        }
        for (int e = 0; e < _mesh.EdgeCount; e++)
        {
            int a = _unknown[_mesh.EdgeLeft[e]], b = _unknown[_mesh.EdgeRight[e]];
            double g = _mesh.EdgeArea[e] / _mesh.EdgeLength[e];
            foreach (var (i, j) in new[] { (a, b), (b, a) })
                if (!_given[i])
                {
                    Add(i, i, g);
                    Add(i, j, -g);
                }
        }
        var pattern = new SparsityPattern(n, [.. rows], [.. columns], new int[n], [.. Enumerable.Repeat(1.0, n)]);
        using var solver = new MultifrontalSolver(pattern);
        for (int k = 0; k < rows.Count; k++)
            solver.Values[solver.Slot(rows[k], columns[k])] += values[k];
        if (solver.Factorise() is >= 0 and var bad)
            throw new InvalidOperationException($"singular at {bad}");
        solver.Solve(rhs);
        return [.. _unknown.Select(k => rhs[k])];
    }

    /// <summary>Root mean square error over the volume.</summary>
    public double Error(double[] u, Func<double, double, double> exact)
    {
        double sum = 0, volume = 0;
        for (int k = 0; k < u.Length; k++)
        {
            double d = u[k] - exact(_mesh.X[k], _mesh.Z[k]);
            sum += _mesh.Volume[k] * d * d;
            volume += _mesh.Volume[k];
        }
        return Math.Sqrt(sum / volume);
    }

    /// <summary>Flux out of the boundary faces of a name.</summary>
    public double Flux(double[] u, string name)
    {
        var at = _mesh.Boundaries.Where(b => b.Name == name).Select(b => _unknown[b.Node]).ToHashSet();
        double flux = 0;
        for (int e = 0; e < _mesh.EdgeCount; e++)
        {
            int a = _mesh.EdgeLeft[e], b = _mesh.EdgeRight[e];
            double f = _mesh.EdgeArea[e] / _mesh.EdgeLength[e] * (u[a] - u[b]);
            flux += (at.Contains(_unknown[a]) ? -f : 0) + (at.Contains(_unknown[b]) ? f : 0);
        }
        return flux;
    }
}
