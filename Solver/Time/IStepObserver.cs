using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Time;

/// <summary>Sees each accepted step.</summary>
public interface IStepObserver<P>
    where P : struct, IParameter<P>
{
    /// <summary>A step was accepted.</summary>
    /// <param name="time">Time since the start of the segment [s].</param>
    /// <param name="state">State at its end; not to be kept or changed.</param>
    void OnStep(double time, P[] state);
}
