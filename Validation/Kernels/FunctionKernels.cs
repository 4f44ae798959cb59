using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Validation.Kernels;

/// <summary>The functions that a flux spends its time in, 64 arguments one by one and eight at a time.</summary>
public class FunctionKernels
{
    private const int Count = 64;
    private readonly Scalar[] _numbers = [.. Enumerable.Range(0, Count).Select(i => new Scalar(-8 + 16.0 * i / Count))];
    private readonly Lanes[] _lanes = new Lanes[Count / Lanes.Count];

    /// <summary>The same arguments in lanes.</summary>
    public FunctionKernels()
    {
        for (int i = 0; i < _lanes.Length; i++)
            _lanes[i] = new(Vector512.Create(MemoryMarshal.Cast<Scalar, double>(_numbers.AsSpan(i * Lanes.Count))));
    }

    /// <summary>e^x.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public double Exp()
    {
        double sum = 0;
        foreach (Scalar x in _numbers)
            sum += Scalar.Exp(x).Value;
        return sum;
    }

    /// <summary>e^x in lanes, per number.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public Lanes ExpInLanes()
    {
        Lanes sum = default;
        foreach (Lanes x in _lanes)
            sum += Lanes.Exp(x);
        return sum;
    }

    /// <summary>B(x) and B(-x).</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public double BernoulliPair()
    {
        double sum = 0;
        foreach (Scalar x in _numbers)
            sum += Scalar.Bernoulli(x, out Scalar mirrored).Value + mirrored.Value;
        return sum;
    }

    /// <summary>B(x) and B(-x) in lanes, per number.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public Lanes BernoulliPairInLanes()
    {
        Lanes sum = default;
        foreach (Lanes x in _lanes)
            sum += Lanes.Bernoulli(x, out Lanes mirrored) + mirrored;
        return sum;
    }
}
