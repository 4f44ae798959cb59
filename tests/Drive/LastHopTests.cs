using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Time;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>The hydrogen that protons of the last hop make does not hang on the cells of PSG.</summary>
public class LastHopTests
{
    [Fact]
    public void Twice_as_many_cells_make_as_much_hydrogen() => Assert.Equal(1, Dissolved(120) / Dissolved(60), 1e-3);

    private static double Dissolved(int cells)
    {
        DeviceSimulation device = CaseRun.CreateDevice(CaseReader.Read("single",
            ["gas.enabled=true", "hypotheses.remote_heyrovsky=true", $"mesh.psg_cells={cells}"]));
        var most = new Most(device.Layout.Dissolved);
        device.Pulse(10, 5e-9, device.Device.Gate.EdgeTime, most);
        return most.Value;
    }

    private sealed class Most(int unknown) : IStepObserver<Scalar>
    {
        public double Value { get; private set; }

        public void OnStep(double time, Scalar[] state) => Value = Math.Max(Value, state[unknown]);
    }
}
