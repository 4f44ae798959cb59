using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Time;

/// <summary>Sees each accepted step, and states between them where it asks for any.</summary>
public interface IStepObserver<P>
    where P : struct, IParameter<P>
{
    /// <summary>A step was accepted.</summary>
    /// <param name="time">Time since the start of the segment [s].</param>
    /// <param name="state">State at its end; not to be kept or changed.</param>
    void OnStep(double time, P[] state);

    /// <summary>Time since the start of the segment at which a state is asked for next [s]; infinite for none.</summary>
    double NextSample => double.PositiveInfinity;

    /// <summary>The state that was asked for, before the step that goes beyond it is shown;
    /// <see cref="NextSample"/> must have moved on then.</summary>
    /// <param name="time">Its time since the start of the segment [s].</param>
    /// <param name="state">The state; not to be kept or changed.</param>
    void OnSample(double time, P[] state)
    {
    }
}
