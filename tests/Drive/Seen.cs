using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Time;

namespace FvSolver.Tests.Drive;

/// <summary>Keeps the times of the steps that it sees.</summary>
/// <param name="times">Takes them.</param>
/// <param name="next">The sample that it asks for.</param>
internal sealed class Seen(List<double> times, double next = double.PositiveInfinity) : IStepObserver<Scalar>
{
    public double NextSample => next;

    public void OnStep(double time, Scalar[] state) => times.Add(time);
}
