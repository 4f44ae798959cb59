using System.Runtime.Intrinsics;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Drive;

/// <summary>Up to eight devices whose runs advance together, in the lanes of one vector.</summary>
/// <remarks>
/// Each member is a run of its own that asks for time, request by request. When every member that has not come to its end has
/// asked, those that ask for the same pieces of a waveform (same modes and durations; voltages may differ) are advanced at
/// once, with the steps of the worst; the others go alone. Lanes of members that take no part hold their gate, and what becomes of
/// them is dropped. When the common integration fails, each member does the piece alone: the one to blame fails alone. Which
/// members there are decides about the last digits of each: the steps are shared.
/// </remarks>
public sealed class DeviceEnsemble
{
    /// <summary>Most members.</summary>
    public const int Capacity = Lanes.Count;

    // Eight lanes cost about as much as two and a half devices alone, whose edges are computed eight at a time as well; where vectors of
    // eight are put together from halves, as four to five and a half.
    private static readonly int s_fewestInLanes = Vector512.IsHardwareAccelerated ? 3 : 5;

    private readonly Member[] _members;
    private DeviceSystem<Lanes>? _system;
    private RosenbrockIntegrator<Lanes>? _integrator;
    private Lanes[] _state = [], _quadratures = [];
    private DeviceSimulation[] _devices = [];
    private readonly ArrayLoan _arrays = new();

    private DeviceEnsemble(IReadOnlyList<IEnumerable<DriveRequest>> runs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runs.Count, Capacity);
        _members = [.. runs.Select(run => new Member(run.GetEnumerator()))];
        Failures = new Exception?[runs.Count];
    }

    /// <summary>Runs members to their ends.</summary>
    /// <param name="runs">
    /// What each member asks for, 1 to <see cref="Capacity"/>: a sequence that is read on when the last request is done, so that code
    /// between two requests finds the device where it has come to. A member may use one device after another.
    /// </param>
    /// <returns>The ensemble, done.</returns>
    /// <exception cref="OperationCanceledException">A member was cancelled: so are all.</exception>
    public static DeviceEnsemble Run(IReadOnlyList<IEnumerable<DriveRequest>> runs)
    {
        var ensemble = new DeviceEnsemble(runs);
        try
        {
            while (ensemble.Ask())
                ensemble.Serve();
        }
        finally
        {
            foreach (Member m in ensemble._members)
                m.Requests.Dispose();
            ensemble.Drop();
        }
        return ensemble;
    }

    /// <summary>Pieces that were advanced in lanes, times the devices that took part.</summary>
    public long SharedSegments { get; private set; }

    /// <summary>Why each member failed; null for those that came to their end.</summary>
    public Exception?[] Failures { get; }

    /// <summary>Lets every member go on to its next request; false when all have come to their ends.</summary>
    private bool Ask()
    {
        bool isAny = false;
        for (int i = 0; i < _members.Length; i++)
        {
            Member m = _members[i];
            if (m.HasEnded)
                continue;
            try
            {
                m.HasEnded = !m.Requests.MoveNext();
            }
            catch (Exception e) when (e is not OperationCanceledException) // whatever it is, it is this member's
            {
                (m.HasEnded, Failures[i]) = (true, e);
            }
            if (!m.HasEnded)
                m.Request = m.Requests.Current;
            isAny |= !m.HasEnded;
        }
        return isAny;
    }

    private void Serve()
    {
        List<int> open = [.. Enumerable.Range(0, _members.Length).Where(i => !_members[i].HasEnded)];
        while (open.Count > 0)
        {
            DriveRequest first = _members[open[0]].Request;
            int[] group = [.. open.Where(i => first.IsLike(_members[i].Request))];
            open.RemoveAll(i => group.Contains(i));
            if (group.Length >= s_fewestInLanes && IsReady())
                RunInLanes(group);
            else
                foreach (int i in group)
                    RunAlone(i, 0, double.NegativeInfinity);
        }
    }

    private void RunInLanes(int[] group)
    {
        int count = _members[group[0]].Request.Segments.Length;
        for (int k = 0; k < count; k++)
        {
            DriveSegment first = _members[group[0]].Request.Segments.Span[k];
            if (first.Duration > 0)
            {
                var watch = new LaneWatch(_members, group);
                StepStatistics before = _integrator!.Statistics;
                try
                {
                    Pack(group, k, first.Mode);
                    _integrator.Advance(_state, _quadratures, first.Duration, watch.IsNeeded ? watch : null);
                }
                catch (Exception e) when (e is NumericalException or BubbleNuclei.DueException)
                {
                    // The one to blame fails alone, or gets its bubble.
                    foreach (int i in group)
                    {
                        _members[i].Request.Device.Return();
                        RunAlone(i, k, watch.Seen);
                    }
                    return;
                }
                SharedSegments += group.Length;
                foreach (int i in group)
                    _members[i].Request.Device.Take(_members[i].Request.Segments.Span[k], _state, _quadratures, i, _integrator.Statistics,
                        before);
            }
            foreach (int i in group)
                _members[i].Request.Device.Corner(k, count, _members[i].Request.OnCorner);
        }
    }

    /// <summary>Puts states and drives into the lanes; others hold their gate where it is.</summary>
    private void Pack(int[] group, int k, DriveMode mode)
    {
        foreach (int i in group)
            _members[i].Request.Device.Keep();
        Span<double> start = stackalloc double[Capacity], slope = stackalloc double[Capacity];
        for (int lane = 0; lane < Capacity; lane++)
        {
            int i = Math.Min(lane, _members.Length - 1);
            bool takesPart = group.Contains(i);
            DriveSegment own = takesPart ? _members[i].Request.Segments.Span[k] : default;
            start[lane] = takesPart ? own.Start : mode == DriveMode.Current ? 0 : _devices[i].GateVoltage;
            slope[lane] = takesPart ? own.Slope : 0;
        }
        _system!.Connect(new LinearDrive<Lanes> { Mode = mode, Start = Lanes.FromLanes(start), Slope = Lanes.FromLanes(slope) });
        for (int lane = 0; lane < Capacity; lane++)
            Lanes.SetLane(_state, lane, _devices[Math.Min(lane, _devices.Length - 1)].State);
        Array.Clear(_quadratures);
    }

    private void RunAlone(int member, int from, double seen)
    {
        try
        {
            _members[member].Request.Run(from, seen);
        }
        catch (Exception e) when (e is not OperationCanceledException) // whatever it is, it is this member's
        {
            (_members[member].HasEnded, Failures[member]) = (true, e);
        }
    }

    /// <summary>Builds the common system for the present devices; false when they differ in their terms.</summary>
    private bool IsReady()
    {
        DeviceSimulation?[] devices = [.. _members.Select(m => m.Request.Device)];
        if (devices.AsSpan().SequenceEqual(_devices))
            return _system is not null;
        Drop();
        if (devices.Any(d => d is null || d.Mesh.Dimension > 1))
            return false;
        _devices = devices!;
        LaneTerms terms = LaneTerms.Of(_devices[0]);
        if (!_devices.All(d => LaneTerms.Of(d) == terms))
            return false;
        SolverSettings settings = _devices[0].Settings;
        _arrays.Make(() =>
        {
            _system = new([.. _devices.Select(d => d.Column)], pattern => new BlockTridiagonal<Lanes>(pattern),
                energyBalance: settings.EnergyBalance);
            _integrator = new(_system, settings.Method.Tableau(), settings.RelativeTolerance, settings.MaxSteps);
            _state = AlignedArray.Create<Lanes>(_system.Size);
            _quadratures = AlignedArray.Create<Lanes>(_system.QuadratureCount);
        });
        return true;
    }

    /// <summary>Gives up the common system, whose arrays the next one uses again.</summary>
    private void Drop()
    {
        (_system, _integrator, _devices, _state, _quadratures) = (null, null, [], [], []);
        _arrays.Return();
    }

    private sealed class Member(IEnumerator<DriveRequest> requests)
    {
        public IEnumerator<DriveRequest> Requests { get; } = requests;

        public bool HasEnded { get; set; }

        /// <summary>The request that is served, or the last that was.</summary>
        public DriveRequest Request { get; set; }
    }

    /// <summary>Shows each member the steps of its lane.</summary>
    private sealed class LaneWatch(Member[] members, int[] group) : IStepObserver<Lanes>
    {
        private readonly IStepObserver<Scalar>?[] _observers =
            [.. group.Select(i => members[i].Request.Device.Follow(members[i].Request.Observer))];

        /// <summary>Time of the last step that was shown [s].</summary>
        public double Seen { get; private set; } = double.NegativeInfinity;

        public bool IsNeeded => _observers.Any(o => o is not null);

        public void OnStep(double time, Lanes[] state)
        {
            Seen = time;
            for (int n = 0; n < group.Length; n++)
                if (_observers[n] is { } observer)
                {
                    Scalar[] own = members[group[n]].Request.Device.State;
                    Lanes.CopyLane(state, group[n], own);
                    observer.OnStep(time, own);
                }
        }
    }
}
