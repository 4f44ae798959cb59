using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Drive;

/// <summary>Up to eight devices whose runs advance together, in the lanes of one vector.</summary>
/// <remarks>
/// Each member is a run of its own on a thread of its own, with its own protocol and recorder. When all members that are
/// not done ask for time, those that ask for the same segments (same modes and durations; voltages may differ) are
/// advanced at once, with the steps of the worst; the others go alone. Lanes of members that take no part hold their gate,
/// and what becomes of them is dropped. When the common integration fails, each member does the segment alone: the one to
/// blame fails alone. Which members there are decides about the last digits of each: the steps are shared.
/// </remarks>
public sealed class DeviceEnsemble
{
    /// <summary>Most members.</summary>
    public const int Capacity = Lanes.Count;

    // Eight lanes cost about as much as five devices alone, whose edges are computed eight at a time as well.
    private const int FewestInLanes = 6;

    private readonly Lock _lock = new();
    private readonly Member[] _members;
    private DeviceSystem<Lanes>? _system;
    private RosenbrockIntegrator<Lanes>? _integrator;
    private Lanes[] _state = [], _quadratures = [];
    private DeviceSimulation[] _devices = [];

    /// <summary>An ensemble whose members will enter.</summary>
    /// <param name="members">Number of members, 1 to <see cref="Capacity"/>.</param>
    public DeviceEnsemble(int members)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(members, Capacity);
        _members = [.. Enumerable.Range(0, members).Select(_ => new Member())];
    }

    /// <summary>Runs members to their ends, each on a thread of its own.</summary>
    /// <param name="members">Number of members, 1 to <see cref="Capacity"/>.</param>
    /// <param name="work">What a member does, given its number; it enters its devices itself, and leaves when this returns.</param>
    /// <returns>The ensemble, done.</returns>
    /// <exception cref="AggregateException">Members failed; the others came to their ends.</exception>
    public static DeviceEnsemble Run(int members, Action<DeviceEnsemble, int> work)
    {
        var ensemble = new DeviceEnsemble(members);
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, members).Select(member => new Thread(() =>
        {
            try
            {
                work(ensemble, member);
            }
            catch (Exception e) // thrown again by the caller's thread
            {
                failures.Enqueue(e);
            }
            finally
            {
                ensemble.Leave(member);
            }
        }) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return failures.IsEmpty ? ensemble : throw new AggregateException(failures);
    }

    /// <summary>Segments that were advanced in lanes, times the devices that took part.</summary>
    public long SharedSegments { get; private set; }

    /// <summary>Lets a device advance with the others from now on; a member may enter one device after another.</summary>
    /// <param name="member">Number of the member.</param>
    /// <param name="device">Its device.</param>
    public void Enter(int member, DeviceSimulation device)
    {
        if (device.Mesh.Dimension > 1)
            return;
        lock (_lock)
            _members[member].Device = device;
        device.Ensemble = this;
    }

    /// <summary>Ends a member's part: the others no longer wait for it.</summary>
    public void Leave(int member)
    {
        lock (_lock)
        {
            _members[member].HasLeft = true;
            ServeWhenAllWait();
        }
    }

    /// <summary>Advances a device over segments; returns when they are done.</summary>
    /// <exception cref="NumericalException">The integration of this device failed.</exception>
    internal void Advance(DeviceSimulation device, ReadOnlyMemory<DriveSegment> segments, IStepObserver<Scalar>? observer, Action? onCorner)
    {
        Member member;
        lock (_lock)
        {
            member = Array.Find(_members, m => ReferenceEquals(m.Device, device))
                ?? throw new InvalidOperationException("The device is no member of the ensemble any more.");
            (member.Segments, member.Observer, member.OnCorner, member.Failure) = (segments, observer, onCorner, null);
            member.IsWaiting = true;
            ServeWhenAllWait();
        }
        member.Done.Wait();
        member.Done.Reset();
        if (member.Failure is { } failure)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private void ServeWhenAllWait()
    {
        if (!_members.All(m => m.HasLeft || m.IsWaiting) || !_members.Any(m => m.IsWaiting))
            return;
        var open = new List<int>(from i in Enumerable.Range(0, _members.Length) where _members[i].IsWaiting select i);
        while (open.Count > 0)
        {
            Member first = _members[open[0]];
            int[] group = [.. open.Where(i => first.AsksTheSameAs(_members[i]))];
            open.RemoveAll(i => group.Contains(i));
            if (group.Length >= FewestInLanes && IsReady())
                RunInLanes(group);
            else
                foreach (int i in group)
                    RunAlone(_members[i], 0, double.NegativeInfinity);
        }
        foreach (Member m in _members)
            if (m.IsWaiting)
            {
                m.IsWaiting = false;
                m.Done.Set();
            }
    }

    private void RunInLanes(int[] group)
    {
        int count = _members[group[0]].Segments.Length;
        for (int k = 0; k < count; k++)
        {
            DriveSegment first = _members[group[0]].Segments.Span[k];
            if (first.Duration > 0)
            {
                var watch = new LaneWatch(_members, group);
                StepStatistics before = _integrator!.Statistics;
                try
                {
                    Pack(group, k, first.Mode);
                    _integrator.Advance(_state, _quadratures, first.Duration, watch.IsNeeded ? watch : null);
                }
                catch (NumericalException)
                {
                    foreach (int i in group)
                    {
                        _members[i].Device!.Return();
                        RunAlone(_members[i], k, watch.Seen);
                    }
                    return;
                }
                SharedSegments += group.Length;
                foreach (int i in group)
                    _members[i].Device!.Take(_members[i].Segments.Span[k], _state, _quadratures, i, _integrator.Statistics, before);
            }
            foreach (int i in group)
                _members[i].Device!.Corner(k, count, _members[i].OnCorner);
        }
    }

    /// <summary>Puts states and drives into the lanes; others hold their gate where it is.</summary>
    private void Pack(int[] group, int k, DriveMode mode)
    {
        foreach (int i in group)
            _members[i].Device!.Keep();
        Span<double> start = stackalloc double[Capacity], slope = stackalloc double[Capacity], values = stackalloc double[Capacity];
        for (int lane = 0; lane < Capacity; lane++)
        {
            int i = Math.Min(lane, _members.Length - 1);
            bool takesPart = group.Contains(i);
            DriveSegment own = takesPart ? _members[i].Segments.Span[k] : default;
            start[lane] = takesPart ? own.Start : mode == DriveMode.Current ? 0 : _devices[i].GateVoltage;
            slope[lane] = takesPart ? own.Slope : 0;
        }
        _system!.Connect(new GateDrive<Lanes> { Mode = mode, Start = Lanes.FromLanes(start), Slope = Lanes.FromLanes(slope) });
        for (int u = 0; u < _state.Length; u++)
        {
            for (int lane = 0; lane < Capacity; lane++)
                values[lane] = _devices[Math.Min(lane, _devices.Length - 1)].State[u];
            _state[u] = Lanes.FromLanes(values);
        }
        Array.Clear(_quadratures);
    }

    private static void RunAlone(Member member, int from, double seen)
    {
        try
        {
            ReadOnlySpan<DriveSegment> segments = member.Segments.Span;
            for (int k = from; k < segments.Length; k++)
            {
                IStepObserver<Scalar>? observer = k == from && member.Observer is { } o ? new LaterSteps(o, seen) : member.Observer;
                if (segments[k].Duration > 0)
                    member.Device!.RunAlone(segments[k], observer);
                member.Device!.Corner(k, segments.Length, member.OnCorner);
            }
        }
        catch (Exception e) // belongs to the thread of this member, which throws it again
        {
            member.Failure = e;
        }
    }

    /// <summary>Builds the common system for the present devices; false when they differ in their terms.</summary>
    private bool IsReady()
    {
        DeviceSimulation[] devices = [.. _members.Select(m => m.Device!)];
        if (devices.Any(d => d is null))
            return false;
        if (devices.AsSpan().SequenceEqual(_devices))
            return _system is not null;
        _devices = devices;
        (_system, _integrator) = (null, null);
        LaneTerms terms = LaneTerms.Of(devices[0]);
        if (!devices.All(d => LaneTerms.Of(d) == terms))
            return false;
        SolverSettings settings = devices[0].Settings;
        _system = new([.. devices.Select(d => d.Column)], pattern => new BlockTridiagonal<Lanes>(pattern));
        _integrator = new(_system, settings.Method.Tableau(), settings.RelativeTolerance, settings.MaxSteps);
        _state = new Lanes[_system.Size];
        _quadratures = new Lanes[_system.QuadratureCount];
        return true;
    }

    private sealed class Member
    {
        public DeviceSimulation? Device { get; set; }

        public bool HasLeft { get; set; }

        public bool IsWaiting { get; set; }

        public ReadOnlyMemory<DriveSegment> Segments { get; set; }

        public IStepObserver<Scalar>? Observer { get; set; }

        public Action? OnCorner { get; set; }

        public Exception? Failure { get; set; }

        public ManualResetEventSlim Done { get; } = new(false, 0);

        public bool AsksTheSameAs(Member other)
        {
            if (!other.IsWaiting || other.Segments.Length != Segments.Length)
                return false;
            for (int k = 0; k < Segments.Length; k++)
            {
                DriveSegment a = Segments.Span[k], b = other.Segments.Span[k];
                if (a.Mode != b.Mode || a.Duration != b.Duration || a.Drain != b.Drain)
                    return false;
            }
            return true;
        }
    }

    /// <summary>Shows each member the steps of its lane.</summary>
    private sealed class LaneWatch(Member[] members, int[] group) : IStepObserver<Lanes>
    {
        /// <summary>Time of the last step that was shown [s].</summary>
        public double Seen { get; private set; } = double.NegativeInfinity;

        public bool IsNeeded => group.Any(i => members[i].Observer is not null);

        public void OnStep(double time, Lanes[] state)
        {
            Seen = time;
            foreach (int i in group)
                if (members[i].Observer is { } observer)
                {
                    DeviceSimulation.Unpack(state, members[i].Device!.State, i);
                    observer.OnStep(time, members[i].Device!.State);
                }
        }
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
