using FvSolver.Solver.Arithmetic;
using static FvSolver.Solver.Time.VectorMath;

namespace FvSolver.Solver.Time;

/// <content>Names the unknown at fault when a step fails.</content>
public sealed partial class RosenbrockIntegrator<P>
    where P : struct, IParameter<P>
{
    /// <summary>The unknown at which F of the first stage that fails is no finite number, or -1: the
    /// solution of the stage has spread it over all.</summary>
    private int Culprit(P[] state, double time, double step)
    {
        int stage = Array.FindIndex(_k, k => FirstNotFinite(k) >= 0);
        if (stage < 0)
            return -1;
        P[] rate = _k[stage];
        _sums.Set(state, _a[stage], _tableau.C[stage], 0);
        _system.AddStage(time + _tableau.Alpha[stage] * step, _sums, _y, rate, _quadratureRate);
        return FirstNotFinite(rate);
    }

    private static int FirstNotFinite(P[] x)
    {
        int place = Doubles(x).IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        return place < 0 ? -1 : place / P.LaneCount;
    }

    /// <summary>The unknown with the largest part in the error of the last attempt, for a message.</summary>
    private int Worst(P[] state)
    {
        P[] error = _k[_tableau.Stages - 1];
        double largest = -1;
        int worst = -1;
        for (int u = 0; u < _mark.Length; u++)
            for (int lane = 0; lane < P.LaneCount && _control[u] > 0; lane++)
            {
                double size = Math.Max(Math.Abs(P.Lane(state[u], lane)), Math.Abs(P.Lane(_y[u], lane)));
                double term = Math.Abs(P.Lane(error[u], lane)) / (_system.Scale[u] + size);
                if (!(term <= largest))
                    (largest, worst) = (term, u);
            }
        return worst;
    }
}
