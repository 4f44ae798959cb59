namespace FvSolver.Tests.Physics;

/// <summary>Derivatives by central differences, extrapolated to step 0: independent of dual numbers.</summary>
internal static class Richardson
{
    private const int Levels = 4;

    /// <summary>Derivative of a vector-valued function; steps h, h/2, h/4, h/8, error of the order h^8.</summary>
    public static double[] Derivative(Func<double, double[]> function, double x, double h)
    {
        double[][] table = new double[Levels][];
        for (int k = 0; k < Levels; k++, h /= 2)
        {
            // The step that the arithmetic really makes.
            double above = x + h, below = x - h;
            double[] high = function(above), low = function(below);
            double[] row = [.. high.Zip(low, (a, b) => (a - b) / (above - below))];
            double weight = 4;
            for (int m = 0; m < k; m++, weight *= 4)
            {
                double[] coarse = table[m];
                table[m] = row;
                row = [.. row.Zip(coarse, (fine, old) => fine + (fine - old) / (weight - 1))];
            }
            table[k] = row;
        }
        return table[Levels - 1];
    }
}
