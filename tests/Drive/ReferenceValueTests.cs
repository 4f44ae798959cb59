using FvSolver.Materials;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Devices;
using FvSolver.Validation.Twin;
using Xunit;
using Xunit.Abstractions;

namespace FvSolver.Tests.Drive;

/// <summary>Single pulses of an independent solver.</summary>
public class ReferenceValueTests(ITestOutputHelper output)
{
    public static TheoryData<string> Pulses => [.. ReferencePulse.All.Where(p => p.Count == 1).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pulses))]
    public void A_pulse_moves_what_the_independent_solver_says(string name)
    {
        ReferencePulse pulse = ReferencePulse.All.Single(p => p.Name == name);
        var mesh = new MeshSettings { PsgCells = 300, Psg = PsgNodes.Tanh, Wo3Uniform = true };
        var device = new DeviceSimulation(pulse.Device(), mesh, new SolverSettings { RelativeTolerance = 1e-7 });
        var inventory = new Inventory(device);
        double area = device.Device.Geometry.Area;
        DeviceReading Reading() => new(inventory.Channel / area, inventory.Coverage / area, inventory.Given / area, device.GateVoltage);
        device.Pulse(pulse.Amplitude, pulse.Width, pulse.Edge);
        // Three or four digits are published of most values at the end of a pulse, five after the rest.
        Compare(Reading(), pulse.EndOfPulse, 1e-3);
        device.Rest(1);
        Compare(Reading(), pulse.AfterRest, 1e-4);
    }

    private void Compare(DeviceReading found, DeviceReading expected, double tolerance)
    {
        (string What, double Found, double Expected, double Tolerance)[] values =
        [
            ("WO3", found.Wo3, expected.Wo3, tolerance * Math.Abs(expected.Wo3)),
            ("coverage", found.Coverage, expected.Coverage, tolerance * Math.Abs(expected.Coverage)),
            ("given", found.GivenByPd, expected.GivenByPd, tolerance * Math.Abs(expected.GivenByPd)),
            ("V_G", found.GateVoltage, expected.GateVoltage, 2e-6),
        ];
        foreach ((string what, double f, double e, double t) in values)
        {
            if (double.IsNaN(e))
                continue;
            output.WriteLine($"{what}: {f:g7}, reference {e:g7}, {f / e - 1:e1}");
            Assert.True(Math.Abs(f - e) <= t, $"{what}: {f:g7} instead of {e:g7}");
        }
    }
}
