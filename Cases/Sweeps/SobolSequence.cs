using FvSolver.Cases.Sampling;

namespace FvSolver.Cases.Sweeps;

/// <summary>Sobol's sequence in up to 16 dimensions.</summary>
/// <remarks>
/// Direction numbers: S. Joe, F. Y. Kuo, SIAM J. Sci. Comput. 30, 2635 (2008), set D(6), file new-joe-kuo-6.21201. Each row
/// below is the degree s of the primitive polynomial, its inner coefficients a, and m_1 ... m_s. The first dimension is van
/// der Corput's. Points are in the order of the Gray code; point 0, the origin, is not handed out.
/// </remarks>
internal static class SobolSequence
{
    /// <summary>Largest number of dimensions.</summary>
    public const int LargestDimension = 16;

    private const int Bits = 32;

    private static readonly uint[][] Rows =
    [
        [1, 0, 1],
        [2, 1, 1, 3],
        [3, 1, 1, 3, 1],
        [3, 2, 1, 1, 1],
        [4, 1, 1, 1, 3, 3],
        [4, 4, 1, 3, 5, 13],
        [5, 2, 1, 1, 5, 5, 17],
        [5, 4, 1, 1, 5, 5, 5],
        [5, 7, 1, 1, 7, 11, 19],
        [5, 11, 1, 1, 5, 1, 1],
        [5, 13, 1, 1, 1, 3, 11],
        [5, 14, 1, 3, 5, 5, 31],
        [6, 1, 1, 3, 3, 9, 7, 49],
        [6, 13, 1, 1, 1, 15, 21, 21],
        [6, 16, 1, 3, 1, 13, 27, 49],
    ];

    private static readonly uint[][] Direction = [.. Enumerable.Range(0, LargestDimension).Select(Directions)];

    /// <summary>A point of the sequence, strictly inside the unit cube.</summary>
    /// <param name="index">Number of the point, from 1.</param>
    /// <param name="dimensions">1 to <see cref="LargestDimension"/>.</param>
    /// <param name="seed">Seed of the digital shift; 0 for none.</param>
    /// <exception cref="ArgumentException">Too many dimensions.</exception>
    public static double[] Point(uint index, int dimensions, int seed)
    {
        if (dimensions is < 1 or > LargestDimension)
            throw new ArgumentException($"A Sobol sequence here has 1 to {LargestDimension} dimensions; {dimensions} were asked for.");
        var point = new double[dimensions];
        uint gray = index ^ (index >> 1);
        for (int d = 0; d < dimensions; d++)
        {
            uint x = seed == 0 ? 0 : new CounterRandom(seed, 0, d).NextBits();
            for (int k = 0; k < Bits; k++)
                if ((gray >> k & 1) != 0)
                    x ^= Direction[d][k];
            point[d] = Math.Clamp(x / 4294967296.0, 1e-10, 1 - 1e-10);
        }
        return point;
    }

    private static uint[] Directions(int dimension)
    {
        var v = new uint[Bits];
        if (dimension == 0)
        {
            for (int k = 0; k < Bits; k++)
                v[k] = 1u << (Bits - 1 - k);
            return v;
        }
        uint[] row = Rows[dimension - 1];
        int s = (int)row[0];
        uint a = row[1];
        for (int k = 0; k < Bits; k++)
        {
            if (k < s)
            {
                v[k] = row[2 + k] << (Bits - 1 - k);
                continue;
            }
            v[k] = v[k - s] ^ (v[k - s] >> s);
            for (int i = 1; i < s; i++)
                if ((a >> (s - 1 - i) & 1) != 0)
                    v[k] ^= v[k - i];
        }
        return v;
    }
}
