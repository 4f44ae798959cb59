using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Tests.Assembly;

/// <summary>States far from equilibrium, within the ranges that a pulse visits.</summary>
internal static class RandomState
{
    public static Scalar[] Of(DeviceSystem<Scalar> system, Device device, Random random)
    {
        Scalar[] x = system.RestState();
        UnknownLayout u = system.Layout;
        void Fill(int start, int count, Func<double> value)
        {
            for (int i = start; start >= 0 && i < start + count; i++)
                x[i] = new(value());
        }
        double Uniform(double from, double to) => from + (to - from) * random.NextDouble();
        double Decades(double from, double to) => from * Math.Pow(to / from, random.NextDouble());
        double rest = TrapExchange.RestDensity(device.Psg), phi = x[u.Potential], area = device.Geometry.Area;
        Fill(u.Proton, u.PsgNodes.Length, () => rest * Decades(0.3, 3));
        Fill(u.Potential, u.PsgNodes.Length, () => phi + Uniform(-0.3, 0.3));
        Fill(u.Bound, u.PsgNodes.Length, () => device.Psg.TrapDensity * Uniform(0.1, 0.9));
        Fill(u.Hydrogen, u.Wo3Nodes.Length, () => device.Wo3.SiteDensity * Decades(1e-4, 0.3));
        Fill(u.FilmPotential, u.Wo3Nodes.Length, () => Uniform(-0.2, 0.1));
        Fill(u.Coverage, 1, () => Uniform(0.01, 0.9));
        Fill(u.Interfacial[InterfaceSpecies.Defects], 1, () => Uniform(0.01, 0.9));
        // One state in three has less than a molecule in its bubble.
        Fill(u.Dissolved, 1, () => Decades(2e15, 2e16));
        Fill(u.Bubbles, 1, () => random.Next(3) == 0 ? Decades(2e13, 1e14) : Decades(2e15, 5e16));
        Fill(u.GateHydrogen, 1, () => area * (random.Next(2) == 0 ? Uniform(1e20, 7e20) : Uniform(-1e20, -1e19)));
        Fill(u.GateCharge, 1, () => Uniform(-1e-16, 1e-16));
        Fill(u.GateVoltage, 1, () => device.Gate.RestVoltage + Uniform(-0.5, 0.5));
        Fill(u.Temperature, u.Local.Length, () => Uniform(285, 330));
        return x;
    }
}
