using FvSolver.Mesh;
using FvSolver.Solver.Kinetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Settings;
using MathNet.Numerics.Random;

namespace FvSolver.Cases.Noise;

/// <summary>Pulses that one device saw one after the other, from a state of its own and random numbers of its own.</summary>
/// <param name="Mean">Charge of each pulse without the noise of the electrons at its end [1].</param>
/// <param name="Step">With it: what is frozen.</param>
/// <param name="Hydrogen">Adsorbed and inserted hydrogen before each pulse.</param>
/// <param name="Forward">Events along the field over each link, during the pulses.</param>
/// <param name="Backward">Events against it.</param>
/// <param name="Events">All events, those of the rests included.</param>
public sealed record NoiseBlock(double[] Mean, double[] Step, double[] Hydrogen, long[] Forward, long[] Backward, long Events)
{
    /// <summary>Pulses of a block: the last of a point may have fewer.</summary>
    public const int Size = 250;

    /// <summary>Number of blocks of a point.</summary>
    public static int CountOf(NoisePoint point, NoiseSettings settings) => (int)(((long)settings.Pulses * point.Repeats + Size - 1) / Size);

    /// <summary>Simulates a block.</summary>
    /// <param name="point">Pulse, device and state.</param>
    /// <param name="settings">How it is simulated.</param>
    /// <param name="films">Makes films of the point, see <see cref="Films"/>.</param>
    /// <param name="pointIndex">Number of the point.</param>
    /// <param name="block">Number of the block.</param>
    /// <param name="cancel">Ends it early.</param>
    public static NoiseBlock Run(
        NoisePoint point, NoiseSettings settings, Func<Random, DrivenFilm> films, int pointIndex, int block,
        CancellationToken cancel = default)
    {
        int count = Math.Min(Size, settings.Pulses * point.Repeats - block * Size);
        Random random = Numbers(settings.Seed, pointIndex, block);
        DrivenFilm film = films(random);
        int entered = point.Entered(film.Film.Area);
        var result = new NoiseBlock(new double[count], new double[count], new double[count],
            new long[film.Film.Links], new long[film.Film.Links], 0);
        film.Draw(entered, random);
        for (int i = 0; i < count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            result.Hydrogen[i] = film.Hydrogen;
            result.Count(film, -1);
            PulseCharge charge = film.Pulse(point.Pulse);
            result.Count(film, 1);
            (result.Mean[i], result.Step[i]) = (charge.Mean, charge.Step);
            film.Restore(entered);
            film.Recover(settings.Rest);
        }
        return result with { Events = film.Events };
    }

    /// <summary>Makes films of a point: the first call does what all of them share.</summary>
    /// <exception cref="NotSupportedException">The device uses a law that has no event.</exception>
    public static Func<Random, DrivenFilm> Films(NoisePoint point, NoiseSettings settings)
    {
        LatticeFilm film = FilmOf(point, settings);
        return point.Points is { } points
            ? PointFilm.Factory(film, Mesh(film), points)
            : _ => new KineticFilm(film, Mesh(film), settings.Options);
    }

    /// <summary>Planes of a point: of the device, or of a cell of point charges.</summary>
    public static LatticeFilm FilmOf(NoisePoint point, NoiseSettings settings)
    {
        double hop = point.Device.Psg.HopDistance;
        double area = (point.Points?.Cell ?? point.Cell) is { } cell
            ? Math.Pow(PointFilm.SideOf(hop, cell) * hop, 2)
            : point.Device.Geometry.Area * settings.AreaFactor;
        return new(point.Device, area, settings.Ends);
    }

    /// <summary>A stack with the layers of WO3 that the solver has.</summary>
    public static ControlVolumeMesh Mesh(LatticeFilm film) => DeviceStack.Mesh(film.Device, new MeshSettings());

    /// <summary>Random numbers of one block: xoshiro256** of Math.NET, seeded by a number that no other block of a run has.</summary>
    public static Random Numbers(int seed, int point, int block) =>
        new Xoshiro256StarStar(unchecked((int)((uint)seed * 2654435769u + (uint)(point << 16) + (uint)block)), threadSafe: false);

    private void Count(DrivenFilm film, int sign)
    {
        for (int k = 0; k < Forward.Length; k++)
        {
            Forward[k] += sign * film.Forward[k];
            Backward[k] += sign * film.Backward[k];
        }
    }
}
