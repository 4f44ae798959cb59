using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Drive;

/// <summary>Nucleation of bubbles along a device's run: the expected number of nuclei, and the
/// bubble when it reaches a due number.</summary>
/// <remarks>
/// The hazard H, the integral over time and interface of J (<see cref="BubbleNucleation{P}"/>), is added up step by step. At
/// <see cref="HydrogenGas.NucleationHazard"/> times 1, 2, 4, ..., unless there is a bubble, the run is taken back to that moment and a
/// nucleus is put where J is largest: so many molecules go from the dissolved to the bubble that its fugacity is at most that of what is
/// left, the least for which it does not dissolve again. Where the dissolved hydrogen does not suffice for any, there is no bubble.
/// </remarks>
internal sealed class BubbleNuclei
{
    private readonly DeviceSimulation _device;
    private readonly UnknownLayout _u;
    private readonly BubbleNucleation<Scalar> _law;
    private readonly RunPiece _run;
    private readonly Watch _watch;

    /// <summary>Nuclei of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="run">Runs a piece of a waveform on it.</param>
    public BubbleNuclei(DeviceSimulation device, RunPiece run)
    {
        (_device, _u, _run) = (device, device.Layout, run);
        _watch = new(this);
        _law = BubbleNucleation<Scalar>.Of(Pack.One(device.Device), device.Device);
    }

    /// <summary>Expected number of nuclei since the start of the run, H.</summary>
    public double Hazard { get; set; }

    /// <summary>Due numbers that it has reached.</summary>
    public int Count { get; set; }

    private double Due => Math.ScaleB(_device.Device.Gas.NucleationHazard, Count);

    /// <summary>Runs a segment, in pieces where a bubble nucleates.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="observer">Sees each step, or null.</param>
    public void Run(in DriveSegment segment, IStepObserver<Scalar>? observer)
    {
        double from = 0, seen = double.NegativeInfinity;
        while (from < segment.Duration)
        {
            double drain = _device.DrainVoltage;
            _watch.Begin(observer, from, seen, stopsWhenDue: true);
            try
            {
                _run(segment.Between(from, segment.Duration, drain), _watch);
                Hazard = _watch.Hazard;
                return;
            }
            catch (DueException)
            {
                _device.Return();
            }
            double due = Math.Min(from + _watch.DueTime, segment.Duration);
            seen = Math.Max(seen, from + _watch.Time);
            if (due > from)
            {
                _watch.Begin(observer, from, seen, stopsWhenDue: false);
                _run(segment.Between(from, due, drain), _watch);
            }
            (Hazard, from) = (Due, due);
            Count++;
            Nucleate();
        }
    }

    /// <summary>Watches a piece that runs in lanes, until it is kept; throws a <see cref="DueException"/> where a nucleus is due.</summary>
    /// <param name="observer">Sees each step, or null.</param>
    public IStepObserver<Scalar> Follow(IStepObserver<Scalar>? observer)
    {
        _watch.Begin(observer, 0, double.NegativeInfinity, stopsWhenDue: true);
        return _watch;
    }

    /// <summary>Adds the hazard of the piece that was watched.</summary>
    public void Keep() => Hazard = _watch.Hazard;

    /// <summary>Nuclei per time of the whole device [1/s].</summary>
    private double Rate(Scalar[] state)
    {
        double rate = 0;
        for (int k = 0; k < _u.ChannelInterfaces.Length; k++)
            rate += _u.ChannelInterfaces[k].Area * Rate(state[_u.Dissolved + k]);
        return rate;
    }

    private double Rate(Scalar dissolved) =>
        dissolved > 0 && _law.Pressure(dissolved) > _law.Gas.FilmPressure ? Math.Exp(_law.LogRate(dissolved)) : 0;

    private bool HasBubble(Scalar[] state) =>
        Enumerable.Range(_u.Bubbles, _u.ChannelInterfaces.Length).Any(i => _law.Gas.Content(state[i]) >= 1);

    private void Nucleate()
    {
        Scalar[] x = _device.State;
        int k = Enumerable.Range(0, _u.ChannelInterfaces.Length).MaxBy(i => Rate(x[_u.Dissolved + i]));
        double dissolved = x[_u.Dissolved + k], growth = 1.02;
        for (double content = 1; content / _law.Gas.InverseDensity.Value < dissolved; content *= growth)
        {
            Scalar bubbles = new(content / _law.Gas.InverseDensity.Value), left = new(dissolved - bubbles);
            if (_law.Gas.LogFugacity(bubbles) > Math.Log(_law.Henry.Fugacity(left)))
                continue;
            (x[_u.Dissolved + k], x[_u.Bubbles + k]) = (left, x[_u.Bubbles + k] + bubbles);
            return;
        }
    }

    /// <summary>Adds the hazard up over a piece, and shows the steps to an observer, but for those that it has seen already.</summary>
    private sealed class Watch(BubbleNuclei nuclei) : IStepObserver<Scalar>
    {
        private IStepObserver<Scalar>? _observer;
        private double _from, _seen, _rate;
        private bool _stopsWhenDue;

        public double Hazard { get; private set; }

        /// <summary>Time of the last step in the piece [s].</summary>
        public double Time { get; private set; }

        /// <summary>Time in the piece at which a nucleus is due [s].</summary>
        public double DueTime { get; private set; }

        public double NextSample => (_observer?.NextSample ?? double.PositiveInfinity) - _from;

        public void Begin(IStepObserver<Scalar>? observer, double from, double seen, bool stopsWhenDue)
        {
            (_observer, _from, _seen, _stopsWhenDue) = (observer, from, seen, stopsWhenDue);
            (_rate, Hazard, Time) = (nuclei.Rate(nuclei._device.State), nuclei.Hazard, 0);
        }

        public void OnStep(double time, Scalar[] state)
        {
            double rate = nuclei.Rate(state), grown = Mean(rate, _rate) * (time - Time);
            if (_stopsWhenDue && Hazard + grown >= nuclei.Due && !nuclei.HasBubble(state))
            {
                DueTime = Time + (time - Time) * Math.Clamp((nuclei.Due - Hazard) / grown, 0, 1);
                throw new DueException();
            }
            (Hazard, _rate, Time) = (Hazard + grown, rate, time);
            if (_from + time > _seen)
                _observer?.OnStep(_from + time, state);
        }

        public void OnSample(double time, Scalar[] state) => _observer?.OnSample(_from + time, state);

        /// <summary>The mean of a rate that changes exponentially.</summary>
        private static double Mean(double a, double b)
        {
            double log = Math.Log(a / b);
            return a > 0 && b > 0 && Math.Abs(log) > 1e-6 ? (a - b) / log : (a + b) / 2;
        }
    }

    /// <summary>Ends a piece in which a nucleus is due.</summary>
    public sealed class DueException : Exception;
}

/// <summary>Runs a piece of a waveform.</summary>
internal delegate void RunPiece(in DriveSegment segment, IStepObserver<Scalar>? observer);
