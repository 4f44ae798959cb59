using FvSolver.Materials;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.Assembly;

/// <summary>What the glass loses beside hopping, by the work of the source with and without it.</summary>
public class FilmLossTests
{
    private static double Work(Func<Electrolyte, Electrolyte> change, double from, double to, double duration)
    {
        Device device = CalibrationRules.Resolve(new());
        var simulation = new DeviceSimulation(device with { Psg = change(device.Psg) }, new(), new() { RelativeTolerance = 1e-7 });
        simulation.Segment(DriveMode.Voltage, simulation.GateVoltage, from, 1e-9);
        double before = simulation.Quadratures[QuadratureLayout.Work];
        simulation.Segment(DriveMode.Voltage, from, to, duration);
        return simulation.Quadratures[QuadratureLayout.Work] - before;
    }

    [Fact]
    public void A_leak_costs_conductivity_times_area_over_thickness_times_the_square_of_the_voltage()
    {
        Device device = CalibrationRules.Resolve(new());
        double loss = Work(psg => psg with { LeakageConductivity = 1e-6 }, 3, 3, 1e-9) - Work(psg => psg, 3, 3, 1e-9);
        double expected = 9 * 1e-6 * device.Geometry.Area / device.Psg.Thickness * 1e-9;
        Assert.Equal(1, loss / expected, 1e-6);
    }

    [Fact]
    public void A_ramp_costs_the_loss_of_a_dielectric_in_half_a_cycle()
    {
        // (pi/2) tan(delta) C |V dV/dt|, integrated from 1 V to 4 V.
        Device device = CalibrationRules.Resolve(new());
        double loss = Work(psg => psg with { LossTangent = 0.02 }, 1, 4, 1e-9) - Work(psg => psg, 1, 4, 1e-9);
        double capacitance = device.Psg.RelativePermittivity * Constants.VacuumPermittivity * device.Geometry.Area / device.Psg.Thickness;
        Assert.Equal(1, loss / (Math.PI / 2 * 0.02 * capacitance * (16 - 1) / 2), 1e-6);
    }
}
