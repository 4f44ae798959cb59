using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Time;

namespace FvSolver.Cases.Studies;

/// <summary>A train of equal pulses from rest, seen by its gas: what dissolves, what it could nucleate at
/// other surface tensions, and the steps.</summary>
internal sealed class GasTrain : IStepObserver<Scalar>
{
    private readonly CaseDefinition _case;
    private readonly DeviceSimulation _device;
    private readonly GasState _gas;
    private readonly BubbleNucleation<Scalar> _law;
    private readonly double[] _hazard = new double[Tensions.Count];
    private double _time, _dissolved, _peak, _radius, _uphill;

    private GasTrain(CaseDefinition definition, double amplitude, double width)
    {
        _case = definition;
        _device = new(definition.Device, definition.MeshFor(PulseExperiment.Equal(amplitude, width)), definition.Solver);
        _gas = new(_device);
        _law = BubbleNucleation<Scalar>.Of(Pack.One(definition.Device), definition.Device);
    }

    /// <summary>Surface tensions for which the hazard is added up beside that of the case [J/m^2].</summary>
    public static IReadOnlyList<double> Tensions { get; } = [.. Enumerable.Range(0, 71).Select(k => 1e-3 * Math.Pow(1e3, k / 70.0))];

    /// <summary>Runs a train; the numbers are those of <see cref="GasTrainResult"/>.</summary>
    public static Dictionary<string, double> Run(CaseDefinition definition, double amplitude, double width, int count,
        CancellationToken cancel)
    {
        var train = new GasTrain(definition, amplitude, width);
        return train.Run(amplitude, width, count, cancel);
    }

    private Dictionary<string, double> Run(double amplitude, double width, int count, CancellationToken cancel)
    {
        var readout = new ChannelReadout(_device);
        var inventory = new Inventory(_device);
        double before = readout.Conductance, logFugacity = double.NegativeInfinity;
        Dictionary<string, double> numbers = new() { ["n"] = count };
        for (int i = 0; i < count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            (_peak, _radius, _time) = (0, 0, 0);
            _device.Pulse(amplitude, width, _case.Device.Gate.EdgeTime, this, () =>
            {
                logFugacity = Math.Max(logFugacity, _gas.LogFugacity);
                _time = 0;
            });
            _time = 0;
            _device.Rest(PulseExperiment.ReadTime, this);
            double now = readout.Conductance;
            numbers[$"s{i}"] = now - before;
            numbers[$"d{i}"] = _peak;
            numbers[$"b{i}"] = _radius;
            before = now;
        }
        numbers["g"] = inventory.Given;
        numbers["f"] = logFugacity;
        numbers["u"] = _uphill;
        numbers["h"] = _device.Nucleation.Hazard;
        foreach ((int k, double hazard) in _hazard.Index())
            numbers[$"h{k}"] = hazard;
        return numbers;
    }

    public void OnStep(double time, Scalar[] state)
    {
        double dissolved = state[_device.Layout.Dissolved], step = time - _time;
        _peak = Math.Max(_peak, dissolved);
        _radius = Math.Max(_radius, _gas.Radius);
        _uphill += _gas.Uphill();
        Scalar mean = new((dissolved + _dissolved) / 2);
        double excess = mean > 0 ? _law.Pressure(mean) - _law.Gas.FilmPressure.Value : 0;
        if (excess > 0)
        {
            HydrogenGas gas = _case.Device.Gas;
            double barrier = _law.Barrier(new Scalar(excess)),
                attempts = mean * _law.AttemptFrequency.Value * _case.Device.Geometry.Area * step;
            for (int k = 0; k < _hazard.Length; k++)
            {
                double ratio = Tensions[k] / gas.SurfaceTension;
                _hazard[k] += attempts * Math.Sqrt(ratio) * Math.Exp(-barrier * ratio * ratio * ratio);
            }
        }
        (_time, _dissolved) = (time, dissolved);
    }
}

/// <summary>What a train of pulses gave.</summary>
/// <param name="Width">Width of its pulses [s].</param>
/// <param name="Step">Steps of conductance, pulse by pulse [S].</param>
/// <param name="Dissolved">Largest density of dissolved hydrogen in each pulse [m^-2].</param>
/// <param name="Radius">Largest radius of curvature of the bubble in each pulse [m]; 0 for none.</param>
/// <param name="Injected">Hydrogen that Pd has given, atoms.</param>
/// <param name="LogFugacity">Largest ln f that the coverage stands for, f in bar.</param>
/// <param name="Uphill">Molecules that went up a gradient of fugacity.</param>
/// <param name="Hazard">Expected number of nuclei.</param>
/// <param name="HazardByTension">The same at each of <see cref="GasTrain.Tensions"/>.</param>
internal sealed record GasTrainResult(
    double Width, double[] Step, double[] Dissolved, double[] Radius, double Injected, double LogFugacity, double Uphill, double Hazard,
    double[] HazardByTension)
{
    /// <summary>The result of a point of a study.</summary>
    public static GasTrainResult Of(double width, IReadOnlyDictionary<string, double> f)
    {
        double[] All(string name) => [.. Enumerable.Range(0, (int)f["n"]).Select(i => f[$"{name}{i}"])];
        return new(width, All("s"), All("d"), All("b"), f["g"], f["f"], f["u"], f["h"],
            [.. GasTrain.Tensions.Select((_, k) => f[$"h{k}"])]);
    }

    /// <summary>Largest density of dissolved hydrogen [m^-2].</summary>
    public double LargestDissolved => Dissolved.Max();

    /// <summary>True when a bubble has nucleated.</summary>
    public bool HasBubble => Radius.Any(r => r > 0);

    /// <summary>Growth of the step from the first pulse to the last, relative.</summary>
    public double Growth => Step[^1] / Step[0] - 1;

    /// <summary>Expected number of nuclei in the train at a surface tension [J/m^2], from its
    /// logarithm between those that were added up.</summary>
    public double HazardAt(double tension)
    {
        double place = Math.Log(tension / GasTrain.Tensions[0]) / Math.Log(GasTrain.Tensions[1] / GasTrain.Tensions[0]);
        int k = Math.Clamp((int)place, 0, HazardByTension.Length - 2);
        double Log(int i) => Math.Log(Math.Max(HazardByTension[i], double.Epsilon));
        return Math.Exp(Log(k) + (place - k) * (Log(k + 1) - Log(k)));
    }

    /// <summary>Surface tension [J/m^2] at which the train is expected to nucleate a number of bubbles; NaN where none does.</summary>
    public double TensionFor(double hazard)
    {
        (double low, double high) = (GasTrain.Tensions[0], GasTrain.Tensions[^1]);
        if (!(HazardAt(low) > hazard && HazardAt(high) < hazard))
            return double.NaN;
        for (int i = 0; i < 60; i++)
        {
            double middle = Math.Sqrt(low * high);
            (low, high) = HazardAt(middle) > hazard ? (middle, high) : (low, middle);
        }
        return low;
    }
}
