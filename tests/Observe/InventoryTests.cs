using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.Observe;

public class InventoryTests
{
    [Fact]
    public void A_molecule_that_leaks_takes_two_atoms_with_it()
    {
        Device device = CalibrationRules.Resolve(new() { Gas = new() { Enabled = true, LeakTime = 1e-14 } });
        var simulation = new DeviceSimulation(device, new(), new());
        var inventory = new Inventory(simulation);
        simulation.State[simulation.Layout.Dissolved] += new Scalar(1e14);
        double before = inventory.ProtonImbalance;
        simulation.Rest(1e-9);
        Assert.True(inventory.Leaked > 1e-4, $"{inventory.Leaked:g3} molecules leaked");
        Assert.Equal(1, inventory.ProtonImbalance / before, 1e-6);
    }

    [Fact]
    public void Coverage_stands_for_a_fugacity_by_the_potential_of_two_atoms()
    {
        // At theta = 1/2 the adsorbed hydrogen is -V_T ln(theta_0/(1-theta_0)) above rest, which lies U_W(y_ref) below 1 bar.
        Device device = CalibrationRules.Resolve(new());
        var simulation = new DeviceSimulation(device, new(), new());
        for (int k = 0; k < simulation.Layout.ChannelInterfaces.Length; k++)
            simulation.State[simulation.Layout.Coverage + k] = new(0.5);
        double theta = device.Interface.RestCoverage, thermal = Constants.ThermalVoltage(device.Heat.AmbientTemperature);
        double expected = 2 * (-Math.Log(theta / (1 - theta)) - InsertionPotential.AtRest(device) / thermal);
        Assert.Equal(expected, new GasState(simulation).LogFugacity, 1e-9 * Math.Abs(expected));
    }
}
