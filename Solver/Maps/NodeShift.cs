namespace FvSolver.Solver.Maps;

/// <summary>Values at Chebyshev nodes from those at points close to them.</summary>
/// <remarks>The interpolant through the values at the nodes has to be right at the points: they are corrected by what it is off.</remarks>
internal sealed class NodeShift
{
    private const int Rounds = 30;

    private readonly double[][] _weights;

    /// <summary>A shift from points to nodes of an interval.</summary>
    public NodeShift(double low, double high, double[] nodes, double[] points)
    {
        double[] unit = new double[nodes.Length];
        _weights = [.. points.Select(_ => new double[nodes.Length])];
        for (int j = 0; j < nodes.Length; j++)
        {
            Array.Clear(unit);
            unit[j] = 1;
            var basis = ChebyshevSeries.Through(low, high, unit);
            for (int i = 0; i < points.Length; i++)
                _weights[i][j] = basis.At(points[i]);
        }
    }

    /// <summary>Values at the nodes.</summary>
    /// <param name="values">Those at the points.</param>
    public double[] Of(double[] values)
    {
        double[] at = [.. values];
        for (int round = 0; round < Rounds; round++)
        {
            double[] off = [.. values.Select((v, i) => v - Interpolated(i, at))];
            for (int i = 0; i < at.Length; i++)
                at[i] += off[i];
        }
        return at;
    }

    private double Interpolated(int point, double[] at)
    {
        double sum = 0;
        for (int j = 0; j < at.Length; j++)
            sum += _weights[point][j] * at[j];
        return sum;
    }
}
