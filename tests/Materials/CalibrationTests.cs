using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Twin;
using Xunit;
using static FvSolver.Materials.Constants;

namespace FvSolver.Tests.Materials;

public class CalibrationTests
{
    [Fact]
    public void The_frozen_device_has_the_hop_rate_of_the_bulk_law()
    {
        Device device = ReferenceSets.Frozen;
        Assert.Equal(0.6069, device.Psg.ActivationEnergy, 4);
        Assert.Equal(637.5328, HopRate.At(device.Psg, 300), 637.5 * 1e-6);
    }

    [Theory]
    [InlineData(4.5e-10, 4e25)]
    [InlineData(7.0e-10, 1e25)]
    public void The_rule_gives_the_bulk_current_density_for_any_distance_and_density(double distance, double density)
    {
        var film = new Electrolyte { HopDistance = distance, FixedChargeDensity = density, BulkCurrentDensity = 6.5e4 };
        var device = new Device { Psg = film, Gate = new() { RestVoltage = 0.75 } };
        Electrolyte psg = CalibrationRules.Resolve(device).Psg;
        double x = distance * 9.25 / (2 * ThermalVoltage(300) * 10e-9);
        double current = 2 * ElementaryCharge * distance * HopRate.At(psg, 300) * density * Math.Sinh(x);
        Assert.Equal(6.5e4, current, 6.5e4 * 1e-10);
    }

    [Theory]
    [InlineData(HopLaw.Sinh)]
    [InlineData(HopLaw.Saturating)]
    [InlineData(HopLaw.Washboard)]
    [InlineData(HopLaw.GaussianDisorder)]
    public void The_rule_gives_the_bulk_current_density_by_the_law_that_is_chosen(HopLaw law)
    {
        var film = new Electrolyte { HopLaw = law, BulkCurrentDensity = 6.5e4 };
        Device device = CalibrationRules.Resolve(new Device { Psg = film, Gate = new() { RestVoltage = 0.75 } });
        Assert.Equal(1, BulkCurrent.Density(device, law, 9.25 / 10e-9, 300) / 6.5e4, 1e-10);
        // By another law the same film would carry something else.
        if (law != HopLaw.Sinh)
            Assert.True(Math.Abs(BulkCurrent.Density(device, HopLaw.Sinh, 9.25 / 10e-9, 300) / 6.5e4 - 1) > 1e-3);
    }

    [Fact]
    public void The_film_at_rest_has_the_resistance_of_the_paper()
    {
        Device device = CalibrationRules.Resolve(new Device());
        Channel wo3 = device.Wo3;
        double conductivity = ElementaryCharge * wo3.ElectronMobility * wo3.RestComposition * wo3.SiteDensity;
        double resistance = device.Geometry.Length / (device.Geometry.Width * wo3.Thickness * conductivity);
        Assert.Equal(88e6, resistance, 88e6 * 1e-10);
    }

    [Theory]
    [InlineData(8e25, 1e-17, 21)]
    [InlineData(1e25, 1e-17, 1e8)]
    [InlineData(4e25, 1e-15, 1e3)]
    public void Trapped_and_mobile_protons_at_rest_fulfil_exchange_and_neutrality(double traps, double capture, double release)
    {
        var psg = new Electrolyte { FixedChargeDensity = 4e25, TrapDensity = traps, CaptureCoefficient = capture, ReleaseRate = release };
        double c = TrapExchange.RestDensity(psg);
        double b = psg.FixedChargeDensity - c;
        Assert.InRange(b, 0, traps);
        Assert.Equal(1, capture * c * (traps - b) / (release * b), 6);
    }

    [Fact]
    public void The_dilute_preset_carries_the_current_of_the_paper_by_the_bulk_law_and_its_energy_by_pulses()
    {
        Device device = CaseReader.Read("single", ["preset=dilute"]).Device;
        Electrolyte psg = device.Psg;
        double field = 9.25 / 10e-9, x = psg.HopDistance * field / (2 * ThermalVoltage(300));
        double current = 2 * ElementaryCharge * psg.HopDistance * HopRate.At(psg, 300) * psg.FixedChargeDensity * Math.Sinh(x);
        Assert.InRange(current, 3.6e4, 4.4e4);
        Assert.Equal(0.38, psg.ActivationEnergy);
        var simulation = new DeviceSimulation(device, new MeshSettings(), new SolverSettings());
        Assert.Equal(15e-18, simulation.Pulse(10, 5e-9, 1.1e-9).Proton, 0.3e-18);
    }

    [Fact]
    public void The_trapping_preset_carries_the_dc_current_of_the_paper_with_the_full_model()
    {
        var simulation = new DeviceSimulation(CaseReader.Read("single", ["preset=trapping"]).Device, new MeshSettings(),
            new SolverSettings());
        simulation.Segment(DriveMode.Voltage, simulation.GateVoltage, 10, 1.1e-9);
        simulation.Segment(DriveMode.Voltage, 10, 10, 1e-6);
        var inventory = new Inventory(simulation);
        double before = inventory.Given;
        simulation.Segment(DriveMode.Voltage, 10, 10, 1e-8);
        double current = ElementaryCharge * (inventory.Given - before) / 1e-8 / simulation.Device.Geometry.Area;
        Assert.InRange(current, 3.6e4, 4.4e4);
        Assert.Equal(0.38, simulation.Device.Psg.ActivationEnergy);
    }

    [Fact]
    public void Steps_with_traps_do_not_depend_on_the_mesh()
    {
        double Step(int cells)
        {
            var mesh = new MeshSettings { PsgCells = cells, PsgFirstCellGate = 0.01e-9, PsgFirstCellChannel = 0.01e-9 };
            var simulation = new DeviceSimulation(CaseReader.Read("single", ["preset=trapping"]).Device, mesh, new SolverSettings());
            simulation.Pulse(10, 5e-9, 1.1e-9);
            simulation.Rest(1);
            return new Inventory(simulation).Channel;
        }

        Assert.Equal(1, Step(60) / Step(240), 1e-3);
    }
}
