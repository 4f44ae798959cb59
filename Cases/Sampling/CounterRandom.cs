namespace FvSolver.Cases.Sampling;

/// <summary>Uniform numbers from a counter (SplitMix64: Steele, Lea, Flood, OOPSLA 2014): the same on every machine, for ever.</summary>
internal struct CounterRandom(int seed, int cell, int dimension)
{
    private ulong _state = Mix(Mix((ulong)(uint)seed + 0x9E3779B97F4A7C15) ^ ((ulong)(uint)cell << 32 | (uint)dimension));

    /// <summary>Next number, strictly inside (0, 1).</summary>
    public double NextUnit()
    {
        _state += 0x9E3779B97F4A7C15;
        return ((Mix(_state) >> 12) + 0.5) / (1UL << 52);
    }

    /// <summary>Next 32 bits.</summary>
    public uint NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        return (uint)(Mix(_state) >> 32);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
