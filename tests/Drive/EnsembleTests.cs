using System.Runtime.Intrinsics;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Tests.CrossSections;
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
        double[][] together = Run(Devices(), (device, k, steps) => Train(device, k + 1, steps), out DeviceEnsemble ensemble);
        Assert.True(ensemble.SharedSegments > 40, $"only {ensemble.SharedSegments} segments were shared");
        for (int k = 0; k < alone.Length; k++)
            for (int i = 0; i < alone[k].Length; i++)
                Assert.Equal(alone[k][i], together[k][i], 100 * Tolerance * Math.Abs(alone[k][i]));
    }

    [Fact]
    public void The_same_members_give_the_same_bits()
    {
        double[][] first = Run(Devices(), (device, _, steps) => Train(device, 2, steps), out _);
        double[][] second = Run(Devices(), (device, _, steps) => Train(device, 2, steps), out _);
        Assert.Equal(first, second);
    }

    [Fact]
    public void A_member_that_only_goes_in_lanes_needs_no_equations_of_its_own()
    {
        int own = 0;
        DeviceSimulation[] members =
        [
            .. Devices().Select(d => new DeviceSimulation(d, DeviceStack.Mesh(d, Mesh), Accuracy, pattern =>
            {
                own++;
                return new BlockTridiagonal<Scalar>(pattern);
            })),
        ];
        static IEnumerable<DriveRequest> Pulse(DeviceSimulation device)
        {
            yield return device.AskPulse(10, 5e-9, 0.5e-9);
            yield return device.AskRest(1e-3);
        }
        DeviceEnsemble ensemble = DeviceEnsemble.Run([.. members.Select(Pulse)]);
        Assert.All(ensemble.Failures, Assert.Null);
        Assert.True(ensemble.SharedSegments > 0);
        Assert.Equal(0, own);
        members[0].Rest(1e-3);
        Assert.Equal(1, own);
    }

    [Fact]
    public void What_members_left_in_memory_does_not_reach_the_next_ones()
    {
        double[][] first = Run(Devices(), (device, _, steps) => Train(device, 2, steps), out _);
        Run(Devices(), (device, k, steps) =>
        {
            if (k == 2)
                device.State[device.Layout.Proton] = new(double.NaN);
            return Train(device, 1, steps);
        }, out _);
        double[][] second = Run(Devices(), (device, _, steps) => Train(device, 2, steps), out _);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Devices_of_different_terms_go_alone_and_give_the_same_bits_as_alone()
    {
        Device[] devices = Devices();
        devices[1] = devices[1] with { Gas = devices[1].Gas with { Enabled = true } };
        double[][] together = Run(devices, (device, _, steps) => Train(device, 1, steps), out DeviceEnsemble ensemble);
        Assert.Equal(0, ensemble.SharedSegments);
        for (int k = 0; k < devices.Length; k++)
            Assert.Equal(Train(new(devices[k], Mesh, Accuracy), 1), together[k]);
    }

    [Fact]
    public void A_member_that_fails_fails_alone()
    {
        Device[] devices = Devices();
        double[][] alone = [.. devices.Select(d => Train(new(d, Mesh, Accuracy), 1))];
        double[][] together = Run(devices, (device, k, steps) =>
        {
            if (k == 2) // a state that no step can leave
                device.State[device.Layout.Proton] = new(double.NaN);
            return Train(device, 1, steps);
        }, out DeviceEnsemble ensemble);
        Assert.IsType<NumericalException>(ensemble.Failures[2]);
        Assert.Empty(together[2]);
        for (int k = 0; k < devices.Length; k++)
        {
            Assert.Equal(k == 2, ensemble.Failures[k] is not null);
            for (int i = 0; i < together[k].Length; i++)
                Assert.Equal(alone[k][i], together[k][i], 100 * Tolerance * Math.Abs(alone[k][i]));
        }
    }

    [Fact]
    public void A_member_whose_own_code_fails_fails_alone_and_a_cancelled_one_ends_all()
    {
        static IEnumerable<DriveRequest> Faulty(DeviceSimulation device, Exception fault)
        {
            yield return device.AskRest(1e-3);
            throw fault;
        }
        Device[] devices = Devices();
        double[][] together = Run(devices, (device, k, steps) =>
            k == 1 ? Faulty(device, new InvalidOperationException("fault")) : Train(device, 1, steps), out DeviceEnsemble ensemble);
        Assert.Equal("fault", ensemble.Failures[1]!.Message);
        Assert.All(together.Where((_, k) => k != 1), steps => Assert.Single(steps));
        Assert.Throws<OperationCanceledException>(() => Run(devices, (device, k, steps) =>
            k == 1 ? Faulty(device, new OperationCanceledException()) : Train(device, 1, steps), out _));
    }

    [Fact]
    public void Each_observer_sees_every_step_of_its_lane_once()
    {
        var watches = new Watch[6];
        Run(Devices()[..6], (device, k, _) =>
        {
            watches[k] = new(device);
            return [device.AskPulse(8 + 0.5 * k, 5e-9, 0.5e-9, watches[k])];
        }, out _);
        Assert.All(watches, w => Assert.Equal(watches[0].Times, w.Times));
        Assert.Equal(3, watches[0].Times.Count(t => t is 0.5e-9 or 4e-9));
        // The gate follows the amplitude of its own member.
        for (int k = 0; k < watches.Length; k++)
            Assert.Equal(8 + 0.5 * k, watches[k].HighestVoltage, 1e-9);
    }

    [Fact]
    public void Sections_go_alone_also_with_stacks_and_as_few_as_pay_go_together()
    {
        DeviceSimulation Stack(int k) => new(Devices()[k], Mesh, Accuracy);
        DeviceSimulation Section() => CrossSectionCaseTests.DeviceOf(CrossSectionCaseTests.Small);
        static long Shared(IEnumerable<DeviceSimulation> devices) =>
            DeviceEnsemble.Run([.. devices.Select(d => (IEnumerable<DriveRequest>)[d.AskRest(1e-9)])]).SharedSegments;
        Assert.Equal(0, Shared(Enumerable.Range(0, 5).Select(_ => Section())));
        Assert.Equal(0, Shared([.. Enumerable.Range(0, 5).Select(Stack), Section()]));
        int fewest = Vector512.IsHardwareAccelerated ? 3 : 5;
        Assert.Equal(0, Shared(Enumerable.Range(0, fewest - 1).Select(Stack)));
        Assert.Equal(fewest, Shared(Enumerable.Range(0, fewest).Select(Stack)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Time_work_nuclei_corners_and_steps_are_counted_in_lanes_as_alone(bool isObserved)
    {
        Device[] devices = [.. Devices().Select(d => d with { Gas = d.Gas with { Enabled = true, NucleationHazard = 1e300 } })];
        var law = BubbleNucleation<Scalar>.Of(Pack.One(devices[0]), devices[0]);
        Scalar dense = new(HenryLaw.AtRest(devices[0]));
        while (!(law.Pressure(dense) > law.Gas.FilmPressure && law.LogRate(dense) + Math.Log(devices[0].Geometry.Area) > Math.Log(1e9)))
            dense *= new Scalar(1.1);
        DeviceSimulation[] Create() => [.. devices.Select(d =>
        {
            var device = new DeviceSimulation(d, Mesh, Accuracy);
            device.State[device.Layout.Dissolved] = dense;
            return device;
        })];
        DeviceSimulation[] alone = Create(), together = Create();
        int corners = 0;
        IEnumerable<DriveRequest> Pulses(DeviceSimulation device)
        {
            for (int i = 0; i < 2; i++)
                yield return device.AskPulse(10, 5e-9, 0.5e-9, isObserved ? new Watch(device) : null, () => corners++, hold: 0);
        }
        foreach (DriveRequest request in alone.SelectMany(Pulses))
            request.Run();
        Assert.Equal(8 * 2 * 2, corners);
        DeviceEnsemble ensemble = DeviceEnsemble.Run([.. together.Select(Pulses)]);
        Assert.Equal(2 * 8 * 2 * 2, corners);
        Assert.Equal(8 * 2 * 3, ensemble.SharedSegments);
        foreach ((DeviceSimulation a, DeviceSimulation b) in alone.Zip(together))
        {
            Assert.Equal(a.Time, b.Time, 1e-20);
            Assert.True(a.Nucleation.Hazard > 0);
            Assert.Equal(1, b.Nucleation.Hazard / a.Nucleation.Hazard, 1e-3);
            PulseEnergy one = a.EnergyOfPulse(), other = b.EnergyOfPulse();
            Assert.Equal(1, other.Proton / one.Proton, 1e-3);
            Assert.Equal(1, other.Capacitive / one.Capacitive, 1e-3);
            Assert.InRange(b.Statistics.Steps, 0.5 * a.Statistics.Steps, 2 * a.Statistics.Steps);
        }
    }

    private static Device[] Devices() => [.. Enumerable.Range(0, 8).Select(k =>
    {
        var device = new Device();
        return CalibrationRules.Resolve(device with
        {
            Psg = device.Psg with { Thickness = (9.6 + 0.1 * k) * 1e-9 },
            Pd = device.Pd with { ExchangeCurrentDensity = device.Pd.ExchangeCurrentDensity * (1 + 0.05 * k) },
        });
    })];

    private static double[] Train(DeviceSimulation device, int pulses)
    {
        var steps = new List<double>();
        foreach (DriveRequest request in Train(device, pulses, steps))
            request.Run();
        return [.. steps];
    }

    private static IEnumerable<DriveRequest> Train(DeviceSimulation device, int pulses, List<double> steps)
    {
        double before = device.System.HydrogenInChannel(device.State);
        for (int i = 0; i < pulses; i++)
        {
            yield return device.AskPulse(10, 5e-9, 0.5e-9);
            yield return device.AskRest(1e-3);
            double after = device.System.HydrogenInChannel(device.State);
            steps.Add(after - before);
            before = after;
        }
    }

    private static double[][] Run(
        Device[] devices, Func<DeviceSimulation, int, List<double>, IEnumerable<DriveRequest>> work, out DeviceEnsemble ensemble)
    {
        List<double>[] results = [.. devices.Select(_ => new List<double>())];
        ensemble = DeviceEnsemble.Run([.. devices.Select((d, k) => work(new(d, Mesh, Accuracy), k, results[k]))]);
        return [.. results.Select(r => r.ToArray())];
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
