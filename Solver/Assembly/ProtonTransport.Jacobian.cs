using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

// Derivatives of the fluxes, and where they go in the Jacobian.
internal sealed partial class ProtonTransport<P, W, A, TLaw, TLimit, THeat>
{
    [MethodImpl(Compilation.HotLoop)]
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        if (_goesAlong)
        {
            AddLinearisedAlong(x, f, jacobian);
            return;
        }
        int last = _edges - A.Count;
        for (int e = 0; ; e = Math.Min(e + A.Count, last))
        {
            if (_context.HasHeat)
                WarmEdgeJacobian(x, e);
            else
                EdgeJacobian(x, e);
            if (e == last)
                break;
        }
        Displace(x);
        AddBalances(x, f);
        _dissipation?.Differentiate(x, _current, _slopes, _context.AtNodes!.Proton);
        if (_levels is not null)
            _levels.Write(jacobian, _slopes, _dissipation!.HalfPower);
        else
            AddEntries(jacobian);
    }

    [MethodImpl(Compilation.HotLoop)]
    private void AddEntries(Span<P> jacobian)
    {
        // The slots are the solver's own: entries are taken without checks.
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        P ownDensity = default, ownFall = default;
        for (int e = 0; e < _edges; e++)
        {
            ref int row = ref _protonSlots[2 * e * RowEntries], next = ref Unsafe.Add(ref row, RowEntries);
            P a = _slopes.ByLeft[e], b = _slopes.ByRight[e], c = _slopes.ByFall[e];
            Unsafe.Add(ref entries, row) += ownDensity - a;
            Unsafe.Add(ref entries, Unsafe.Add(ref row, 1)) -= b;
            Unsafe.Add(ref entries, Unsafe.Add(ref row, 2)) -= ownFall + c;
            Unsafe.Add(ref entries, Unsafe.Add(ref row, 3)) += c;
            Unsafe.Add(ref entries, next) += a;
            Unsafe.Add(ref entries, Unsafe.Add(ref next, 2)) += c;
            // In a chain the right end is the next edge's left one: what belongs on its diagonal goes there together.
            if (_isChain && e < _edges - 1)
            {
                (ownDensity, ownFall) = (b, c);
                continue;
            }
            Unsafe.Add(ref entries, Unsafe.Add(ref next, 1)) += b;
            Unsafe.Add(ref entries, Unsafe.Add(ref next, 3)) -= c;
        }
        if (_context.HasHeat)
            AddThermalEntries(jacobian);
        _dissipation?.AddEntries(jacobian);
    }

    [MethodImpl(Compilation.HotLoop)]
    private void EdgeJacobian(P[] x, int e)
    {
        LoadEnds(x, e, out W left, out W right, out W fall);
        W inverse = _flux.InverseThermalVoltage;
        Store(e, _flux.Evaluate(left, right, fall, inverse, new(A.Load(_hops, e), A.Load(_conductance, e)), out FlowSlopes<W> slopes), slopes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(int e, W current, in FlowSlopes<W> slopes)
    {
        A.Store(_current, e + 1, current);
        A.Store(_slopes.ByLeft, e, slopes.ByLeft);
        A.Store(_slopes.ByRight, e, slopes.ByRight);
        A.Store(_slopes.ByFall, e, slopes.ByDrop);
    }
}
