using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using FvSolver.Tests.Physics;
using Xunit;

namespace FvSolver.Tests.Assembly;

/// <summary>The Jacobian and what comes with it.</summary>
public class JacobianTests
{
    public static TheoryData<HopLaw, DriveMode, int> Combinations
    {
        get
        {
            var data = new TheoryData<HopLaw, DriveMode, int>();
            int seed = 0;
            foreach (HopLaw law in Enum.GetValues<HopLaw>())
                foreach (DriveMode mode in Enum.GetValues<DriveMode>())
                    data.Add(law, mode, seed++);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void The_Jacobian_is_exact_and_complete_for_any_options_in_any_state(HopLaw law, DriveMode mode, int seed)
    {
        var random = new Random(seed);
        for (int draw = 0; draw < 6; draw++)
        {
            DeviceOptions options = DeviceOptions.Draw(law, random);
            Device device = options.Device();
            SparsityPattern? pattern = null;
            var system = new DeviceSystem<Scalar>([new(device, DeviceOptions.SmallMesh(device))],
                made => new BlockTridiagonal<Scalar>(pattern = made), tracksEnergy: true);
            system.Connect(new LinearDrive<Scalar>
            {
                Mode = mode,
                Start = new(mode == DriveMode.Current ? 3e-10 : 1.3),
                Slope = new(mode == DriveMode.Current ? 0.2 : 7e9)
            });
            Scalar[] x = RandomState.Of(system, device, random);
            JacobianCheck.Run(system, pattern!, 2e-10, x, unknown => Step(system, x, unknown), options);
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Rates_that_come_with_the_Jacobian_are_those_of_the_residual(HopLaw law, DriveMode mode, int seed)
    {
        var random = new Random(300 + seed);
        for (int draw = 0; draw < 6; draw++)
        {
            DeviceOptions options = DeviceOptions.Draw(law, random);
            Device device = options.Device();
            var system = new DeviceSystem<Scalar>([new(device, DeviceOptions.SmallMesh(device))],
                pattern => new BlockTridiagonal<Scalar>(pattern), tracksEnergy: true);
            system.Connect(new LinearDrive<Scalar>
            {
                Mode = mode,
                Start = new(mode == DriveMode.Current ? 3e-10 : 1.3),
                Slope = new(mode == DriveMode.Current ? 0.2 : 7e9)
            });
            Scalar[] x = RandomState.Of(system, device, random);
            const double time = 2e-10;
            double[] expected = JacobianCheck.Evaluate(system, time, x);
            int n = system.Size, q = system.QuadratureCount;
            Scalar[] rate = new Scalar[n], quadratureRate = new Scalar[q];
            system.Linearise(time, x, rate, quadratureRate, new Scalar[system.Solver.Values.Length],
                [.. Enumerable.Range(0, q).Select(_ => new Scalar[n])]);
            double[] found = [.. rate.Concat(quadratureRate).Select(r => r.Value)];
            // Rates are sums of terms that may cancel: each is compared within the largest of its kind.
            foreach ((int start, int count) in Kinds(system))
            {
                double size = Enumerable.Range(start, count).Max(i => Math.Abs(expected[i]));
                for (int i = start; i < start + count; i++)
                    Assert.True(Math.Abs(found[i] - expected[i]) <= 1e-12 * size,
                        $"{JacobianCheck.Name(system, i)}: {found[i]:r} instead of {expected[i]:r}; {options}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void The_derivative_by_time_is_that_of_the_drive(HopLaw law, DriveMode mode, int seed)
    {
        var random = new Random(100 + seed);
        Device device = DeviceOptions.Draw(law, random).Device();
        var system = new DeviceSystem<Scalar>([new(device, DeviceOptions.SmallMesh(device))],
            pattern => new BlockTridiagonal<Scalar>(pattern), tracksEnergy: true);
        system.Connect(new LinearDrive<Scalar>
        {
            Mode = mode,
            Start = new(mode == DriveMode.Current ? 3e-10 : 1.3),
            Slope = new(mode == DriveMode.Current ? 0.2 : 7e9)
        });
        Scalar[] x = RandomState.Of(system, device, random);
        var rate = new Scalar[system.Size];
        var quadratureRate = new Scalar[system.QuadratureCount];
        system.TimeDerivative(1e-9, x, rate, quadratureRate);
        double[] slope = Richardson.Derivative(t => JacobianCheck.Evaluate(system, t, x), 1e-9, 5e-10);
        double[] exact = [.. rate.Concat(quadratureRate).Select(r => r.Value)];
        double[] size = [.. JacobianCheck.Evaluate(system, 1e-9, x).Select(f => Math.Abs(f) * 1e-12 / 1e-10)];
        for (int i = 0; i < exact.Length; i++)
            Assert.Equal(slope[i], exact[i], Math.Max(size[i], 1e-9 * Math.Abs(exact[i])));
        Assert.Equal(mode == DriveMode.Open, exact.All(d => d == 0));
    }

    [Fact]
    public void Evaluations_depend_on_their_arguments_only()
    {
        Device device = new DeviceOptions { Heat = true, Gas = true, Traps = true }.Device();
        var system = new DeviceSystem<Scalar>([new(device, DeviceOptions.SmallMesh(device))],
            pattern => new BlockTridiagonal<Scalar>(pattern));
        system.Connect(new LinearDrive<Scalar> { Mode = DriveMode.Voltage, Start = new(1), Slope = new(1e9) });
        var random = new Random(1);
        Scalar[] x = RandomState.Of(system, device, random), other = RandomState.Of(system, device, random);
        double[] first = JacobianCheck.Evaluate(system, 1e-9, x);
        JacobianCheck.Evaluate(system, 3e-9, other);
        system.Jacobian(0, other, new Scalar[system.Solver.Values.Length],
            [.. Enumerable.Range(0, system.QuadratureCount).Select(_ => new Scalar[system.Size])]);
        Assert.Equal(first, JacobianCheck.Evaluate(system, 1e-9, x));
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(9, 15)]
    [InlineData(15, 9)]
    [InlineData(16, 16)]
    [InlineData(23, 5)]
    public void F_along_a_chain_takes_each_edge_once_however_they_are_grouped(int psgCells, int wo3Cells)
    {
        foreach (bool heat in new[] { false, true })
            foreach (bool traps in new[] { false, true })
            {
                Device device = new DeviceOptions { Heat = heat, Gas = heat, Traps = traps }.Device();
                ControlVolumeMesh mesh = DeviceStack.Mesh(device, new() { PsgCells = psgCells, Wo3Cells = wo3Cells });
                var system = new DeviceSystem<Scalar>([new(device, mesh)], pattern => new BlockTridiagonal<Scalar>(pattern));
                system.Connect(new LinearDrive<Scalar> { Mode = DriveMode.Voltage, Start = new(1.3) });
                Scalar[] x = RandomState.Of(system, device, new Random(psgCells));
                double[] found = JacobianCheck.Evaluate(system, 0, x);
                // The Jacobian's loops work out the same sums, group by group and then node by node.
                Scalar[] rate = new Scalar[system.Size], quadratures = new Scalar[system.QuadratureCount];
                system.Linearise(0, x, rate, quadratures, system.Solver.Values, [.. quadratures.Select(_ => new Scalar[system.Size])]);
                double[] expected = [.. rate.Concat(quadratures).Select(r => r.Value)];
                foreach ((int start, int count) in Kinds(system))
                {
                    double size = Enumerable.Range(start, count).Max(i => Math.Abs(expected[i]));
                    for (int i = start; i < start + count; i++)
                        Assert.True(Math.Abs(found[i] - expected[i]) <= 1e-12 * size,
                            $"{JacobianCheck.Name(system, i)}: {found[i]:r} instead of {expected[i]:r}; heat {heat}, traps {traps}");
                }
            }
    }

    private static IEnumerable<(int Start, int Count)> Kinds(DeviceSystem<Scalar> system)
    {
        UnknownLayout u = system.Layout;
        yield return (u.Proton, u.PsgNodes.Length);
        yield return (u.Potential, u.PsgNodes.Length);
        yield return (u.Hydrogen, u.Wo3Nodes.Length);
        if (u.Temperature >= 0)
            yield return (u.Temperature, u.Local.Length);
        for (int q = 0; q < system.QuadratureCount; q++)
            yield return (system.Size + q, 1);
    }

    private static double Step(DeviceSystem<Scalar> system, Scalar[] x, int unknown)
    {
        UnknownLayout u = system.Layout;
        bool isPotential = unknown >= u.Potential && unknown < u.Potential + u.PsgNodes.Length || unknown == u.GateVoltage
            || u.FilmPotential >= 0 && unknown >= u.FilmPotential && unknown < u.FilmPotential + u.Wo3Nodes.Length;
        bool isTemperature = u.Temperature >= 0 && unknown >= u.Temperature;
        // Work holds the charge beside that of all protons given: all is linear in it, so a large step is exact and rounds least.
        return isPotential ? 2e-3 : isTemperature ? 0.2 : unknown == u.GateCharge ? 1e-16 : 1e-3 * Math.Abs(x[unknown]);
    }
}
