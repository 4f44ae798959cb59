using FvSolver.Cases.Input;
using FvSolver.Cases.Studies;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.Studies;

public sealed class PulseLengthTests
{
    [Fact]
    public void Supply_fugacity_and_barrier_put_bubbles_failure_and_cascade_out_of_reach()
    {
        StudyAnswer answer = StudyCase.Run("fig4a",
            "study.widths=[5e-9, 40e-9, 50e-9, 90e-9]", "study.long_train.count=5");
        foreach (string variant in (string[])["remote", "crowding", "reversible"])
        {
            Assert.Equal(0, answer[$"bubbles_{variant}"]);
            Assert.InRange(answer[$"hazard_{variant}"], 0, 1e-30);
            Assert.True(answer[$"barrier_{variant}"] > 200);
            Assert.True(answer[$"critical_radius_{variant}"] > 5e-9);
        }
        Assert.InRange(answer["fugacity_remote"], 0.1, answer["supply_fugacity"]);
        Assert.True(answer["supply_fugacity"] < answer["fugacity_needed"] / 2);
        Assert.Equal(0, answer["uphill"]);
        Assert.Equal(3, answer.Warnings.Count(w => w.StartsWith("unreachable", StringComparison.Ordinal)));
        Assert.DoesNotContain(answer.Warnings, w => w.StartsWith("outside", StringComparison.Ordinal));
        // What it would take.
        Assert.InRange(answer["tension_needed"], 1e-3, 0.1);
        Assert.InRange(answer["weibull_shape"], 0.1, 1.2);
    }

    [Fact]
    public void Without_tafel_heyrovsky_and_hypothesis_there_is_no_molecule_at_all()
    {
        CaseDefinition definition = CaseReader.Read("fig4a", ["hypotheses.remote_heyrovsky=false"]);
        RunRecorder recorder = PulseExperiment.Train(definition, 10, 100e-9, 2);
        double rest = HenryLaw.AtRest(definition.Device);
        Assert.All(recorder.Record.Pulses["hydrogen_dissolved"], n => Assert.InRange(n, 0, rest * (1 + 1e-9)));
        Assert.All(recorder.Record.Pulses["hydrogen_bubbles"], n => Assert.Equal(0, n));
    }

    /// <summary>A wall of so low a tension that nuclei are due in every pulse: nothing is lost and nothing goes uphill.</summary>
    [Fact]
    public void What_nuclei_take_is_conserved_and_nothing_goes_uphill()
    {
        (RunRecorder recorder, DeviceSimulation device) = Bubbling(1);
        Assert.InRange(device.Nucleation.Hazard, 1, double.PositiveInfinity);
        Assert.True(device.Nucleation.Count > 0);
        // A bubble forms in the train, grows beyond its nucleus and does damage.
        Assert.InRange(recorder.Extremes.BubblePulse, 0, 2);
        Assert.InRange(recorder.Extremes.BubbleRadius, 1e-9, 1e-7);
        Assert.InRange(recorder.Extremes.DamagePulse, recorder.Extremes.BubblePulse, 2);
        Assert.Equal(0, recorder.Extremes.Uphill);
        Assert.InRange(Math.Abs(recorder.Inventory.ProtonImbalance), 0, 1e-9 * recorder.Extremes.Transferred);
        // A device that needs more than the hazard of the train has none.
        (RunRecorder none, _) = Bubbling(1e30);
        Assert.Equal((-1, 0), (none.Extremes.BubblePulse, none.Extremes.BubbleRadius));
    }

    /// <summary>The control of the counter: a bubble at a higher fugacity than its surroundings that grows nevertheless.</summary>
    [Fact]
    public void A_molecule_that_goes_up_the_gradient_of_fugacity_is_counted()
    {
        CaseDefinition definition = CaseReader.Read("fig4a");
        var device = new DeviceSimulation(definition.Device, definition.MeshFor(), definition.Solver);
        var gas = new GasState(device);
        double area = device.Layout.ChannelInterfaces[0].Area;
        void Add(double molecules) => device.State[device.Layout.Bubbles] += molecules / area;
        Add(100);
        Assert.Equal(0, gas.Uphill());
        Add(-10);
        Assert.Equal(0, gas.Uphill());
        Add(30);
        Assert.Equal(30, gas.Uphill(), 1e-9);
    }

    [Fact]
    public void Failure_times_of_equal_devices_have_a_weibull_shape_of_one()
    {
        double[] hazard = [.. GasTrain.Tensions.Select(_ => 0.01)];
        var train = new GasTrainResult(90e-9, [1, 1], [1, 1], [0, 0], 1, 0, 0, 0, hazard);
        FailureTimes times = FailureTimes.Draw(train, 5, 0.05, 0, 4000, 3);
        Assert.Equal(1, times.Shape, 0.05);
        Assert.Equal(500, times.Scale, 20.0);
    }

    private static (RunRecorder, DeviceSimulation) Bubbling(double hazard)
    {
        CaseDefinition definition = CaseReader.Read("fig4a",
        [
            $"gas.nucleation_hazard={hazard}", "gas.surface_tension=0.001 J/m^2", "gas.leak_time=1e3", "gas.damage_radius=1 nm",
        ]);
        var train = new PulseTrain { Amplitudes = [10], Widths = [90e-9], Count = 3, Rest = 1 };
        var device = new DeviceSimulation(definition.Device, definition.MeshFor(train), definition.Solver);
        var recorder = new RunRecorder(device, definition.Output);
        var runner = new ProtocolRunner(device, [train], recorder);
        while (runner.Advance())
        {
        }
        return (recorder, device);
    }
}
