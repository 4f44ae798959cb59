using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Solver.Time.VectorMath;

namespace FvSolver.Solver.Time;

// Conservation to rounding where one-way rates exceed 1/(h eps), as in the double layer of a full channel: there an entry of the
// matrix no longer holds its mass, and a factorisation loses what is stored. With q M^-1 F = 0 in every state each stage obeys
// q k = 0. The error of a stage is E k, E of the size of rounding, in the rows of the fastest rates, so that its effect on
// the solution is a multiple of z = A^-1 e, e in these rows; q k = 0 says which.
//
// Such rates may fall by orders of magnitude within a step, as hops do with the field of a layer that empties. The last stage, which
// corrects the solution by the matrix of the step's start, then sees as small a part of its error: what the fastest rates of the end
// would undo at once is found with the matrix of the end.
public sealed partial class RosenbrockIntegrator<P>
{
    // Relative to the sum of all sizes: far above what additions lose, far below what a balance may.
    private const double LargestDrift = 1e-12;
    private const double LargestLoss = 1e-14;

    // Part of a step in which slow unknowns move by less than their tolerance, over that tolerance.
    private const double Moment = 1e-3;

    private readonly ConservedSum<P>? _conserved;
    private readonly P[] _slow, _jump;
    private P _conservedSum, _slowSum;
    private double _driftBound;
    private bool _restores;

    /// <summary>Takes the sum at the start of a segment.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void BeginConservation(P[] state)
    {
        _restores = false;
        if (_conserved is null)
            return;
        _conservedSum = Product<P>(_conserved.Weights, state);
        P size = default;
        for (int u = 0; u < state.Length; u++)
            size += P.Abs(_conserved.Weights[u] * state[u]);
        _driftBound = LargestDrift * LargestLane(size);
    }

    /// <summary>True when a candidate has lost more than rounding: the step is done again, with
    /// what stages lose returned to them.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private bool MustRestore()
    {
        if (_conserved is null || _restores)
            return false;
        // Not a number compares false: such a step is rejected in any case.
        _restores = LargestLane(P.Abs(Product<P>(_conserved.Weights, _y) - _conservedSum)) > _driftBound;
        return _restores;
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
        _slowSum = Product<P>(_conserved.Weights, _slow);
    }

    /// <summary>Returns to a stage what rounding has lost of it.</summary>
    private void Restore(P[] stage)
    {
        P part = -(Product<P>(_conserved!.Weights, stage) / _slowSum);
        for (int u = 0; u < stage.Length; u++)
            stage[u] = P.MultiplyAdd(part, _slow[u], stage[u]);
    }

    /// <summary>Takes a candidate to where the fastest rates at the end of the step would take it within a moment.</summary>
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
            Restore(_jump);
            norm = Complete(state, _jump);
        }
        // What accepting the step, or trying it again, starts from.
        Begin(time, state);
        return norm;
    }
}
