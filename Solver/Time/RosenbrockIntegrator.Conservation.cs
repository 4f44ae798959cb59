using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Solver.Time.VectorMath;

namespace FvSolver.Solver.Time;

// Conservation to rounding where one-way rates exceed 1/(h eps), as in the double layer of a full channel: there an entry of the
// matrix no longer holds its mass, and a factorisation loses what is stored. With q M^-1 F = -w Q in every state, Q the rate of the
// quadrature that holds what has left, each stage obeys the sum of its equations: q k/(h gamma) + w dQ/du k = -w Q + sum_j c_j/h q k_j. The
// error of a stage is E k, E of the size of rounding, in the rows of the fastest rates, so that its effect on the solution is a multiple
// of z = A^-1 e, e in these rows; the sum says which.
//
// Such rates may fall by orders of magnitude within a step, as hops do with the field of a layer that empties. The last stage, which
// corrects the solution by the matrix of the step's start, then sees as small a part of its error: what the fastest rates of the end
// would undo at once is found with the matrix of the end.
public sealed partial class RosenbrockIntegrator<P>
{
    // Relative to the sum of all sizes: above what additions lose, below what a balance may, since a device holds thousands of times what
    // a pulse moves. From the second on steps are settled as well.
    private const double SmallestDrift = 2e-14, LargestDrift = 1e-12;
    private const double LargestLoss = 1e-14;

    // A step so much smaller than the one before it is a sign of failure.
    private const double Collapse = 1e-3;

    // Part of a step in which slow unknowns move by less than their tolerance, over that tolerance.
    private const double Moment = 1e-3;

    // Norm of the way below which a candidate stays: what is left of it is as much rounding.
    private const double Close = 0.5;

    private readonly ConservedSum<P>? _conserved;
    private readonly P[] _slow, _jump, _stageSum;
    private P _conservedSum;
    private double _conservedSize, _largestDrift, _loss;
    private bool _restores;

    private bool IsFast => _restores && _loss > LargestDrift * _conservedSize;

    /// <summary>Takes the sum at the start of a segment.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void BeginConservation(P[] state)
    {
        (_restores, _largestDrift, _loss) = (false, SmallestDrift, 0);
        if (_conserved is null)
            return;
        _conservedSum = Product<P>(_conserved.Weights, state);
        P size = default;
        for (int u = 0; u < state.Length; u++)
            size += P.Abs(_conserved.Weights[u] * state[u]);
        _conservedSize = LargestLane(size);
    }

    /// <summary>True when a candidate has lost more than rounding: the step is done again, with
    /// what stages lose returned to them.</summary>
    /// <param name="step">Step size [s].</param>
    /// <param name="isLong">False for a step of which there would be thousands: what it loses is noise, which does not add up.</param>
    [MethodImpl(Compilation.HotLoop)]
    private bool MustRestore(double step, bool isLong)
    {
        if (_conserved is null || _restores)
            return false;
        P drift = Product<P>(_conserved.Weights, _y) - _conservedSum;
        if (_conserved.Left >= 0)
            drift += Increment(_conserved.Left, step) * _conserved.PerLeft;
        // Not a number compares false: such a step is rejected in any case.
        double bound = isLong ? _largestDrift : LargestDrift;
        _restores = LargestLane(P.Abs(drift)) > bound * _conservedSize;
        return _restores;
    }

    /// <summary>
    /// Leaves small losses be for the rest of a segment in which steps fail with what rows at the interface get back: they are then
    /// another row's.
    /// </summary>
    private void MindFailure(double step, double lastStep)
    {
        if (_restores && _largestDrift < LargestDrift && step < Collapse * lastStep)
            (_restores, _largestDrift, _loss) = (false, LargestDrift, 0);
    }

    /// <summary>
    /// Makes the matrix of a step regular: where masses are below the last digit of an entry, what is left of it may be 0. A loss in these
    /// rows a little above rounding, which is returned with what rounding loses.
    /// </summary>
    private void Regularise()
    {
        Span<P> values = _system.Solver.Values;
        foreach (int row in _conserved!.Rows)
            values[_diagonal[row]] *= P.From(1 + LargestLoss);
    }

    /// <summary>The solution's slow direction z of a new factorisation.</summary>
    private void PrepareRestoring()
    {
        Array.Clear(_slow);
        foreach (int row in _conserved!.Rows)
            _slow[row] = P.From(1);
        _system.Solver.Solve(_slow);
    }

    /// <summary>Returns to a stage what rounding has lost of it.</summary>
    private void RestoreStage(int i)
    {
        P wanted = default;
        for (int j = 0; j < i && _conserved!.Left >= 0; j++)
            wanted -= _stageSum[j] * _sums.RateFactors[j];
        if (_conserved!.Left >= 0)
            wanted += _quadratureRate[_conserved.Left] * _conserved.PerLeft;
        Restore(_k[i], wanted, leaks: _conserved.Left >= 0);
        _stageSum[i] = Product<P>(_conserved.Weights, _k[i]);
    }

    /// <summary>Adds as much of the slow direction as gives a stage the sum that it must have.</summary>
    private void Restore(P[] stage, P wanted, bool leaks)
    {
        P missing = wanted - Sum(stage);
        _loss = Math.Max(_loss, LargestLane(P.Abs(missing)) / _shift);
        P part = missing / Sum(_slow);
        for (int u = 0; u < stage.Length; u++)
            stage[u] = P.MultiplyAdd(part, _slow[u], stage[u]);

        P Sum(P[] k)
        {
            P sum = Product<P>(_conserved!.Weights, k) * _shift;
            return leaks ? P.MultiplyAdd(Product<P>(_gradient[_conserved.Left], k), P.From(_conserved.PerLeft), sum) : sum;
        }
    }

    /// <summary>Takes a candidate to where the fastest rates at the end of the step would take it within a moment, unless it is
    /// close.</summary>
    /// <returns>Weighted norm of the way, not a number when it cannot be computed.</returns>
    private double Settle(P[] state, double time, double step)
    {
        Begin(time + step, _y);
        Shift(1 / (Moment * _rtol * step));
        Regularise();
        _statistics.Factorisations++;
        bool isSingular = _system.Solver.Factorise() >= 0;
        double norm = double.NaN;
        if (!isSingular)
        {
            PrepareRestoring();
            _rate.CopyTo(_jump, 0);
            _system.Solver.Solve(_jump);
            // Within a moment next to nothing leaves.
            Restore(_jump, default, leaks: false);
            norm = Complete(state, _jump);
            if (norm < Close)
                AddScaled(Doubles(_y), 1, Doubles(_jump));
        }
        // What accepting the step, or trying it again, starts from.
        Begin(time, state);
        return norm;
    }
}
