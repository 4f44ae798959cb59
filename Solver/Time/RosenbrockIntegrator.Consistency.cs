using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Time;

// Consistent start: algebraic unknowns that are tied to the others by an exponential.
public sealed partial class RosenbrockIntegrator<P>
{
    private const int MostIterations = 200;

    // So short that no differential unknown moves [s].
    private const double NoTime = 1e-24;

    // Largest change of a controlled unknown in an iteration over its scale: an exponential overshoots from where it has vanished.
    private const double LargestChange = 0.1;

    /// <summary>
    /// Solves the algebraic rows for the algebraic unknowns by Newton's method. A state that was set, or that the segment before has left
    /// within its tolerance, has an error in them that no step size takes away.
    /// </summary>
    [MethodImpl(Compilation.HotLoop)]
    private void MakeConsistent(P[] state)
    {
        P[] change = _k[0];
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            Begin(0, state);
            Shift(1 / NoTime);
            _statistics.Factorisations++;
            if (_system.Solver.Factorise() >= 0)
                return;
            _rate.CopyTo(change, 0);
            _system.Solver.Solve(change);
            double largest = 0;
            foreach (int u in _system.ControlledAlgebraic)
                largest = Math.Max(largest, LargestLane(P.Abs(change[u])) / _system.Scale[u]);
            if (!double.IsFinite(largest))
                return;
            // The matrix has the opposite sign.
            P part = P.From(-Math.Min(1, LargestChange / largest));
            for (int u = 0; u < state.Length; u++)
                if (_mark[u] == 0)
                    state[u] = P.MultiplyAdd(part, change[u], state[u]);
            if (largest < Math.Max(1e-3 * _rtol, 1e-13))
                return;
        }
    }
}
