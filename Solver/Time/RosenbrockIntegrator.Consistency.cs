using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Solver.Time.VectorMath;

namespace FvSolver.Solver.Time;

// Consistent start and end: algebraic unknowns that are tied to the others by an exponential.
public sealed partial class RosenbrockIntegrator<P>
{
    private const int MostIterations = 200;

    // So short that no differential unknown moves, whatever its rate [s].
    private const double NoTime = 1e-60;

    // Largest change of a controlled unknown in an iteration over its scale: an exponential overshoots from where it has vanished.
    private const double LargestChange = 0.1;

    // Behind a change of this size an exponential has an error of its square times scale over kT/q, near the last digit.
    private const double LastChange = 3e-8;

    // Of an unknown over its scale, at which rounding is far behind.
    private const double SmallestJump = 1e-9;

    // State that the last segment has left, with its algebraic rows solved.
    private readonly P[] _left;

    /// <summary>True for a state that the last segment has left, unless the drive jumps.</summary>
    private bool IsConsistent(P[] state)
    {
        if (_timeRows is null || !MemoryMarshal.AsBytes(Doubles(state)).SequenceEqual(MemoryMarshal.AsBytes(Doubles(_left))))
            return false;
        foreach (int row in _timeRows)
        {
            P change = P.Abs(_rate[row] / _system.Solver.Values[_diagonal[row]]);
            if (_mark[row] == 0 && VectorMath.LargestLane(change) > SmallestJump * _system.Scale[row])
                return false;
        }
        return true;
    }

    private void LeaveConsistent(double time, P[] state)
    {
        MakeConsistent(time, state);
        state.CopyTo(_left, 0);
    }

    /// <summary>
    /// Solves the algebraic rows for the algebraic unknowns by Newton's method. A state that was set has an error in them that no step size
    /// takes away; one that a step has left within its tolerance conserves what hangs on them, as charge, only as well as that. Where rates
    /// are so fast that steps lose what is stored, rows that are linear lose digits too.
    /// </summary>
    [MethodImpl(Compilation.HotLoop)]
    private void MakeConsistent(double time, P[] state)
    {
        P[] change = _k[0];
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            Begin(time, state);
            Shift(1 / NoTime);
            _statistics.Factorisations++;
            if (_system.Solver.Factorise() >= 0)
                return;
            _rate.CopyTo(change, 0);
            _system.Solver.Solve(change);
            double largest = 0;
            foreach (int u in _system.ControlledAlgebraic)
                largest = Math.Max(largest, VectorMath.LargestLane(P.Abs(change[u])) / _system.Scale[u]);
            if (!double.IsFinite(largest))
                return;
            // The matrix has the opposite sign.
            P part = P.From(-Math.Min(1, LargestChange / largest));
            for (int u = 0; u < state.Length; u++)
                if (_mark[u] == 0)
                    state[u] = P.MultiplyAdd(part, change[u], state[u]);
            if (largest < LastChange)
                return;
        }
    }
}
