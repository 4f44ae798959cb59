using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Time;
using static FvSolver.Materials.Constants;
using static FvSolver.Solver.Arithmetic.AlignedArray;

namespace FvSolver.Solver.Assembly;

// Along a chain: edges one after the other, or a group of them, and the sums of their nodes as soon as the fluxes are known. Nothing is written in
// between and read again; in lanes, whose vectors do not fit the first-level cache, that counts. Arrays in local references, since fields would be
// read again after every store.
internal sealed partial class ProtonTransport<P, W, A, TLaw, TLimit, THeat>
{
    /// <inheritdoc/>
    public int Formed => _goesAlong ? _u.Potential + _nodes : 0;

    /// <summary>F at one temperature.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddAlong(P[] x, P[] f)
    {
        ref P density = ref First(x, _u.Proton), potential = ref First(x, _u.Potential);
        ref P protons = ref First(f, _u.Proton), charges = ref First(f, _u.Potential);
        ref P hops = ref First(_hops), conductance = ref First(_conductance), capacitance = ref First(_capacitance), charge = ref First(_charge);
        W inverseThermalVoltage = _flux.InverseThermalVoltage, before = default, displacementBefore = default;
        // The last group overlaps the one before it and adds what is its own.
        nint last = _edges - A.Count;
        for (nint e = 0; ; e = Math.Min(e + A.Count, last))
        {
            W left = A.Get(ref density, e), right = A.Get(ref density, e + 1), fall = A.Get(ref potential, e) - A.Get(ref potential, e + 1);
            W current = _flux.Evaluate(left, right, fall, inverseThermalVoltage, new(A.Get(ref hops, e), A.Get(ref conductance, e)));
            W displacement = fall * A.Get(ref capacitance, e);
            A.Add(ref protons, e, A.Behind(current, before) - current);
            A.Add(ref charges, e, _poisson.Row(left, A.Get(ref charge, e), A.Behind(displacement, displacementBefore) - displacement));
            (before, displacementBefore) = (current, displacement);
            if (e == last)
                break;
        }
        AddLast(x, f, before, displacementBefore);
    }

    /// <summary>F with heat, half of which goes to each end of an edge.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddWarmAlong(P[] x, P[] f)
    {
        ref P density = ref First(x, _u.Proton), potential = ref First(x, _u.Potential), temperature = ref First(x, TemperatureLeft(0));
        ref P protons = ref First(f, _u.Proton), charges = ref First(f, _u.Potential), heats = ref First(f, TemperatureLeft(0));
        ref P hops = ref First(_hops), conductance = ref First(_conductance), capacitance = ref First(_capacitance), charge = ref First(_charge);
        ref P chemical = ref First(_context.AtNodes!.Proton.Value);
        W before = default, displacementBefore = default, powerBefore = default, total = default;
        nint last = _edges - A.Count;
        for (nint e = 0; ; e = Math.Min(e + A.Count, last))
        {
            W left = A.Get(ref density, e), right = A.Get(ref density, e + 1), fall = A.Get(ref potential, e) - A.Get(ref potential, e + 1);
            W inverse = W.Reciprocal((A.Get(ref temperature, e) + A.Get(ref temperature, e + 1)) * (0.5 * VoltPerKelvin));
            W current = _flux.Evaluate(left, right, fall, inverse, new(A.Get(ref hops, e), A.Get(ref conductance, e)));
            W displacement = fall * A.Get(ref capacitance, e);
            W power = Dissipation.Power<W, W>(current, A.Get(ref chemical, e) - A.Get(ref chemical, e + 1) + fall);
            A.Add(ref protons, e, A.Behind(current, before) - current);
            A.Add(ref charges, e, _poisson.Row(left, A.Get(ref charge, e), A.Behind(displacement, displacementBefore) - displacement));
            A.Add(ref heats, e, (A.Behind(power, powerBefore) + power) * 0.5);
            total += A.Own(power, e);
            (before, displacementBefore, powerBefore) = (current, displacement, power);
            if (e == last)
                break;
        }
        AddLast(x, f, before, displacementBefore);
        Unsafe.Add(ref heats, _edges) += A.Last(powerBefore) * 0.5;
        if (_context.HasLedger)
            _context.HeatRate += A.Sum(total);
    }

    /// <summary>Adds what flows into the last node, and its charge.</summary>
    private void AddLast(P[] x, P[] f, W inflow, W displacement)
    {
        int node = _nodes - 1;
        f[_u.Proton + node] += A.Last(inflow);
        f[_u.Potential + node] += _charge[node] * (x[_u.Proton + node] - A.Last(_poisson.FixedChargeDensity)) + A.Last(displacement);
        AddBound(x, f);
    }

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public void AddStage(StageSums<P> sums, P[] point, P[] rate)
    {
        int count = sums.Count, edges = _edges;
        // Without stages before, only for the message about a step that failed at once.
        if (count is 0 or > StageSums<P>.Fused)
        {
            sums.Form(point, rate, _u.Proton, 2 * _nodes);
            AddResidual(point, rate);
            return;
        }
        // From a density to the potential of the same node.
        nint apart = _u.Potential - _u.Proton;
        ref P protons = ref First(rate, _u.Proton);
        ref P hops = ref First(_hops), conductance = ref First(_conductance), capacitance = ref First(_capacitance);
        ref P charge = ref First(_charge);
        ref P y = ref First(point, _u.Proton), u = ref First(sums.State, _u.Proton), m = ref First(sums.Mass, _u.Proton);
        ref P a = ref First(sums.PointFactors), c = ref First(sums.RateFactors);
        ref P k0 = ref First(sums.Stages[0], _u.Proton), k1 = ref First(sums.Stages[Math.Min(1, count - 1)], _u.Proton);
        ref P k2 = ref First(sums.Stages[Math.Min(2, count - 1)], _u.Proton), k3 = ref First(sums.Stages[Math.Min(3, count - 1)], _u.Proton);
        ref P k4 = ref First(sums.Stages[Math.Min(4, count - 1)], _u.Proton);
        W inverseThermalVoltage = _flux.InverseThermalVoltage, inflow = default, displacement = default;
        W left = default, before = default, sum = default, right = default, next = default, nextSum = default;
        // Two nodes come before the first edge.
        for (nint e = -2; e < edges; e++)
        {
            // The node behind the edge, so that the edge need not wait; at the end the last one again.
            nint n = Math.Min(e + 2, edges), p = n + apart;
            W far = A.Get(ref u, n), beyond = A.Get(ref u, p), farSum = default;
            AddTerm(ref k0, A.Get(ref a, 0), A.Get(ref c, 0), n, p, ref far, ref beyond, ref farSum);
            if (count > 1)
                AddTerm(ref k1, A.Get(ref a, 1), A.Get(ref c, 1), n, p, ref far, ref beyond, ref farSum);
            if (count > 2)
                AddTerm(ref k2, A.Get(ref a, 2), A.Get(ref c, 2), n, p, ref far, ref beyond, ref farSum);
            if (count > 3)
                AddTerm(ref k3, A.Get(ref a, 3), A.Get(ref c, 3), n, p, ref far, ref beyond, ref farSum);
            if (count > 4)
                AddTerm(ref k4, A.Get(ref a, 4), A.Get(ref c, 4), n, p, ref far, ref beyond, ref farSum);
            A.Put(ref y, n, far);
            A.Put(ref y, p, beyond);
            farSum = farSum * A.Get(ref m, n);
            if (e < 0)
            {
                (left, before, sum, right, next, nextSum) = (right, next, nextSum, far, beyond, farSum);
                continue;
            }
            W fall = before - next;
            W current = _flux.Evaluate(left, right, fall, inverseThermalVoltage, new(A.Get(ref hops, e), A.Get(ref conductance, e)));
            W toNext = fall * A.Get(ref capacitance, e);
            A.Put(ref protons, e, sum + (inflow - current));
            // The potential has no mass, so that the stages before give nothing.
            A.Put(ref protons, e + apart, _poisson.Row(left, A.Get(ref charge, e), displacement - toNext));
            (left, before, sum, inflow, displacement) = (right, next, nextSum, current, toNext);
            (right, next, nextSum) = (far, beyond, farSum);
        }
        A.Put(ref protons, edges, sum + inflow);
        A.Put(ref protons, edges + apart, _poisson.Row(left, A.Get(ref charge, edges), displacement));
    }

    /// <summary>Adds what one stage gives to the point, and to the sum of a density.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTerm(ref P stage, W pointFactor, W rateFactor, nint density, nint potential, ref W c, ref W phi, ref W sum)
    {
        W k = A.Get(ref stage, density);
        c = W.MultiplyAdd(pointFactor, k, c);
        phi = W.MultiplyAdd(pointFactor, A.Get(ref stage, potential), phi);
        sum = W.MultiplyAdd(rateFactor, k, sum);
    }

    /// <summary>F, and the rows of protons in its Jacobian; those of the potential are constant.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddLinearisedAlong(P[] x, P[] f, Span<P> jacobian)
    {
        ref P density = ref First(x, _u.Proton), potential = ref First(x, _u.Potential);
        ref P protons = ref First(f, _u.Proton), charges = ref First(f, _u.Potential);
        ref P hops = ref First(_hops), conductance = ref First(_conductance), capacitance = ref First(_capacitance);
        ref P charge = ref First(_charge);
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        ref int slots = ref MemoryMarshal.GetArrayDataReference(_protonSlots);
        W inverseThermalVoltage = _flux.InverseThermalVoltage;
        W left = A.Get(ref density, 0), before = A.Get(ref potential, 0), inflow = default, displacement = default;
        // Of the edge before, by its right end.
        W byDensity = default, byFall = default;
        int edges = _edges;
        for (nint e = 0; e < edges; e++)
        {
            W right = A.Get(ref density, e + 1), next = A.Get(ref potential, e + 1), fall = before - next;
            W current = _flux.Evaluate(left, right, fall, inverseThermalVoltage, new(A.Get(ref hops, e), A.Get(ref conductance, e)), out FlowSlopes<W> slopes);
            W toNext = fall * A.Get(ref capacitance, e);
            A.Put(ref protons, e, inflow - current);
            A.Put(ref charges, e, _poisson.Row(left, A.Get(ref charge, e), displacement - toNext));
            A.Put(ref entries, slots, byDensity - slopes.ByLeft);
            A.Put(ref entries, Unsafe.Add(ref slots, 1), -slopes.ByRight);
            A.Put(ref entries, Unsafe.Add(ref slots, 2), -(byFall + slopes.ByDrop));
            A.Put(ref entries, Unsafe.Add(ref slots, 3), slopes.ByDrop);
            A.Put(ref entries, Unsafe.Add(ref slots, RowEntries), slopes.ByLeft);
            A.Put(ref entries, Unsafe.Add(ref slots, RowEntries + 2), slopes.ByDrop);
            (left, before, inflow, displacement, byDensity, byFall) = (right, next, current, toNext, slopes.ByRight, slopes.ByDrop);
            slots = ref Unsafe.Add(ref slots, 2 * RowEntries);
        }
        A.Put(ref protons, edges, inflow);
        A.Put(ref charges, edges, _poisson.Row(left, A.Get(ref charge, edges), displacement));
        slots = ref Unsafe.Add(ref slots, -RowEntries);
        A.Put(ref entries, Unsafe.Add(ref slots, 1), byDensity);
        A.Put(ref entries, Unsafe.Add(ref slots, 3), -byFall);
    }
}
