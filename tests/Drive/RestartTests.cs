using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Tests.Assembly;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>A run goes on from a copied state, and from any position of its protocol, as if it had not been stopped.</summary>
public class RestartTests
{
    private static readonly MeshSettings Mesh = new()
    {
        PsgCells = 9,
        Wo3Cells = 3,
        Psg = PsgNodes.Tanh,
        TanhStrength = 1.5,
        PdCells = 2,
        OxideCells = 2
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copied_state_goes_on_bit_for_bit(bool everything)
    {
        DeviceSimulation device = Device(everything), copy = Device(everything);
        device.Pulse(10, 5e-9, 1.1e-9);
        device.Rest(1e-3);
        device.State.CopyTo(copy.State, 0);
        foreach (DeviceSimulation each in new[] { device, copy })
        {
            each.Pulse(-8.5, 5e-9, 1.1e-9);
            each.Rest(1);
            each.Pulse(10, 7e-9, 1.1e-9);
        }
        Assert.Equal(Bits(device), Bits(copy));
    }

    [Fact]
    public void A_protocol_goes_on_from_any_position_in_nested_repeats()
    {
        PulseTrain Train(int count, params double[] amplitudes) =>
            new() { Amplitudes = amplitudes, Widths = [5e-9, 4e-9], Count = count, Rest = 1e-7 };
        ProtocolStep[] steps =
        [
            new Repeat(2, [Train(3, 10, -8), new Repeat(3, [new Rest(1e-8), Train(1, 9)]), new Repeat(0, [new Rest(1)]),
                new CurrentPulse(1e-10, 1e-9)]),
            new Hold(2, 1e-9),
            new VoltageTable([0, 1e-9, 2e-9], [1, 3, 1]),
            Train(2, 6),
        ];
        DeviceSimulation device = Device(false);
        var runner = new ProtocolRunner(device, steps, new Blind());
        List<(long[] Position, Scalar[] State)> path = [(runner.Position, [.. device.State])];
        while (runner.Advance())
            path.Add((runner.Position, [.. device.State]));
        Assert.Equal(2 * (3 + 3 * 2 + 1) + 2 + 2, path.Count - 1);
        Assert.Equal(2 * (3 + 3) + 1 + 2, ProtocolRunner.CountPulses(steps));
        Assert.Equal(path.Count, path.Select(p => string.Join(",", p.Position)).Distinct().Count());
        for (int k = 0; k + 1 < path.Count; k++)
        {
            DeviceSimulation fresh = Device(false);
            path[k].State.CopyTo(fresh.State, 0);
            var resumed = new ProtocolRunner(fresh, steps, new Blind()) { Position = path[k].Position };
            Assert.True(resumed.Advance());
            Assert.Equal(path[k + 1].Position, resumed.Position);
            Assert.Equal(path[k + 1].State.Select(s => BitConverter.DoubleToInt64Bits(s)), Bits(fresh));
        }
        var ended = new ProtocolRunner(Device(false), steps, new Blind()) { Position = path[^1].Position };
        Assert.False(ended.Advance());
    }

    [Theory]
    [InlineData(true, 3, 4)]
    [InlineData(false, -1, 1)]
    [InlineData(true, 100, 6)]
    public void A_train_ends_after_the_first_read_at_which_its_bound_is_reached(bool above, double bound, int pulses)
    {
        // The observed value is the number of reads so far less one.
        var observer = new Blind();
        PulseTrain train = new()
        {
            Amplitudes = [5],
            Widths = [3e-9],
            Count = 6,
            Rest = 1e-8,
            Until = new(StopQuantity.Conductance, above ? bound : -bound, above),
        };
        var runner = new ProtocolRunner(Device(false), [train], observer);
        while (runner.Advance())
        {
        }
        Assert.Equal(pulses, observer.Reads);
    }

    [Fact]
    public void A_run_that_must_stop_does_not_start_another_pulse()
    {
        var observer = new Blind { MustStop = true };
        Assert.False(new ProtocolRunner(Device(false), [new Rest(1)], observer).Advance());
    }

    private static DeviceSimulation Device(bool everything) => new(
        new DeviceOptions
        {
            Heat = everything,
            Gas = everything,
            Traps = everything,
            Marcus = everything,
            Thermodynamic = everything,
            FiniteReservoir = everything
        }.Device(),
        Mesh, new SolverSettings());

    private static long[] Bits(DeviceSimulation device) => [.. device.State.Select(s => BitConverter.DoubleToInt64Bits(s))];

    private sealed class Blind : IProtocolObserver
    {
        public int Reads { get; private set; }

        public bool MustStop { get; init; }

        public void OnStep(double time, Scalar[] state)
        {
        }

        public void OnPulseStart(double amplitude, double width)
        {
        }

        public void OnStepStart()
        {
        }

        public void OnCorner()
        {
        }

        public void OnPulseEnd(PulseEnergy energy)
        {
        }

        public void OnRead() => Reads++;

        public double Read(StopQuantity quantity) => Reads - 1;
    }
}
