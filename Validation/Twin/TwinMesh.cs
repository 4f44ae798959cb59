namespace FvSolver.Validation.Twin;

/// <summary>Nodes for the twin when it does not use the solver's.</summary>
public static class TwinMesh
{
    /// <summary>Nodes [m] of equal cells.</summary>
    public static double[] Uniform(double from, double to, int cells) =>
        [.. Enumerable.Range(0, cells + 1).Select(i => from + (to - from) * i / cells)];

    /// <summary>Nodes [m] that crowd at both ends: z = (1 + tanh(b s)/tanh(b))/2 over s from -1 to 1.</summary>
    public static double[] Tanh(double from, double to, int cells, double strength = 2.6) =>
        [.. Uniform(-1, 1, cells).Select(s => from + (to - from) * (1 + Math.Tanh(strength * s) / Math.Tanh(strength)) / 2)];
}
