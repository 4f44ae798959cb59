using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;
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
                Assert.True(Math.Abs(expected - together.Quadratures[q][lane]) <= 1e-8 * Math.Abs(expected) + 1e-24,
                    $"lane {lane}, quadrature {q}: {together.Quadratures[q][lane]:r} instead of {expected:r}");
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
                Assert.Equal(expected, together.State[u][lane],
                    20 * Pulse<Scalar>.Tolerance * (Math.Abs(expected) + alone.System.Scale[u]));
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

    [Theory]
    [InlineData(HopLaw.Sinh, false)]
    [InlineData(HopLaw.Saturating, false)]
    [InlineData(HopLaw.Sinh, true)]
    public void A_stage_in_one_pass_is_its_sums_and_F(HopLaw law, bool everything)
    {
        (DeviceSystem<Lanes> system, Lanes[] state,
            Random random) = Disturbed(new() { HopLaw = law, Heat = everything, Traps = everything, SiteLimit = everything });
        // Stages that change each unknown by a hundredth of itself, and one after those that go in one pass.
        int most = StageSums<Lanes>.Fused + 1;
        Lanes[][] stages = [.. Enumerable.Range(0, most).Select(_ => state.Select(u => u * (0.02 * random.NextDouble() - 0.01)).ToArray())];
        var sums = new StageSums<Lanes>(system.Mass, stages);
        Lanes[] point = new Lanes[system.Size], rate = new Lanes[system.Size], expectedPoint = new Lanes[system.Size],
            expected = new Lanes[system.Size];
        Lanes[] quadratures = new Lanes[system.QuadratureCount], expectedQuadratures = new Lanes[system.QuadratureCount];
        for (int count = 0; count <= most; count++)
        {
            double[] a = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())],
                c = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
            sums.Set(state, a, c, 1e9);
            system.AddStage(1e-10, sums, point, rate, quadratures);
            for (int u = 0; u < system.Size; u++)
            {
                (expectedPoint[u], expected[u]) = (state[u], default);
                for (int j = 0; j < count; j++)
                {
                    expectedPoint[u] += stages[j][u] * a[j];
                    expected[u] += system.Mass[u] * stages[j][u] * (c[j] * 1e9);
                }
            }
            system.AddResidual(1e-10, expectedPoint, expected, expectedQuadratures);
            Close(expectedPoint, point, 1e-14);
            Close(expected, rate, 1e-12);
            Close(expectedQuadratures, quadratures, 1e-12);
        }
    }

    [Theory]
    [InlineData(HopLaw.Sinh)]
    [InlineData(HopLaw.Washboard)]
    public void The_Jacobian_in_lanes_is_that_of_each_device_also_where_constants_stay(HopLaw law)
    {
        DeviceColumn[] columns = Columns(new() { HopLaw = law });
        SparsityPattern? pattern = null;
        var system = new DeviceSystem<Lanes>(columns, made => new BlockTridiagonal<Lanes>(pattern = made));
        system.Connect(new LinearDrive<Lanes> { Mode = DriveMode.Voltage, Start = Lanes.From(1) });
        Lanes[] rate = new Lanes[system.Size], quadratures = new Lanes[system.QuadratureCount],
            other = new Lanes[system.Solver.Values.Length];
        Lanes[][] gradient = [.. quadratures.Select(_ => new Lanes[system.Size])];
        // In one state after the other, with what a step does to the matrix between: nothing of it may be left.
        for (int seed = 0; seed < 3; seed++)
        {
            (DeviceSystem<Scalar> System, Scalar[] State)[] alone = [.. columns.Select((c, i) =>
            {
                var one = new DeviceSystem<Scalar>([c], p => new BlockTridiagonal<Scalar>(p));
                one.Connect(new LinearDrive<Scalar> { Mode = DriveMode.Voltage, Start = new(1) });
                return (one, RandomState.Of(one, c.Device, new Random(8 * seed + i)));
            })];
            Lanes[] state = [.. Enumerable.Range(0, system.Size)
                .Select(u => Lanes.FromLanes([.. alone.Select(one => one.State[u].Value)]))];
            system.Linearise(0, state, rate, quadratures, system.Solver.Values, gradient);
            system.Jacobian(0, state, other, gradient);
            for (int lane = 0; lane < columns.Length; lane++)
            {
                (DeviceSystem<Scalar> one, Scalar[] own) = alone[lane];
                var expected = new Scalar[one.Solver.Values.Length];
                one.Jacobian(0, own, expected, [.. Enumerable.Range(0, one.QuadratureCount).Select(_ => new Scalar[one.Size])]);
                for (int i = 0; i < pattern!.Rows.Length; i++)
                {
                    (int row, int column) = (pattern.Rows[i], pattern.Columns[i]);
                    double exact = expected[one.Solver.Slot(row, column)],
                        found = system.Solver.Values[system.Solver.Slot(row, column)][lane];
                    Assert.Equal(found, other[system.Solver.Slot(row, column)][lane]);
                    Assert.True(Math.Abs(found - exact) <= 1e-11 * Math.Abs(exact),
                        $"lane {lane}, {one.Layout.Describe(row)} by {one.Layout.Describe(column)}: {found:r} instead of {exact:r}");
                }
            }
            for (int u = 0; u < system.Size; u++)
                if (system.Mass[u][0] != 0)
                    system.Solver.Values[system.Solver.Slot(u, u)] -= system.Mass[u] * 1e10;
            Assert.Equal(-1, system.Solver.Factorise());
        }
    }

    /// <summary>A system of eight devices in states that differ.</summary>
    private static (DeviceSystem<Lanes> System, Lanes[] State, Random Random) Disturbed(DeviceOptions options)
    {
        DeviceColumn[] columns = Columns(options);
        var random = new Random(5);
        var system = new DeviceSystem<Lanes>(columns, pattern => new BlockTridiagonal<Lanes>(pattern));
        Scalar[][] states = [.. columns.Select(c =>
            RandomState.Of(new([c], pattern => new BlockTridiagonal<Scalar>(pattern)), c.Device, random))];
        return (system, [.. Enumerable.Range(0, system.Size).Select(u => Lanes.FromLanes([.. states.Select(s => s[u].Value)]))], random);
    }

    /// <summary>Entries agree to a part of themselves; where terms cancel, to that of their neighbours.</summary>
    private static void Close(Lanes[] expected, Lanes[] found, double part)
    {
        for (int u = 0; u < expected.Length; u++)
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                double size = Enumerable.Range(Math.Max(0, u - 2), 3).Where(i => i < expected.Length).Max(i => Math.Abs(expected[i][lane]));
                Assert.True(Math.Abs(expected[u][lane] - found[u][lane]) <= part * size,
                    $"entry {u}, lane {lane}: {found[u][lane]:r} instead of {expected[u][lane]:r}");
            }
    }

    /// <summary>Eight devices that differ in what a sweep would vary; the film's thickness changes the mesh with it.</summary>
    private static DeviceColumn[] Columns(DeviceOptions options)
    {
        return [.. Enumerable.Range(0, 8).Select(i =>
        {
            Device device = options.Device();
            device = device with
            {
                Psg = device.Psg with { Thickness = (9 + 0.3 * i) * 1e-9, HopDistance = (5.4 + 0.08 * i) * 1e-10,
                    FixedChargeDensity = (3 + 0.2 * i) * 1e25 },
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
            System.Connect(new LinearDrive<P> { Mode = mode, Start = start, Slope = (end - start) * (1 / duration) });
            _integrator.FixedStep = _fixedStep ? duration / 40 : 0;
            _integrator.Advance(State, Quadratures, duration);
        }
    }
}
