using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Drive;

/// <summary>Linear pieces of a waveform over which a device is to be advanced next: at once, or together with other devices.</summary>
/// <remarks>The pieces are kept by the device: a request holds until the next one is made.</remarks>
public readonly struct DriveRequest
{
    internal DriveRequest(DeviceSimulation device, ReadOnlyMemory<DriveSegment> segments, IStepObserver<Scalar>? observer,
        Action? onCorner) =>
        (Device, Segments, Observer, OnCorner) = (device, segments, observer, onCorner);

    /// <summary>The device.</summary>
    public DeviceSimulation Device { get; }

    internal ReadOnlyMemory<DriveSegment> Segments { get; }

    internal IStepObserver<Scalar>? Observer { get; }

    internal Action? OnCorner { get; }

    /// <summary>Advances the device by itself.</summary>
    /// <exception cref="NumericalException">The integration failed.</exception>
    public void Run() => Run(0, double.NegativeInfinity);

    /// <summary>The same from one of the pieces on, whose steps up to a time [s] the observer has seen already.</summary>
    internal void Run(int from, double seen)
    {
        ReadOnlySpan<DriveSegment> segments = Segments.Span;
        for (int k = from; k < segments.Length; k++)
        {
            IStepObserver<Scalar>? observer = k == from && seen >= 0 && Observer is { } o ? new LaterSteps(o, seen) : Observer;
            if (segments[k].Duration > 0)
                Device.RunAlone(segments[k], observer);
            Device.Corner(k, segments.Length, OnCorner);
        }
    }

    /// <summary>True when both ask for the same pieces: same modes and durations; voltages may differ.</summary>
    internal bool IsLike(in DriveRequest other)
    {
        if (other.Segments.Length != Segments.Length)
            return false;
        for (int k = 0; k < Segments.Length; k++)
        {
            DriveSegment a = Segments.Span[k], b = other.Segments.Span[k];
            if (a.Mode != b.Mode || a.Duration != b.Duration || a.Drain != b.Drain)
                return false;
        }
        return true;
    }

    /// <summary>Leaves out steps up to a time, which the observer has seen already.</summary>
    private sealed class LaterSteps(IStepObserver<Scalar> observer, double seen) : IStepObserver<Scalar>
    {
        public void OnStep(double time, Scalar[] state)
        {
            if (time > seen)
                observer.OnStep(time, state);
        }
    }
}
