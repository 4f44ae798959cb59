using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using static FvSolver.Solver.Time.VectorMath;

namespace FvSolver.Solver.Time;

/// <summary>Integrates M du/dt = F(t, u) over a segment with a Rosenbrock method and error control.</summary>
/// <remarks>
/// One factorisation a step. The error estimate is the last stage; its weighted root mean square over the differential
/// unknowns, with weight rtol (scale + |u|), steers the step by the predictive controller of Gustafsson (Hairer and
/// Wanner IV.8), unless a single unknown is in doubt by half of its size or leaves its range, or the step misses the balance
/// of a system that has one by more than its tolerance. With lanes the worst lane decides. Quadratures are advanced by the same
/// method: their rows of the matrix are solved last, since nothing depends on them. The last step ends on the end of the segment exactly.
/// Nothing is allocated after construction.
/// </remarks>
public sealed partial class RosenbrockIntegrator<P>
    where P : struct, IParameter<P>
{
    private const double Safety = 0.9, LargestShrink = 5, SmallestFirstStep = 1e-18;

    // Largest ratio of a step to the one before. With six the steps of a rest outran a diffusion too weak to show in the error: the last
    // two lost 2.9e-3 of the conductance step of a pulse of 0.05 protons. Loose tolerances accept as much.
    private const double LargestGrowth = 4, LooseGrowth = 6, Loose = 1e-3;

    // The trend of the error lengthens a step at most by this factor. While a solution relaxes, its error falls from step to step: without
    // foresight the steps would follow with a constant delay, up to a third more of them. Where the time more than doubles in a step, with
    // all of it they would swing: then q' = q_max (1 + q_before)/(1 + q) for the ratio q of step and time, which is stable for q < 1.
    private const double LargestForesight = 2;

    // No single unknown may be in doubt by more than this part of its size. In the mean over 1e4 unknowns one that is lost altogether
    // would count for little: at a tolerance above 1/sqrt(size) the step would be accepted.
    private const double LargestDoubt = 0.5;

    private readonly IStiffSystem<P> _system;
    private readonly RosenbrockTableau _tableau;
    private readonly double _rtol, _largestGrowth;
    private readonly int _maxSteps;
    private readonly P[][] _k, _gradient;

    private readonly P[] _mass, _seenMass, _y, _rate, _timeRate, _startQuadratureRate, _quadratureRate, _quadratureTimeRate;

    // Slots of the entries that the mass matrix adds to; on the diagonal, with the masses, for the differential unknowns in turn.
    private readonly int[] _diagonal, _diagonalSlots;
    private readonly P[] _diagonalMass;

    // Rows of F that depend on time, or null for all.
    private readonly int[]? _timeRows;

    // Where a step must end.
    private readonly UnknownRange<P>[] _ranges;

    // 1/(h gamma) of the matrix in the solver; 0 while it is dF/du alone.
    private double _shift;

    // The tableau's A with opposite sign: see Attempt.
    private readonly double[][] _a;
    private readonly MassCoupling<P>[] _couplings;
    private readonly int[] _couplingSlots;
    private readonly double[] _mark, _control, _inverseMass;
    private int _differentialCount;
    private readonly StageSums<P> _sums;
    private StepStatistics _statistics;

    /// <summary>An integrator for a system.</summary>
    /// <param name="system">System.</param>
    /// <param name="tableau">Method.</param>
    /// <param name="rtol">Relative tolerance.</param>
    /// <param name="maxSteps">Most steps in one segment.</param>
    public RosenbrockIntegrator(IStiffSystem<P> system, RosenbrockTableau tableau, double rtol, int maxSteps)
    {
        (_system, _tableau, _rtol, _maxSteps) = (system, tableau, rtol, maxSteps);
        _largestGrowth = rtol < Loose ? LargestGrowth : LooseGrowth;
        P[][] Vectors(int count, int size) => [.. Enumerable.Range(0, count).Select(_ => AlignedArray.Create<P>(size))];
        _k = Vectors(tableau.Stages, system.Size);
        _gradient = Vectors(system.QuadratureCount, system.Size);
        _weights = [.. Enumerable.Range(0, system.QuadratureCount).Select(q => system.RateWeights.ElementAtOrDefault(q))];
        _support = [.. Enumerable.Range(0, system.QuadratureCount).Select(q => system.QuadratureSupport.ElementAtOrDefault(q))];
        _weightedGradient = [.. _weights.Select(w => w is null ? [] : AlignedArray.Create<P>(system.Size))];
        (_weightedStart, _weightedCount) = (new int[system.QuadratureCount], new int[system.QuadratureCount]);
        (_gradientStart, _gradientCount) = (new int[system.QuadratureCount], new int[system.QuadratureCount]);
        _needsStages = _weights.Zip(_support).Any(q => q.First is not null || q.Second is null);
        _part = QuadratureParts(tableau);
        _increment = AlignedArray.Create<P>(system.QuadratureCount);
        _added = AlignedArray.Create<P>(system.QuadratureCount);
        _stages = AlignedArray.Create<P>(system.Size);
        _mass = system.Mass;
        _seenMass = AlignedArray.Create<P>(system.Size);
        _y = AlignedArray.Create<P>(system.Size);
        _rate = AlignedArray.Create<P>(system.Size);
        _timeRate = AlignedArray.Create<P>(system.Size);
        _startQuadratureRate = AlignedArray.Create<P>(system.QuadratureCount);
        _quadratureRate = AlignedArray.Create<P>(system.QuadratureCount);
        _quadratureTimeRate = AlignedArray.Create<P>(system.QuadratureCount);
        _diagonal = [.. Enumerable.Range(0, system.Size).Select(u => system.Solver.Slot(u, u))];
        _timeRows = system.TimeRows?.ToArray();
        _ranges = [.. system.Ranges];
        _couplings = [.. system.MassCouplings];
        _couplingSlots = [.. _couplings.Select(m => system.Solver.Slot(m.Row, m.Column))];
        _diagonalSlots = new int[system.Size];
        _diagonalMass = AlignedArray.Create<P>(system.Size);
        _a = [.. tableau.A.Select(row => row.Select(a => -a).ToArray())];
        (_mark, _control) = (new double[system.Size], new double[system.Size]);
        _inverseMass = new double[system.Size];
        _sums = new(_mass, _k);
        _left = system.ControlledAlgebraic.Count > 0 ? AlignedArray.Create<P>(system.Size) : [];
        _kept = [.. system.Conserved.Select(sum => new Kept(sum, tableau.Stages))];
        _jump = AlignedArray.Create<P>(system.Size);
    }

    /// <summary>Counts since construction.</summary>
    public ref readonly StepStatistics Statistics => ref _statistics;

    /// <summary>Fixed step size [s] instead of error control, for tests of the order; 0 controls the error.</summary>
    public double FixedStep { get; set; }

    /// <summary>Advances a state and its quadratures over a segment.</summary>
    /// <param name="state">State, overwritten.</param>
    /// <param name="quadratures">Quadratures, added to.</param>
    /// <param name="duration">Length of the segment [s].</param>
    /// <param name="observer">Sees each step, or null.</param>
    /// <exception cref="NumericalException">The step size vanishes or there are too many steps.</exception>
    [MethodImpl(Compilation.HotLoop)]
    public void Advance(P[] state, P[] quadratures, double duration, IStepObserver<P>? observer = null)
    {
        SortUnknowns();
        BeginConservation(state);
        Begin(0, state);
        if (_system.ControlledAlgebraic.Count > 0 && !IsConsistent(state))
        {
            MakeConsistent(0, state);
            Begin(0, state);
        }
        BeginBalance(state);
        double time = 0, step = FixedStep > 0 ? FixedStep : FirstStep(state, duration);
        double previousError = 1e-4, previousStep = step, rejectedError = 0;
        bool isFirst = true, wasRejected = false;
        int accepted = 0;
        while (true)
        {
            bool isLast = time + 1.0001 * step >= duration;
            if (isLast)
                step = duration - time;
            double error = Attempt(state, time, step, out int failed);
            if (MustRestore(step))
                error = Attempt(state, time, step, out failed);
            if (error <= 1 || FixedStep > 0)
                AddUp(step);
            if (IsFast && error <= 1)
                error = Math.Max(error, Settle(state, time, step));
            if (error <= 1 && FixedStep == 0 && Outside() is >= 0 and var outside)
                (error, failed) = (double.NaN, outside);
            if (error <= 1)
                error = Math.Max(error, Imbalance());
            if (FixedStep > 0)
                error = 0.5;
            // Not a number compares false with everything: a failed evaluation is a rejected step.
            // Where a step fails the solution is not as smooth as the order of the method wants it.
            double exponent = 1.0 / (error > 1 ? _tableau.Order - 1 : _tableau.Order);
            double factor = error > 0 ? Math.Pow(error, exponent) / Safety : error == 0 ? 0 : LargestShrink;
            factor = Math.Clamp(factor, 1 / _largestGrowth, LargestShrink);
            double next = step / factor;
            if (error <= 1)
            {
                if (!isFirst)
                {
                    double predicted = previousStep / step * Math.Pow(error * error / previousError, 1.0 / _tableau.Order) / Safety;
                    factor = Math.Clamp(Math.Max(predicted, factor / LargestForesight), 1 / _largestGrowth, LargestShrink);
                    next = step / factor;
                }
                isFirst = false;
                previousError = Math.Max(1e-2, error);
                previousStep = step;
                double start = time;
                time = isLast ? duration : time + step;
                bool mustSample = observer is not null && observer.NextSample <= time;
                if (mustSample)
                    KeepStart(state);
                ReturnLoss();
                Accept(state, quadratures);
                if (isLast && _system.ControlledAlgebraic.Count > 0)
                    LeaveConsistent(time, state);
                else if (isLast && _restores)
                    MakeConsistent(time, state);
                if (mustSample)
                    Sample(observer!, start, time, state);
                _statistics.Steps++;
                accepted++;
                observer?.OnStep(time, state);
                if (isLast)
                    return;
                if (accepted >= _maxSteps)
                    throw new NumericalException($"more than solver.max_steps = {_maxSteps} steps", time, accepted, step, Worst(state));
                step = FixedStep > 0 ? FixedStep : wasRejected ? Math.Min(next, step) : next;
                wasRejected = false;
                Begin(time, state);
            }
            else
            {
                _statistics.Rejections++;
                // An error that hardly falls with the step, as just behind a corner of a stiff system, does not follow the order of the
                // method: by it the step would be shortened a little many times.
                step = wasRejected && error > 0.8 * rejectedError ? Math.Min(next, 0.5 * step) : next;
                (wasRejected, rejectedError) = (true, error);
            }
            if (step < 1e-14 * time || step < 1e-24)
                throw new NumericalException("the step size vanished", time, accepted, step, failed >= 0 ? failed : Worst(state));
        }
    }

    /// <summary>Sorts out the differential unknowns, unless the mass matrix is what it was.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void SortUnknowns()
    {
        if (MemoryMarshal.AsBytes(Doubles(_mass)).SequenceEqual(MemoryMarshal.AsBytes(Doubles(_seenMass))))
            return;
        _mass.CopyTo(_seenMass, 0);
        for (int m = 0; m < _couplings.Length; m++)
            _couplings[m] = _system.MassCouplings[m];
        // Most algebraic unknowns follow the differential ones and do not count in the norm.
        _differentialCount = 0;
        for (int u = 0; u < _mark.Length; u++)
        {
            bool isAlgebraic = P.Lane(_mass[u], 0) == 0;
            _mark[u] = isAlgebraic ? 0 : 1;
            _inverseMass[u] = isAlgebraic ? 0 : 1 / P.Lane(_mass[u], 0);
            if (isAlgebraic)
                continue;
            _diagonalSlots[_differentialCount] = _diagonal[u];
            _diagonalMass[_differentialCount++] = _mass[u];
        }
        _mark.CopyTo(_control, 0);
        foreach (int u in _system.ControlledAlgebraic)
            _control[u] = 1;
    }

    /// <summary>Evaluates F, which is the first stage's of every attempt at the coming step, and its Jacobian.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void Begin(double time, P[] state)
    {
        Span<P> values = _system.Solver.Values;
        _system.Linearise(time, state, _rate, _startQuadratureRate, values, _gradient);
        _statistics.Residuals++;
        _statistics.Jacobians++;
        _shift = 0;
    }

    /// <summary>Makes the matrix dF/du - M shift; after a rejected step the difference is rounded once more.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void Shift(double shift)
    {
        Span<P> values = _system.Solver.Values;
        P difference = P.From(_shift - shift);
        _shift = shift;
        // The slots are the solver's own: entries are taken without checks.
        ref P entries = ref MemoryMarshal.GetReference(values);
        ReadOnlySpan<int> slots = _diagonalSlots.AsSpan(0, _differentialCount);
        ReadOnlySpan<P> mass = _diagonalMass.AsSpan(0, slots.Length);
        for (int i = 0; i < slots.Length; i++)
        {
            ref P entry = ref Unsafe.Add(ref entries, slots[i]);
            entry = P.MultiplyAdd(mass[i], difference, entry);
        }
        for (int m = 0; m < _couplings.Length; m++)
            values[_couplingSlots[m]] += _couplings[m].Value * difference;
    }

    /// <summary>
    /// First step after a corner: the solution's rate, relative to its scale, moves it by about rtol^(2/order), since just behind a corner
    /// the error of a stiff system grows by half of the method's order.
    /// </summary>
    [MethodImpl(Compilation.HotLoop)]
    private double FirstStep(P[] state, double duration)
    {
        // The rate of an unknown whose row stores others too is what is left of theirs.
        _rate.CopyTo(_y, 0);
        foreach (MassCoupling<P> m in _couplings)
            if (_mark[m.Column] != 0)
                _y[m.Row] -= m.Value * _rate[m.Column] / _mass[m.Column];
        double largest = P.LaneCount == 1
            ? VectorMath.ErrorNorm(Doubles(_y), Doubles(state), Doubles(state), _system.Scale, _inverseMass, 1, out _)
            : LargestRoot(RelativeSquares(_y, _mass, state, _system.Scale, _mark));
        double step = 1.2 * Math.Pow(_rtol, 2.0 / _tableau.Order) / largest;
        // Where one-way rates are extreme, the rounding of their difference would ask for steps in which nothing happens.
        step = Math.Max(step, SmallestFirstStep);
        return step < 0.1 * duration ? step : 0.1 * duration;
    }

    /// <summary>Computes all stages of a step; the candidate solution is left in _y.</summary>
    /// <remarks>
    /// The stages k solve (M/(h gamma) - dF/du) k = b. The matrix is assembled and factorised with opposite sign, dF/du - M/(h gamma),
    /// so that the Jacobian stays where it was assembled; what is kept of each stage is -k, and its coefficients take the sign.
    /// </remarks>
    /// <param name="state">State at the start of the step.</param>
    /// <param name="time">Its time [s].</param>
    /// <param name="step">Step size [s].</param>
    /// <param name="failed">The unknown at which the matrix is singular or F is no finite number, or -1.</param>
    /// <returns>Weighted norm of the error, not a number when an evaluation failed.</returns>
    [MethodImpl(Compilation.HotLoop)]
    private double Attempt(P[] state, double time, double step, out int failed)
    {
        double shift = 1 / (step * _tableau.Gamma);
        Shift(shift);
        if (_restores)
            Regularise();
        _statistics.Factorisations++;
        failed = _system.Solver.Factorise();
        if (failed >= 0)
            return double.NaN;
        _system.TimeDerivative(time, state, _timeRate, _quadratureTimeRate);
        WeightGradients(shift);
        Array.Clear(_increment);
        if (_restores)
            PrepareRestoring();

        int stages = _tableau.Stages;
        double perStep = -1 / step;
        for (int i = 0; i < stages; i++)
        {
            P[] k = _k[i];
            _sums.Set(state, _a[i], _tableau.C[i], perStep);
            if (i == 0)
            {
                _rate.CopyTo(k, 0);
                _startQuadratureRate.CopyTo(_quadratureRate, 0);
            }
            else
            {
                _system.AddStage(time + _tableau.Alpha[i] * step, _sums, _y, k, _quadratureRate);
                _statistics.Residuals++;
            }
            foreach (MassCoupling<P> m in _couplings)
                for (int j = 0; j < i; j++)
                    k[m.Row] += m.Value * _k[j][m.Column] * _sums.RateFactors[j];
            double explicitTime = _tableau.GammaSum[i] * step;
            if (explicitTime != 0)
                AddTimeRate(k, explicitTime);
            // The linear system gives w dF/du k = w M k/(h gamma) - w b.
            for (int q = 0; q < _quadratureRate.Length; q++)
            {
                P sum = P.MultiplyAdd(_quadratureTimeRate[q], P.From(explicitTime), _quadratureRate[q]);
                if (_weights[q] is { } weights)
                    sum -= Product<P>(weights.AsSpan(_weightedStart[q], _weightedCount[q]), k.AsSpan(_weightedStart[q], _weightedCount[q]));
                _increment[q] = P.MultiplyAdd(sum, P.From(_part[i]), _increment[q]);
            }
            _system.Solver.Solve(k);
            if (_restores)
                RestoreStage(i);
        }
        double error = Complete(state, _k[stages - 1]);
        if (double.IsNaN(error))
            failed = Culprit(state, time, step);
        return error;
    }

    /// <summary>An unknown of the candidate that is outside of its range, or -1.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private int Outside()
    {
        foreach (UnknownRange<P> range in _ranges)
        {
            P beyond = default;
            for (int u = range.Start; u < range.Start + range.Count; u++)
                beyond = P.Max(beyond, P.Max(range.Low - _y[u], _y[u] - range.High));
            if (VectorMath.LargestLane(beyond) > 0)
                return range.Start;
        }
        return -1;
    }

    /// <summary>Adds a part of dF/dt.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddTimeRate(P[] k, double part)
    {
        if (_timeRows is null)
            AddScaled(Doubles(k), part, Doubles(_timeRate));
        else
            foreach (int row in _timeRows)
                k[row] += _timeRate[row] * part;
    }

    /// <summary>Completes the candidate by the last stage, which is the error; its norm, not a number when an entry is none.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private double Complete(P[] state, P[] error)
    {
        if (P.LaneCount == 1)
        {
            AddScaled(Doubles(_y), -1, Doubles(error));
            double norm = VectorMath.ErrorNorm(Doubles(error), Doubles(state), Doubles(_y), _system.Scale, _control, _rtol,
                out double largest);
            return Math.Max(norm, largest / LargestDoubt);
        }
        VectorMath.Complete(_y, error, state, _system.Scale, _control, out P sum, out P most);
        return Math.Max(LargestRoot(sum) / _rtol, VectorMath.LargestLane(most) / LargestDoubt);
    }

    /// <summary>Root of the mean over all unknowns, in the worst lane.</summary>
    private double LargestRoot(P sum) => Math.Sqrt(VectorMath.LargestLane(sum) / _system.Size);

    [MethodImpl(Compilation.HotLoop)]
    private void Accept(P[] state, P[] quadratures)
    {
        _y.CopyTo(state, 0);
        AcceptBalance();
        for (int q = 0; q < quadratures.Length; q++)
            quadratures[q] += _added[q];
        foreach (Kept sum in _kept)
            if (sum.Left >= 0)
                sum.Value -= _added[sum.Left] * sum.PerLeft;
    }
}
