using FvSolver.Cases.Sampling;

namespace FvSolver.Cases.Sweeps;

/// <summary>How sampled points fill the space of their parameters.</summary>
public enum SampleMethod
{
    /// <summary>Independent draws: device-to-device spread.</summary>
    Random,

    /// <summary>Latin hypercube: each of n equal strata of each parameter is hit once.</summary>
    LatinHypercube,

    /// <summary>Sobol sequence, digitally shifted by the seed (no shift for seed 0).</summary>
    Sobol,
}

/// <summary>A parameter that is sampled.</summary>
/// <param name="Path">Path of the parameter.</param>
/// <param name="Distribution">Its spread.</param>
/// <param name="Relative">True when the spread is of a factor on the base case's value.</param>
public sealed record SampledParameter(string Path, Distribution Distribution, bool Relative = false);

/// <summary>Sampled points of a sweep.</summary>
/// <param name="Method">How they fill the space.</param>
/// <param name="Count">Points per cell of the grid.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Parameters">What is sampled.</param>
public sealed record SampleBlock(SampleMethod Method, int Count, int Seed, IReadOnlyList<SampledParameter> Parameters)
{
    /// <summary>Points of the unit cube for one cell of the grid, one row a point, strictly inside (0, 1).</summary>
    /// <remarks>
    /// Random and Latin hypercube draw anew in every cell (independent devices); the Sobol sequence goes on from cell to
    /// cell. The same seed gives the same points on every machine.
    /// </remarks>
    public double[][] UnitPoints(int cell)
    {
        int dimensions = Parameters.Count;
        if (Method == SampleMethod.Sobol)
            return [.. Enumerable.Range(0, Count).Select(i => SobolSequence.Point((uint)(cell * Count + i + 1), dimensions, Seed))];
        var points = new double[Count][];
        for (int i = 0; i < Count; i++)
            points[i] = new double[dimensions];
        for (int d = 0; d < dimensions; d++)
        {
            var random = new CounterRandom(Seed, cell, d);
            if (Method == SampleMethod.Random)
            {
                for (int i = 0; i < Count; i++)
                    points[i][d] = random.NextUnit();
                continue;
            }
            int[] stratum = [.. Enumerable.Range(0, Count)];
            for (int i = Count - 1; i > 0; i--)
            {
                int other = (int)(random.NextUnit() * (i + 1));
                (stratum[i], stratum[other]) = (stratum[other], stratum[i]);
            }
            for (int i = 0; i < Count; i++)
                points[i][d] = (stratum[i] + random.NextUnit()) / Count;
        }
        return points;
    }
}
