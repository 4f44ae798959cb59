using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Time;

// Balance of quadratures and state, e.g. of energy. Steps follow the error of the state; a quadrature and what the state stores may
// disagree by much more, where a few unknowns that count little in the mean carry most of a quadrature. What a step misses of
// their balance is known, not estimated.
public sealed partial class RosenbrockIntegrator<P>
{
    // What falls by less in a shorter step is rounding, or what solving algebraic rows again has changed: no step size takes it away, and
    // as much again is let pass for the rest of the segment.
    private const double LeastFall = 0.9, Passed = 2;

    private double _balanceScale, _missedBefore;
    private P _stored, _storedNext;

    /// <summary>Takes what is stored at the start of a segment.</summary>
    private void BeginBalance(P[] state)
    {
        _balanceScale = FixedStep > 0 ? 0 : _rtol * _system.BalanceScale;
        _missedBefore = double.PositiveInfinity;
        if (_balanceScale > 0)
            _stored = _system.Stored(state);
    }

    /// <summary>What a candidate misses of the balance, over its tolerance.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private double Imbalance()
    {
        if (_balanceScale == 0)
            return 0;
        _storedNext = _system.Stored(_y);
        double missed = VectorMath.LargestLane(P.Abs(_system.Income(_added) - (_storedNext - _stored))) / _balanceScale;
        if (missed <= 1)
            return missed;
        if (missed < LeastFall * _missedBefore)
            return _missedBefore = missed;
        _balanceScale *= Passed * missed;
        return 1 / Passed;
    }

    private void AcceptBalance() => (_stored, _missedBefore) = (_storedNext, double.PositiveInfinity);
}
