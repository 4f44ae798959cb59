using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Time;
using Xunit;

namespace FvSolver.Tests.Assembly;

/// <summary>The first law as an identity of the equations: it holds in any state, not only along solutions.</summary>
public class EnergyBalanceTests
{
    [Theory]
    [MemberData(nameof(JacobianTests.Combinations), MemberType = typeof(JacobianTests))]
    public void Work_is_heat_and_change_of_field_and_chemical_energy_in_any_state(HopLaw law, DriveMode mode, int seed)
    {
        var random = new Random(200 + seed);
        for (int draw = 0; draw < 20; draw++)
        {
            DeviceOptions options = DeviceOptions.Draw(law, random);
            Device device = options.Device();
            var system = new DeviceSystem<Scalar>([new(device, DeviceOptions.SmallMesh(device))],
                pattern => new BlockTridiagonal<Scalar>(pattern), tracksEnergy: true);
            const double slope = 7e9, time = 2e-10;
            system.Connect(new LinearDrive<Scalar>
            {
                Mode = mode,
                Start = new(mode == DriveMode.Current ? 3e-10 : 1.3),
                Slope = new(mode == DriveMode.Current ? 0.2 : slope),
            });
            Scalar[] x = RandomState.Of(system, device, random);
            var f = new Scalar[system.Size];
            var q = new Scalar[system.QuadratureCount];
            system.Residual(time, x, f, q);

            // A row that stores other unknowns too: its own part alone.
            foreach (MassCoupling<Scalar> m in system.MassCouplings)
                if (system.Mass[m.Column] != 0)
                    f[m.Row] -= m.Value / system.Mass[m.Column] * f[m.Column];

            // Gauss' law, kept along a solution, makes the rate of field energy V dQ/dt + q sum phi d(protons)/dt.
            UnknownLayout u = system.Layout;
            double gate = x[u.GateVoltage];
            double field = mode == DriveMode.Voltage ? 0 : gate * f[u.GateCharge], rounded = 0;
            for (int i = 0; i < u.PsgNodes.Length; i++)
            {
                // What traps exchange cancels to rounding.
                rounded += u.Bound >= 0 ? Constants.ElementaryCharge * Math.Abs(x[u.Potential + i] * f[u.Bound + i]) : 0;
                field += Constants.ElementaryCharge * x[u.Potential + i] * (f[u.Proton + i] + (u.Bound >= 0 ? f[u.Bound + i] : 0));
            }
            // Electrons bring to the film's field what they lose of their own free energy.
            for (int i = 0; i < u.Wo3Nodes.Length && u.FilmPotential >= 0; i++)
                field += Constants.ElementaryCharge * x[u.FilmPotential + i] * f[u.Hydrogen + i];
            // Under an ideal source V dQ/dt is on both sides, and the quadrature leaves out Q dV/dt and d(V e N)/dt.
            double given = Constants.ElementaryCharge * x[u.GateHydrogen];
            double work = q[QuadratureLayout.Work] + (mode == DriveMode.Voltage
                ? (x[u.GateCharge] + given) * slope + gate * Constants.ElementaryCharge * f[u.GateHydrogen] : 0);
            double heat = q[system.QuadratureLayout.Heat], chemical = q[system.QuadratureLayout.Chemical];
            double size = Math.Abs(work) + Math.Abs(heat) + Math.Abs(chemical) + Math.Abs(field) + Math.Abs(given * slope) + rounded;
            Assert.True(Math.Abs(work - heat - chemical - field) < 1e-12 * size,
                $"work {work}, heat {heat}, chemical {chemical}, field {field}: {work - heat - chemical - field} is left; {options}");
        }
    }
}
