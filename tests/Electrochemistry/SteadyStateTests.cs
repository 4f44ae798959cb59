using FvSolver.Cases.Electrochemistry;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.Electrochemistry;

public class SteadyStateTests
{
    [Theory]
    [InlineData(0.85, "default")]
    [InlineData(0.70, "default")]
    [InlineData(0.85, "n2")]
    public void Held_gate_ends_in_the_composition_whose_potential_balances_it(double voltage, string preset)
    {
        CaseDefinition definition = CaseReader.Read("single", [$"preset={preset}", "pd.finite_reservoir=false"]);
        var potentiostat = new Potentiostat(definition);
        SteadyState state = SteadyState.Reach(potentiostat, voltage);
        Assert.True(state.IsSettled);
        double expected = SteadyState.BalancedComposition(definition.Device, voltage);
        Assert.Equal(1, potentiostat.Inventory.Composition / expected, 1e-4);
        Assert.Equal(voltage - definition.Device.Gate.RestVoltage,
            InsertionPotential.At(definition.Device, definition.Device.Wo3.RestComposition, 300)
            - InsertionPotential.At(definition.Device, expected, 300), 1e-9);
        Assert.InRange(Math.Abs(state.Current.Faradaic) / definition.Device.Geometry.Area, 0, 1e-3);
    }

    [Fact]
    public void Rest_is_steady_at_once()
    {
        var potentiostat = new Potentiostat(CaseReader.Read("single"));
        SteadyState state = SteadyState.Reach(potentiostat, potentiostat.Device.GateVoltage);
        Assert.True(state.IsSettled);
        Assert.Equal(0, state.Current.Total, 1e-20);
    }

    [Fact]
    public void Large_device_carries_the_current_of_the_paper_for_a_microsecond_and_not_for_long()
    {
        var potentiostat = new Potentiostat(CaseReader.Read("single", ["geometry.length=1 um", "geometry.width=750 nm"]));
        SteadyState state = SteadyState.Reach(potentiostat, 10, 1e-6);
        Assert.InRange(state.Current.Total, 24e-9, 36e-9);
        Assert.False(state.IsSettled);
    }

    [Fact]
    public void Current_is_the_change_of_charge_over_time()
    {
        var potentiostat = new Potentiostat(CaseReader.Read("single"));
        potentiostat.Ramp(2, 1e-6);
        double Charge() => potentiostat.Device.GateCharge + Constants.ElementaryCharge * potentiostat.Inventory.Given;
        potentiostat.Ramp(2.5, 1e-6);
        double before = Charge(), slope = 0.5e6, dt = 1e-10;
        GateCurrent current = potentiostat.Current(slope);
        potentiostat.Ramp(2.5 + slope * dt, dt);
        GateCurrent after = potentiostat.Current(slope);
        Assert.Equal(1, (Charge() - before) / dt / ((current.Total + after.Total) / 2), 1e-4);
        Assert.True(Math.Abs(current.Capacitive) > 0.1 * Math.Abs(current.Total));
    }

    [Fact]
    public void Slow_voltammogram_follows_the_charge_of_the_balanced_channel_and_comes_back()
    {
        var potentiostat = new Potentiostat(CaseReader.Read("single", ["gate.rest_voltage=0.75"]));
        Table table = Voltammetry.Run(potentiostat, new() { High = 0.8, Low = 0.7, Rate = 1e-4, Points = 100 });
        Assert.InRange(Math.Abs(table["charge"][^1]) / table["charge"].Max(), 0, 0.02);
        int top = table["gate_voltage"].Index().MaxBy(p => p.Item).Index;
        Assert.Equal(1, table["composition"][top] / SteadyState.BalancedComposition(potentiostat.Device.Device, 0.8), 0.02);
        double integral = 0;
        for (int i = 1; i <= top; i++)
            integral += (table["gate_current"][i] + table["gate_current"][i - 1]) / 2 * (table["time"][i] - table["time"][i - 1]);
        Assert.Equal(1, integral / table["charge"][top], 0.02);
    }

    [Fact]
    public void Staircase_goes_by_its_steps_and_visits_both_vertices()
    {
        var potentiostat = new Potentiostat(CaseReader.Read("single", ["gate.rest_voltage=0.75"]));
        Table table = Voltammetry.Run(potentiostat, new() { High = 0.9, Low = 0.65, Rate = 10, Step = 0.05 });
        Assert.Equal(0.9, table["gate_voltage"].Max(), 1e-12);
        Assert.Equal(0.65, table["gate_voltage"].Min(), 1e-12);
        Assert.Equal(0.75, table["gate_voltage"][^1], 1e-12);
        Assert.Equal([0.75, 0.8, 0.85, 0.9, 0.85], table["gate_voltage"].Take(5).Select(v => Math.Round(v, 9)));
        Assert.Equal((0.15 + 0.25 + 0.1) / 10, table["time"][^1], 1e-9);
    }
}
