using FvSolver.Materials;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Kinetic;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Noise;

/// <summary>The solver on lattice planes: what the mean of single protons is held against.</summary>
public static class LatticeReference
{
    /// <summary>Cells of one hopping distance.</summary>
    public static MeshSettings Planes { get; } = new() { Psg = PsgNodes.Lattice };

    /// <summary>Charge of a pulse through the lead over q, from equilibrium with the gate open, on the area of the point.</summary>
    public static double Step(NoisePoint point)
    {
        var film = new LatticeFilm(point.Device);
        var device = new DeviceSimulation(film.Device, Planes, new SolverSettings { RelativeTolerance = 1e-7 });
        double entered = point.Entered(film.Area) * Constants.ElementaryCharge;
        if (entered != 0)
        {
            // Slowly in, then long enough for everything to settle.
            device.Segment(DriveMode.Current, entered / 1e-2, entered / 1e-2, 1e-2);
            device.Rest(100);
        }
        double before = Entered(device), rest = device.GateVoltage;
        if (double.IsNaN(point.Amplitude))
            device.Segment(device.SourceMode, rest, rest, point.Hold);
        else
            device.Pulse(point.Amplitude, point.Width, point.Edge, hold: point.Hold);
        return (Entered(device) - before) * NoiseBlock.FilmOf(point, new()).Area / film.Area;
    }

    private static double Entered(DeviceSimulation device) =>
        device.GateCharge / Constants.ElementaryCharge + device.State[device.Layout.GateHydrogen];
}
