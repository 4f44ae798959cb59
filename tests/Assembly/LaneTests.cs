using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Time;
using Xunit;

namespace FvSolver.Tests.Assembly;

/// <summary>Eight devices in lanes are eight devices one by one.</summary>
public class LaneTests
{
    [Theory]
    [InlineData(HopLaw.Sinh, false, false)]
    [InlineData(HopLaw.Washboard, true, false)]
    [InlineData(HopLaw.Saturating, true, true)]
    [InlineData(HopLaw.GaussianDisorder, false, true)]
    public void Eight_devices_in_lanes_make_the_same_steps_as_one_by_one(HopLaw law, bool marcus, bool everything)
    {
        DeviceColumn[] columns = Columns(new()
        {
            HopLaw = law,
            Marcus = marcus,
            Heat = everything,
            Gas = everything,
            Traps = everything,
            SiteLimit = everything,
            Thermodynamic = everything,
            FiniteReservoir = everything,
        });
        // Forty steps a segment: up, hold, down, then open. With traps, whose release reacts sharply to the field, steps of that
        // size follow a full pulse only roughly and magnify rounding: a small one is enough.
        var together = new Pulse<Lanes>(columns, fixedStep: true);
        double[] amplitudes = [.. Enumerable.Range(0, 8).Select(i => everything ? 1.5 + 0.1 * i : 6 + 0.5 * i)];
        together.Run(Lanes.FromLanes(amplitudes));
        for (int lane = 0; lane < columns.Length; lane++)
        {
            var alone = new Pulse<Scalar>([columns[lane]], fixedStep: true);
            alone.Run(new(amplitudes[lane]));
            for (int u = 0; u < alone.State.Length; u++)
            {
                double expected = alone.State[u], tolerance = 1e-9 * (Math.Abs(expected) + alone.System.Scale[u]);
                Assert.True(Math.Abs(expected - together.State[u][lane]) <= tolerance,
                    $"lane {lane}, {alone.System.Layout.Describe(u)}: {together.State[u][lane]:r} instead of {expected:r}");
            }
            for (int q = 0; q < alone.Quadratures.Length; q++)
            {
                double expected = alone.Quadratures[q];
                Assert.True(Math.Abs(expected - together.Quadratures[q][lane]) <= 1e-8 * Math.Abs(expected) + 1e-24, $"lane {lane}, quadrature {q}: {together.Quadratures[q][lane]:r} instead of {expected:r}");
            }
        }
    }

    [Fact]
    public void With_error_control_lanes_agree_with_single_devices_within_the_tolerance()
    {
        DeviceColumn[] columns = Columns(new());
        var together = new Pulse<Lanes>(columns, fixedStep: false);
        together.Run(Lanes.From(10));
        for (int lane = 0; lane < columns.Length; lane++)
        {
            var alone = new Pulse<Scalar>([columns[lane]], fixedStep: false);
            alone.Run(new(10));
            for (int u = 0; u < alone.State.Length; u++)
            {
                double expected = alone.State[u];
                Assert.Equal(expected, together.State[u][lane], 20 * Pulse<Scalar>.Tolerance * (Math.Abs(expected) + alone.System.Scale[u]));
            }
        }
    }

    [Fact]
    public void Fewer_devices_than_lanes_fill_the_lanes_that_are_left_with_the_last()
    {
        DeviceColumn[] columns = Columns(new());
        var two = new Pulse<Lanes>(columns[..2], fixedStep: true);
        two.Run(Lanes.From(8));
        for (int u = 0; u < two.State.Length; u++)
            for (int lane = 2; lane < Lanes.Count; lane++)
                Assert.Equal(two.State[u][1], two.State[u][lane]);
    }

    /// <summary>Eight devices that differ in what a sweep would vary; the film's thickness changes the mesh with it.</summary>
    private static DeviceColumn[] Columns(DeviceOptions options)
    {
        return [.. Enumerable.Range(0, 8).Select(i =>
        {
            Device device = options.Device();
            device = device with
            {
                Psg = device.Psg with { Thickness = (9 + 0.3 * i) * 1e-9, HopDistance = (5.4 + 0.08 * i) * 1e-10, FixedChargeDensity = (3 + 0.2 * i) * 1e25 },
                Interface = device.Interface with { ExchangeCurrentDensity = 5 + 3 * i, RestCoverage = 4e-3 + 5e-4 * i },
                Wo3 = device.Wo3 with { Diffusivity = (2 + 0.3 * i) * 1e-14 },
                Pd = device.Pd with { ExchangeCurrentDensity = 400 + 60 * i },
            };
            return new DeviceColumn(device, DeviceOptions.SmallMesh(device));
        })];
    }

    /// <summary>A ramp to an amplitude, a hold and an open gate.</summary>
    private sealed class Pulse<P>
        where P : struct, IParameter<P>, IReal<P, P>
    {
        public const double Tolerance = 1e-6;

        private readonly RosenbrockIntegrator<P> _integrator;
        private readonly bool _fixedStep;

        public Pulse(DeviceColumn[] columns, bool fixedStep)
        {
            System = new(columns, pattern => new BlockTridiagonal<P>(pattern));
            _fixedStep = fixedStep;
            _integrator = new(System, RosenbrockTableau.Rodas4P, Tolerance, 10000);
            State = System.RestState();
            Quadratures = new P[System.QuadratureCount];
        }

        public DeviceSystem<P> System { get; }

        public P[] State { get; }

        public P[] Quadratures { get; }

        public void Run(P amplitude)
        {
            P rest = State[System.Layout.GateVoltage];
            Segment(DriveMode.Voltage, rest, amplitude, 1e-9);
            Segment(DriveMode.Voltage, amplitude, amplitude, 3e-9);
            Segment(DriveMode.Voltage, amplitude, rest, 1e-9);
            Segment(DriveMode.Open, default, default, 2e-8);
        }

        private void Segment(DriveMode mode, P start, P end, double duration)
        {
            System.Connect(new GateDrive<P> { Mode = mode, Start = start, Slope = (end - start) * (1 / duration) });
            _integrator.FixedStep = _fixedStep ? duration / 40 : 0;
            _integrator.Advance(State, Quadratures, duration);
        }
    }
}
