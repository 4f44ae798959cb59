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
    // a pulse moves. A loss between the two is returned to the step, a larger one to each stage; from there on steps are settled as well.
    private const double SmallestDrift = 2e-14, LargestDrift = 1e-12;
    private const double LargestLoss = 1e-14;

    // Part of a step in which slow unknowns move by less than their tolerance, over that tolerance.
    private const double Moment = 1e-3;

    // Norm of the way below which a candidate stays: what is left of it is as much rounding.
    private const double Close = 0.5;

    private readonly Kept[] _kept;
    private readonly P[] _jump;
    private bool _restores;

    private bool IsFast
    {
        get
        {
            foreach (Kept sum in _kept)
                if (sum.Restores && sum.Loss > LargestDrift * sum.Size)
                    return true;
            return false;
        }
    }

    /// <summary>Takes the sums at the start of a segment.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void BeginConservation(P[] state)
    {
        _restores = false;
        foreach (Kept sum in _kept)
        {
            (sum.Restores, sum.Loss) = (false, 0);
            sum.Value = Product<P>(sum.Weights, state);
            P size = default;
            for (int u = 0; u < state.Length; u++)
                size += P.Abs(sum.Weights[u] * state[u]);
            sum.Size = VectorMath.LargestLane(size);
        }
    }

    /// <summary>True when a candidate has lost more than rounding: the step is done again, with
    /// what stages lose returned to them.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private bool MustRestore(double step)
    {
        bool isNew = false;
        foreach (Kept sum in _kept)
        {
            if (sum.Restores)
                continue;
            sum.Drift = Drift(sum, sum.Left >= 0 ? Increment(sum.Left, step) : default);
            // Not a number compares false: such a step is rejected in any case.
            sum.Restores = VectorMath.LargestLane(P.Abs(sum.Drift)) > LargestDrift * sum.Size;
            isNew |= sum.Restores;
        }
        _restores |= isNew;
        return isNew;
    }

    /// <summary>What a candidate has too much of a sum.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="left">What the step adds to the quadrature that holds what has left it.</param>
    [MethodImpl(Compilation.HotLoop)]
    private P Drift(Kept sum, P left) => P.MultiplyAdd(left, P.From(sum.PerLeft), Product<P>(sum.Weights, _y) - sum.Value);

    /// <summary>Returns to a candidate what is left of its loss, along the slow direction.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void ReturnLoss()
    {
        foreach (Kept sum in _kept)
        {
            if (sum.Restores)
                sum.Drift = Drift(sum, sum.Left >= 0 ? _added[sum.Left] : default);
            if (!(VectorMath.LargestLane(P.Abs(sum.Drift)) > SmallestDrift * sum.Size))
                continue;
            if (!sum.Restores)
                PrepareRestoring(sum);
            P part = -sum.Drift / Product<P>(sum.Weights, sum.Slow);
            for (int u = 0; u < _y.Length; u++)
                _y[u] = P.MultiplyAdd(part, sum.Slow[u], _y[u]);
        }
    }

    /// <summary>
    /// Makes the matrix of a step regular: where masses are below the last digit of an entry, what is left of it may be 0. A loss in these
    /// rows a little above rounding, which is returned with what rounding loses.
    /// </summary>
    private void Regularise()
    {
        Span<P> values = _system.Solver.Values;
        foreach (Kept sum in _kept)
            for (int i = 0; sum.Restores && i < sum.Rows.Length; i++)
                values[_diagonal[sum.Rows[i]]] *= P.From(1 + LargestLoss);
    }

    /// <summary>The slow direction z of each sum with a new factorisation.</summary>
    private void PrepareRestoring()
    {
        foreach (Kept sum in _kept)
            if (sum.Restores)
                PrepareRestoring(sum);
    }

    private void PrepareRestoring(Kept sum)
    {
        Array.Clear(sum.Slow);
        foreach (int row in sum.Rows)
            sum.Slow[row] = P.From(1);
        _system.Solver.Solve(sum.Slow);
    }

    /// <summary>Returns to a stage what rounding has lost of it.</summary>
    private void RestoreStage(int i)
    {
        foreach (Kept sum in _kept)
        {
            if (!sum.Restores)
                continue;
            P wanted = default;
            for (int j = 0; j < i && sum.Left >= 0; j++)
                wanted -= sum.StageSum[j] * _sums.RateFactors[j];
            if (sum.Left >= 0)
                wanted += _quadratureRate[sum.Left] * sum.PerLeft;
            Restore(sum, _k[i], wanted, leaks: sum.Left >= 0);
            sum.StageSum[i] = Product<P>(sum.Weights, _k[i]);
        }
    }

    /// <summary>Adds as much of the slow direction as gives a stage the sum that it must have.</summary>
    private void Restore(Kept kept, P[] stage, P wanted, bool leaks)
    {
        P missing = wanted - Sum(stage);
        // Not a number compares false: a stage that failed says nothing of later ones.
        if (VectorMath.LargestLane(P.Abs(missing)) / _shift is var loss && loss > kept.Loss)
            kept.Loss = loss;
        P part = missing / Sum(kept.Slow);
        for (int u = 0; u < stage.Length; u++)
            stage[u] = P.MultiplyAdd(part, kept.Slow[u], stage[u]);

        P Sum(P[] k)
        {
            P sum = Product<P>(kept.Weights, k) * _shift;
            return leaks ? P.MultiplyAdd(Product<P>(_gradient[kept.Left], k), P.From(kept.PerLeft), sum) : sum;
        }
    }

    /// <summary>Takes a candidate to where the fastest rates at the end of the step would take it within a moment, unless it is
    /// close.</summary>
    /// <returns>Weighted norm of the way, not a number when it cannot be computed.</returns>
    private double Settle(P[] state, double time, double step)
    {
        Begin(time + step, _y);
        double moment = Moment * _rtol * step;
        Shift(1 / moment);
        Regularise();
        _statistics.Factorisations++;
        bool isSingular = _system.Solver.Factorise() >= 0;
        double norm = double.NaN;
        if (!isSingular)
        {
            PrepareRestoring();
            WeightGradients(_shift);
            _rate.CopyTo(_jump, 0);
            BeginJump(_jump);
            _system.Solver.Solve(_jump);
            // Within a moment next to nothing leaves.
            foreach (Kept sum in _kept)
                if (sum.Restores)
                    Restore(sum, _jump, default, leaks: false);
            norm = Complete(state, _jump);
            if (norm < Close)
                AddScaled(Doubles(_y), 1, Doubles(_jump));
            else
                AddJump(_jump, moment);
        }
        // What accepting the step, or trying it again, starts from.
        Begin(time, state);
        return norm;
    }

    /// <summary>A sum that is kept, and what has become of it in the present segment.</summary>
    private sealed class Kept(ConservedSum<P> sum, int stages)
    {
        public P[] Weights { get; } = sum.Weights;

        public int[] Rows { get; } = sum.Rows;

        public int Left { get; } = sum.Left;

        public double PerLeft { get; } = sum.PerLeft;

        public P[] Slow { get; } = AlignedArray.Create<P>(sum.Weights.Length);

        public P[] StageSum { get; } = AlignedArray.Create<P>(stages);

        public P Value { get; set; }

        public double Size { get; set; }

        public P Drift { get; set; }

        public double Loss { get; set; }

        public bool Restores { get; set; }
    }
}
