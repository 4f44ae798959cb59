using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Time;

// States between two steps, for observers: a shorter step from the start of the one that was accepted, as accurate as it, whose result
// nobody goes on from. The run itself stays the same to the last bit.
public sealed partial class RosenbrockIntegrator<P>
{
    // A sample this close to an end of the step, relative to its size, is the state there.
    private const double SameTime = 1e-9;

    // Made when the first sample is asked for.
    private P[] _start = [];

    private void KeepStart(P[] state)
    {
        if (_start.Length == 0)
            _start = AlignedArray.Create<P>(_system.Size);
        state.CopyTo(_start, 0);
    }

    /// <summary>Shows the states that are asked for within a step that has been accepted.</summary>
    private void Sample(IStepObserver<P> observer, double start, double end, P[] state)
    {
        double near = SameTime * (end - start);
        while (observer.NextSample is var at && at <= end)
        {
            if (at <= start + near)
                observer.OnSample(start, _start);
            else if (at >= end - near)
                observer.OnSample(end, state);
            else
            {
                Begin(start, _start);
                // What cannot be computed is not made up: then the end of the step is shown, with its own time.
                if (double.IsNaN(Attempt(_start, start, at - start, out _)))
                    observer.OnSample(end, state);
                else
                    observer.OnSample(at, _y);
            }
        }
    }
}
