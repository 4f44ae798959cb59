using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>Devices that advance together give what they give alone.</summary>
public class EnsembleTests
{
    private const double Tolerance = 1e-6;
    private static readonly MeshSettings Mesh = new() { PsgCells = 20, Wo3Cells = 6 };
    private static readonly SolverSettings Accuracy = new() { RelativeTolerance = Tolerance };

    [Fact]
    public void Members_give_what_they_give_alone_within_the_tolerance()
    {
        // Member k makes k + 1 pulses: trains of different lengths, so that members leave one by one.
        double[][] alone = [.. Devices().Select((d, k) => Train(new(d, Mesh, Accuracy), k + 1))];
        double[][] together = Run(Devices(), (device, k) => Train(device, k + 1), out DeviceEnsemble ensemble);
        Assert.True(ensemble.SharedSegments > 40, $"only {ensemble.SharedSegments} segments were shared");
        for (int k = 0; k < alone.Length; k++)
            for (int i = 0; i < alone[k].Length; i++)
                Assert.Equal(alone[k][i], together[k][i], 100 * Tolerance * Math.Abs(alone[k][i]));
    }

    [Fact]
    public void The_same_members_give_the_same_bits()
    {
        double[][] first = Run(Devices(), (device, _) => Train(device, 2), out _);
        double[][] second = Run(Devices(), (device, _) => Train(device, 2), out _);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Devices_of_different_terms_go_alone_and_give_the_same_bits_as_alone()
    {
        Device[] devices = Devices();
        devices[1] = devices[1] with { Gas = devices[1].Gas with { Enabled = true } };
        double[][] together = Run(devices, (device, _) => Train(device, 1), out DeviceEnsemble ensemble);
        Assert.Equal(0, ensemble.SharedSegments);
        for (int k = 0; k < devices.Length; k++)
            Assert.Equal(Train(new(devices[k], Mesh, Accuracy), 1), together[k]);
    }

    [Fact]
    public void A_member_that_fails_fails_alone()
    {
        Device[] devices = Devices();
        double[][] alone = [.. devices.Select(d => Train(new(d, Mesh, Accuracy), 1))];
        double[][] together = Run(devices, (device, k) =>
        {
            if (k != 2)
                return Train(device, 1);
            // A state that no step can leave.
            device.State[device.System.Layout.Proton] = new(double.NaN);
            Assert.Throws<NumericalException>(() => device.Pulse(10, 5e-9, 0.5e-9));
            return [];
        }, out _);
        Assert.Empty(together[2]);
        for (int k = 0; k < devices.Length; k++)
            for (int i = 0; i < together[k].Length; i++)
                Assert.Equal(alone[k][i], together[k][i], 100 * Tolerance * Math.Abs(alone[k][i]));
    }

    [Fact]
    public void Each_observer_sees_every_step_of_its_lane_once()
    {
        var watches = new Watch[6];
        Run(Devices()[..6], (device, k) =>
        {
            watches[k] = new(device);
            device.Pulse(8 + 0.5 * k, 5e-9, 0.5e-9, watches[k]);
            return [];
        }, out _);
        Assert.All(watches, w => Assert.Equal(watches[0].Times, w.Times));
        Assert.Equal(3, watches[0].Times.Count(t => t is 0.5e-9 or 4e-9));
        // The gate follows the amplitude of its own member.
        for (int k = 0; k < watches.Length; k++)
            Assert.Equal(8 + 0.5 * k, watches[k].HighestVoltage, 1e-9);
    }

    private static Device[] Devices() => [.. Enumerable.Range(0, 8).Select(k =>
    {
        var device = new Device();
        return Calibration.Resolve(device with
        {
            Psg = device.Psg with { Thickness = (9.6 + 0.1 * k) * 1e-9 },
            Pd = device.Pd with { ExchangeCurrentDensity = device.Pd.ExchangeCurrentDensity * (1 + 0.05 * k) },
        });
    })];

    private static double[] Train(DeviceSimulation device, int pulses)
    {
        var steps = new double[pulses];
        double before = device.System.HydrogenInChannel(device.State);
        for (int i = 0; i < pulses; i++)
        {
            device.Pulse(10, 5e-9, 0.5e-9);
            device.Rest(1e-3);
            double after = device.System.HydrogenInChannel(device.State);
            (steps[i], before) = (after - before, after);
        }
        return steps;
    }

    private static double[][] Run(Device[] devices, Func<DeviceSimulation, int, double[]> work, out DeviceEnsemble ensemble)
    {
        var together = new DeviceEnsemble(devices.Length);
        double[][] results = new double[devices.Length][];
        Thread[] threads = [.. devices.Select((d, k) => new Thread(() =>
        {
            try
            {
                var device = new DeviceSimulation(d, Mesh, Accuracy);
                together.Enter(k, device);
                results[k] = work(device, k);
            }
            finally
            {
                together.Leave(k);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            Assert.True(thread.Join(TimeSpan.FromMinutes(2)), "a member waits for ever");
        ensemble = together;
        return results;
    }

    private sealed class Watch(DeviceSimulation device) : IStepObserver<Scalar>
    {
        public List<double> Times { get; } = [];

        public double HighestVoltage { get; private set; }

        public void OnStep(double time, Scalar[] state)
        {
            Times.Add(time);
            HighestVoltage = Math.Max(HighestVoltage, device.GateVoltage);
        }
    }
}
