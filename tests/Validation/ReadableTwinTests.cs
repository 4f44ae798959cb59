using FvSolver.Materials;
using FvSolver.Validation.Devices;
using FvSolver.Validation.Twin;
using Xunit;

namespace FvSolver.Tests.Validation;

public class ReadableTwinTests
{
    private static readonly Device Default = ReferenceSets.Frozen;

    private static ReadableTwin Twin(int cells, double tolerance = 1e-7)
    {
        double stern = Default.Psg.SternThickness;
        return new(Default, TwinMesh.Tanh(stern, Default.Psg.Thickness - stern, cells), TwinMesh.Uniform(0, 10e-9, 16), tolerance);
    }

    [Fact]
    public void StaysAtRestWhenNothingIsDone()
    {
        (_, DeviceReading after) = Twin(20).Pulse(Default.Gate.RestVoltage, 5e-9, 1.1e-9, 100);
        Assert.Equal(Default.Gate.RestVoltage, after.GateVoltage, 1e-9);
        Assert.InRange(Math.Abs(after.Wo3), 0, 1e6); // of the 6e16 that the film holds
        Assert.InRange(Math.Abs(after.GivenByPd), 0, 1e6);
    }

    [Fact]
    public void MeetsTheReferenceSolverOnSixtyCells()
    {
        // Converged values of an independent solver for the default set; 60 tanh-graded cells are good to 2.5e-4.
        (_, DeviceReading after) = Twin(60).Pulse(10, 5e-9, 1.1e-9, 1);
        Assert.Equal(9.4716e14, after.Wo3, 2.5e-4 * 9.4716e14);
        Assert.Equal(7.6790e13, after.Coverage, 2.5e-4 * 7.6790e13);
        Assert.Equal(1.18126e15, after.GivenByPd, 2.5e-4 * 1.18126e15);
        Assert.Equal(0.750396, after.GateVoltage, 1e-6);
    }

    [Fact]
    public void StepsConvergeInTheirTolerance()
    {
        double exact = Twin(20, 1e-9).Pulse(10, 5e-9, 1.1e-9, 1).AfterRest.Wo3;
        Assert.Equal(exact, Twin(20, 1e-6).Pulse(10, 5e-9, 1.1e-9, 1).AfterRest.Wo3, 1e-5 * exact);
    }

    [Fact]
    public void RefusesWhatItDoesNotModel() =>
        Assert.Throws<ArgumentException>(() => new ReadableTwin(
            Default with { Psg = Default.Psg with { HopLaw = HopLaw.Washboard } }, [0, 1e-9], [0, 1e-9]));
}
