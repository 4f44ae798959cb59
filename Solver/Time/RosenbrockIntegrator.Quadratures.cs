using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Solver.Time.VectorMath;

namespace FvSolver.Solver.Time;

// Quadratures: advanced by the same method, beside the linear system.
public sealed partial class RosenbrockIntegrator<P>
{
    // Of quadratures with weights of F: the weights, and the gradient with what the linear system adds.
    private readonly P[]?[] _weights;
    private readonly P[][] _weightedGradient;
    private readonly int[]?[] _support;
    private readonly int[] _weightedStart, _weightedCount, _gradientStart, _gradientCount;
    private readonly bool _needsStages;

    // Quadratures: parts of the stages in a step, those of the right-hand sides, and the stages, in those parts.
    private readonly double[] _part;
    private readonly P[] _increment, _stages;

    // What the step adds to each quadrature.
    private readonly P[] _added;

    /// <summary>Parts p_i with which a step adds h gamma p_i Q_i to a quadrature, Q_i its
    /// right-hand side in stage i; the last is 1.</summary>
    /// <remarks>
    /// Nothing depends on a quadrature: its stages solve k_i/gamma - sum_j c_ij k_j = h Q_i, and the step adds sum_i m_i k_i with
    /// m the last row of a and a 1. Hence p = (1 - gamma C)^-T m.
    /// </remarks>
    private static double[] QuadratureParts(RosenbrockTableau tableau)
    {
        double[] part = [.. tableau.A[^1], 1];
        for (int i = part.Length - 1; i >= 0; i--)
            for (int j = 0; j < i; j++)
                part[j] += tableau.Gamma * tableau.C[i][j] * part[i];
        return part;
    }

    /// <summary>Works out what the step adds to the quadratures.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddUp(double step)
    {
        if (_needsStages)
        {
            int last = _k.Length - 1;
            _k[last].CopyTo(_stages, 0);
            for (int i = 0; i < last; i++)
                AddScaled(Doubles(_stages), _part[i], Doubles(_k[i]));
        }
        for (int q = 0; q < _added.Length; q++)
            _added[q] = Increment(q, step);
    }

    /// <summary>Starts what an implicit step of Euler's, to which a vector is the right-hand side, adds to the quadratures.</summary>
    private void BeginJump(P[] rate)
    {
        for (int q = 0; q < _added.Length; q++)
            _increment[q] = _startQuadratureRate[q] - (_weights[q] is { } weights ? Product<P>(weights, rate) : default);
    }

    /// <summary>Adds that once the step is there.</summary>
    private void AddJump(P[] jump, double duration)
    {
        for (int q = 0; q < _added.Length; q++)
            _added[q] += (_increment[q] - Product<P>(_weights[q] is null ? _gradient[q] : _weightedGradient[q], jump)) * duration;
    }

    /// <summary>What a step adds to a quadrature.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private P Increment(int q, double step) => (_increment[q] - GradientProduct(q)) * (step * _tableau.Gamma);

    /// <summary>dQ/du times the stages of the step.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private P GradientProduct(int q)
    {
        if (_weights[q] is not null)
            return Product<P>(_weightedGradient[q].AsSpan(_gradientStart[q], _gradientCount[q]),
                _stages.AsSpan(_gradientStart[q], _gradientCount[q]));
        P[] gradient = _gradient[q];
        if (_support[q] is not { } support)
            return Product<P>(gradient, _stages);
        P sum = default;
        int last = _k.Length - 1;
        foreach (int u in support)
        {
            P stages = _k[last][u];
            for (int i = 0; i < last; i++)
                stages += _k[i][u] * _part[i];
            sum = P.MultiplyAdd(gradient[u], stages, sum);
        }
        return sum;
    }

    /// <summary>Adds shift w M to the gradients of quadratures with weights.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void WeightGradients(double shift)
    {
        for (int q = 0; q < _weights.Length; q++)
        {
            if (_weights[q] is not { } weights)
                continue;
            (_weightedStart[q], _weightedCount[q]) = Present(weights);
            P[] gradient = _weightedGradient[q];
            _gradient[q].CopyTo(gradient, 0);
            AddScaledProduct(Doubles(gradient), shift, Doubles(_mass), Doubles(weights));
            foreach (MassCoupling<P> m in _couplings)
                gradient[m.Column] += m.Value * weights[m.Row] * shift;
            (_gradientStart[q], _gradientCount[q]) = Present(gradient);
        }
    }

    /// <summary>The entries outside of which all are 0.</summary>
    private static (int Start, int Count) Present(P[] entries)
    {
        // In doubles a multiple of eight, but for the end.
        Range doubles = NonZero(Doubles(entries));
        return (doubles.Start.Value / P.LaneCount, (doubles.End.Value - doubles.Start.Value) / P.LaneCount);
    }
}
