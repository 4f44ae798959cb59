using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.Assembly;

/// <summary>PSG on planes one hopping distance apart: the rates are those of the master equation of hops, written here anew.</summary>
public class LatticePlaneTests
{
    [Theory]
    [InlineData(HopLaw.Sinh)]
    [InlineData(HopLaw.Saturating)]
    public void Planes_exchange_protons_by_the_master_equation(HopLaw law) => Assert.InRange(Deviation(PsgNodes.Lattice, law), 0, 1e-12);

    [Fact]
    public void A_continuum_of_as_many_nodes_does_not() => Assert.True(Deviation(PsgNodes.Tanh, HopLaw.Sinh) > 1e-3);

    [Fact]
    public void The_thickness_is_rounded_to_whole_hops_and_the_case_says_so()
    {
        CaseDefinition given = CaseReader.Read("single"), lattice = given.With("mesh.psg=lattice");
        Electrolyte psg = lattice.Device.Psg;
        int hops = (int)Math.Round((given.Device.Psg.Thickness - 2 * psg.SternThickness) / psg.HopDistance);
        Assert.Equal(hops * psg.HopDistance + 2 * psg.SternThickness, psg.Thickness, 1e-20);
        Assert.Contains(lattice.Notes, n => n.Contains($"{hops} a + 2 l_S"));
        Assert.DoesNotContain(given.Notes, n => n.Contains("lattice"));
        ControlNodes(lattice, hops);
    }

    private static void ControlNodes(CaseDefinition lattice, int hops)
    {
        var mesh = DeviceStack.Mesh(lattice.Device, lattice.Mesh);
        double a = lattice.Device.Psg.HopDistance;
        int[] nodes = [.. Enumerable.Range(0, mesh.NodeCount).Where(n => mesh.MaterialOf(n) == FvSolver.Mesh.MaterialKind.Electrolyte)];
        Assert.Equal(hops + 1, nodes.Length);
        double plane = a * lattice.Device.Geometry.Area;
        for (int i = 0; i <= hops; i++)
            Assert.Equal(i is 0 || i == hops ? plane / 2 : plane, mesh.Volume[nodes[i]], 1e-9 * plane);
    }

    /// <summary>Largest difference between the solver's dN/dt of a plane and the hops to and from it, over the hops from it.</summary>
    private static double Deviation(PsgNodes nodes, HopLaw law)
    {
        Device device = CalibrationRules.Resolve(new Device { Psg = new() { HopLaw = law } });
        device = device with { Psg = HopLattice.Round(device.Psg) };
        Electrolyte psg = device.Psg;
        int hops = HopLattice.Hops(psg);
        DeviceSimulation simulation = new(device, new MeshSettings { Psg = nodes, PsgCells = hops }, new SolverSettings());
        UnknownLayout u = simulation.Layout;
        double area = device.Geometry.Area, thermal = Constants.ThermalVoltage(device.Heat.AmbientTemperature);
        double rate = psg.AttemptFrequency * Math.Exp(-psg.ActivationEnergy / thermal);
        // Protons on the planes, at random; half a plane at the ends.
        var random = new Random(5);
        var numbers = new double[hops + 1];
        for (int i = 0; i <= hops; i++)
        {
            double plane = (i is 0 || i == hops ? 0.5 : 1) * psg.HopDistance * area;
            numbers[i] = psg.FixedChargeDensity * plane * (0.2 + random.NextDouble());
            simulation.State[u.Proton + i] = new(numbers[i] / plane);
            simulation.State[u.Potential + i] = new(-0.5 * i + 0.3 * random.NextDouble());
        }
        var f = new Scalar[u.Size];
        simulation.System.Residual(0, simulation.State, f, new Scalar[simulation.System.QuadratureCount]);
        double HopsFrom(int i, int j)
        {
            // An end plane has half of the sites: a site there is occupied twice as often as N says.
            double sites = i is 0 || i == hops ? 2 : 1;
            double drop = (simulation.State[u.Potential + i].Value - simulation.State[u.Potential + j].Value) / thermal;
            double saturation = law == HopLaw.Sinh ? 1 : 1 / (1 + Math.Exp(Math.Abs(drop) / 2 - psg.MigrationBarrier / thermal));
            return rate * saturation * Math.Exp(drop / 2) * numbers[i] * sites;
        }
        double worst = 0;
        for (int i = 1; i < hops; i++)
        {
            double change = HopsFrom(i - 1, i) + HopsFrom(i + 1, i) - HopsFrom(i, i - 1) - HopsFrom(i, i + 1);
            worst = Math.Max(worst, Math.Abs(f[u.Proton + i] - change) / (HopsFrom(i, i + 1) + HopsFrom(i - 1, i)));
        }
        return worst;
    }
}
