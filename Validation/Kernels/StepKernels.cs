using BenchmarkDotNet.Attributes;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Bench;

namespace FvSolver.Validation.Kernels;

/// <summary>The pieces of a step of the 1-D stack, on the state after a pulse.</summary>
public class StepKernels
{
    private DeviceSystem<Scalar> _system = null!;
    private Scalar[] _state = [], _rate = [], _rhs = [], _quadratures = [], _jacobian = [];
    private Scalar[][] _gradient = [];

    /// <summary>Whether temperature and gas are unknowns.</summary>
    [Params(false, true)]
    public bool HeatAndGas { get; set; }

    /// <summary>Brings a device into a state, and its matrix with it.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        DeviceSimulation device = BenchDevice.Create(HeatAndGas ? BenchDevice.WithHeatAndGas : BenchDevice.Isothermal, Method.Rodas4, 1e-3);
        device.Pulse(ComparisonTrain.UpVoltage, ComparisonTrain.Width, ComparisonTrain.Edge);
        (_system, _state) = (device.System, device.State);
        (_rate, _rhs) = (new Scalar[_system.Size], new Scalar[_system.Size]);
        _quadratures = new Scalar[_system.QuadratureCount];
        _gradient = [.. _quadratures.Select(_ => new Scalar[_system.Size])];
        _jacobian = new Scalar[_system.Solver.Values.Length];
        _system.Residual(0, _state, _rate, _quadratures);
    }

    /// <summary>F.</summary>
    [Benchmark]
    public void Residual() => _system.Residual(0, _state, _rate, _quadratures);

    /// <summary>dF/du.</summary>
    [Benchmark]
    public void Jacobian() => _system.Jacobian(0, _state, _jacobian, _gradient);

    /// <summary>Factorisation of the last matrix.</summary>
    [Benchmark]
    public int Factorise() => _system.Solver.Factorise();

    /// <summary>Solution with the last factors, and a copy of the right-hand side.</summary>
    [Benchmark]
    public void Solve()
    {
        _rate.CopyTo(_rhs, 0);
        _system.Solver.Solve(_rhs);
    }
}
