using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>A gate whose hydride is weak holds a few atoms of hydrogen, which a pulse takes to the last.</summary>
public class EmptyGateTests
{
    // At 2 V/nm and with hops of 1.1 nm, rates at the gate are e^200 times what they are at rest.
    private static DeviceSimulation Device(string fraction)
    {
        CaseDefinition definition = CaseReader.Read("single",
            ["pd.hydrogen_fraction=" + fraction, "pd.transfer_coefficient=1", "psg.hop_distance=1.107 nm", "psg.thickness=5 nm",
                "psg.stern_thickness=0.624 nm", "mesh.psg_cells=60", "solver.max_steps=1000"], acceptImplausible: true);
        return new(definition.Device, definition.Mesh, definition.Solver);
    }

    [Fact]
    public void A_pulse_takes_all_that_it_holds_and_no_more()
    {
        DeviceSimulation device = Device("5e-7");
        GateMetal pd = device.Device.Pd;
        double held = 5e-7 * pd.AtomDensity * pd.Thickness * device.Device.Geometry.Area;
        var inventory = new Inventory(device);
        Assert.Equal(0, inventory.Given);
        device.Pulse(10, 5e-9, device.Device.Gate.EdgeTime);
        Assert.Equal(held, inventory.Given, 1e-12 * held);
        Assert.InRange(Math.Abs(device.State[device.Layout.GateHydrogen]), 0, 1e-30 * held);
        Assert.InRange(Math.Abs(inventory.ProtonImbalance), 0, 1e-9 * held);
        device.Rest(1);
        Assert.InRange(Math.Abs(inventory.ProtonImbalance), 0, 1e-8 * held);
    }

    [Fact]
    public void Counting_from_the_empty_gate_changes_nothing_where_the_gate_stays_far_from_it()
    {
        // On either side of the end of the plateau, where the activity is 1.
        double below = Given("0.00999999"), above = Given("0.01000001");
        Assert.Equal(above, below, 1e-5 * above);
        Assert.InRange(above, 1, 1000);

        static double Given(string fraction)
        {
            DeviceSimulation device = Device(fraction);
            device.Pulse(5, 5e-9, device.Device.Gate.EdgeTime);
            return new Inventory(device).Given;
        }
    }
}
