using System.Collections;
using FvSolver.Cases.Sampling;

namespace FvSolver.Cases.Input;

/// <summary>A long list each of whose entries is one of a few values, drawn at random and the same whenever it is looked at.</summary>
/// <param name="values">The values.</param>
/// <param name="count">Entries.</param>
/// <param name="seed">Seed.</param>
internal sealed class RandomOrder(IReadOnlyList<double> values, int count, int seed) : IReadOnlyList<double>
{
    public int Count => count;

    public double this[int index] => values[(int)(new CounterRandom(seed, index, 0).NextUnit() * values.Count)];

    public IEnumerator<double> GetEnumerator() => Enumerable.Range(0, count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
