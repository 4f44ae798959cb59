using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Time;

namespace FvSolver.Cases.Studies;

/// <summary>Dissolved hydrogen at each interface node of a running device: when it passes a density first, and its largest value.</summary>
internal sealed class GasWatch : IStepObserver<Scalar>
{
    private readonly DeviceSimulation _device;
    private readonly UnknownLayout _u;
    private readonly double _critical, _left, _right;
    private readonly double[] _x, _area, _first, _peak, _now;
    private double _mean, _meanTime = -1, _time, _ratio;

    /// <summary>Watches a device from its present state on.</summary>
    /// <param name="device">The device.</param>
    /// <param name="critical">Density at which gas appears [m^-2].</param>
    public GasWatch(DeviceSimulation device, double critical)
    {
        (_device, _u, _critical) = (device, device.Layout, critical);
        ControlVolumeMesh mesh = device.Mesh;
        _left = _u.GateInterfaces.Min(f => mesh.X[f.First]);
        _right = _u.GateInterfaces.Max(f => mesh.X[f.First]);
        _x = [.. _u.ChannelInterfaces.Select(f => mesh.X[f.Second])];
        // Areas count in means below the gate.
        _area = [.. _u.ChannelInterfaces.Select((f, k) => _x[k] >= _left && _x[k] <= _right ? f.Area : 0)];
        (_first, _peak, _now) = (new double[_x.Length], new double[_x.Length], new double[_x.Length]);
        Array.Fill(_first, -1);
        Read(device.State);
    }

    /// <inheritdoc/>
    public void OnStep(double time, Scalar[] state)
    {
        double now = _device.Time + time, before = _mean;
        double[] last = [.. _now];
        Read(state);
        for (int k = 0; k < _x.Length; k++)
            if (_first[k] < 0)
                _first[k] = Passed(last[k], _now[k], now);
        if (_meanTime < 0)
            _meanTime = Passed(before, _mean, now);
        _time = now;
    }

    /// <summary>Takes the ratio of the largest to the mean density.</summary>
    public void EndFirstPulse() => _ratio = _now.Where((_, k) => _area[k] > 0).Max() / _mean;

    /// <summary>All that was seen, by name; see <see cref="GasSpots"/>.</summary>
    public Dictionary<string, double> Numbers()
    {
        int[] order = [.. Enumerable.Range(0, _x.Length).OrderBy(k => _x[k])];
        int spot = order.Any(k => _first[k] >= 0) ? order.Where(k => _first[k] >= 0).MinBy(k => _first[k]) : order.MaxBy(k => _peak[k]);
        var numbers = new Dictionary<string, double>
        {
            ["nodes"] = _x.Length,
            ["left"] = _left,
            ["right"] = _right,
            ["spot_x"] = _x[spot],
            ["spot_time"] = _first[spot],
            ["spot_ratio"] = _ratio,
            ["mean_time"] = _meanTime,
            ["share"] = _area.Where((_, k) => _first[k] >= 0).Sum() / _area.Sum(),
            ["pressure"] = new GasState(_device).Pressure,
        };
        foreach ((int i, int k) in order.Index())
        {
            numbers[$"x{i}"] = _x[k];
            numbers[$"first{i}"] = _first[k];
            numbers[$"peak{i}"] = _peak[k];
            numbers[$"bubbles{i}"] = _device.State[_u.Bubbles + k];
        }
        return numbers;
    }

    private double Passed(double before, double after, double now) =>
        after < _critical ? -1 : before >= _critical ? now : _time + (now - _time) * (_critical - before) / (after - before);

    private void Read(Scalar[] state)
    {
        for (int k = 0; k < _x.Length; k++)
        {
            _now[k] = state[_u.Dissolved + k];
            _peak[k] = Math.Max(_peak[k], _now[k]);
        }
        _mean = _now.Zip(_area, (n, a) => n * a).Sum() / _area.Sum();
    }
}
