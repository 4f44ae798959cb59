using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Tests.CrossSections;

/// <summary>A device that takes a given number of equal steps, so that two meshes can take the same ones.</summary>
internal sealed class SteppedDevice
{
    private readonly Scalar[] _quadratures;

    public SteppedDevice(Device device, ControlVolumeMesh mesh, LinearSolverKind kind)
    {
        System = new([new(device, mesh)], pattern => LinearSolverChoice.ForDevice(pattern, mesh.Dimension, kind));
        State = System.RestState();
        _quadratures = new Scalar[System.QuadratureCount];
    }

    public DeviceSystem<Scalar> System { get; }

    public Scalar[] State { get; }

    public void Segment(DriveMode mode, double start, double end, double duration, int steps)
    {
        System.Connect(new() { Mode = mode, Start = new(start), Slope = new((end - start) / duration) });
        System.Prepare(State, new() { Mode = DriveMode.Voltage });
        var integrator = new RosenbrockIntegrator<Scalar>(System, RosenbrockTableau.Rodas4, 1e-6,
            steps + 2)
        { FixedStep = duration / steps };
        integrator.Advance(State, _quadratures, duration);
    }
}
