using BenchmarkDotNet.Attributes;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Bench;

namespace FvSolver.Validation.Kernels;

/// <summary>The linear systems of a cross-section whose gate covers half of it, by each solver that is installed.</summary>
public class SectionKernels
{
    private ILinearSolver<Scalar> _solver = null!;
    private Scalar[] _rate = [], _rhs = [];

    /// <summary>Nodes along the channel and down the stack.</summary>
    [Params(50, 100)]
    public int Nodes { get; set; }

    /// <summary>Solver.</summary>
    [Params(LinearSolverKind.Managed, LinearSolverKind.Klu, LinearSolverKind.Umfpack)]
    public LinearSolverKind Kind { get; set; }

    /// <summary>Brings a device into a state, and its matrix with it.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var device = new DeviceSimulation(BenchDevice.Isothermal, BenchDevice.HalfGate(Nodes, Nodes),
            new() { RelativeTolerance = 1e-2, LinearSolver = Kind });
        device.Pulse(ComparisonTrain.UpVoltage, ComparisonTrain.Width, ComparisonTrain.Edge);
        _solver = device.System.Solver;
        (_rate, _rhs) = (new Scalar[device.System.Size], new Scalar[device.System.Size]);
        device.System.Residual(0, device.State, _rate, new Scalar[device.System.QuadratureCount]);
    }

    /// <summary>Factorisation of the last matrix.</summary>
    [Benchmark]
    public int Factorise() => _solver.Factorise();

    /// <summary>Solution with the last factors, and a copy of the right-hand side.</summary>
    [Benchmark]
    public void Solve()
    {
        _rate.CopyTo(_rhs, 0);
        _solver.Solve(_rhs);
    }
}
