using FvSolver.Solver.Kinetic;

namespace FvSolver.Cases.Noise;

/// <summary>What the pulses of one point say, and what theory says beside it.</summary>
public sealed class NoiseStatistics
{
    /// <summary>Statistics of the blocks of a point, in their order.</summary>
    public NoiseStatistics(NoisePoint point, NoiseSettings settings, IReadOnlyList<NoiseBlock> blocks)
    {
        Point = point;
        Film = NoiseBlock.FilmOf(point, settings);
        Blocks = blocks;
        Pulse = new([.. blocks.SelectMany(b => b.Mean)]);
        Step = new([.. blocks.SelectMany(b => b.Step)]);
        Reset = new([.. blocks.SelectMany(b => b.Step.Zip(b.Mean, (s, m) => s - m))]);
        Hydrogen = new([.. blocks.SelectMany(b => b.Hydrogen)]);
        LagOfPulse = SampleMoments.LagOne(blocks.Select(b => b.Mean), Pulse.Mean);
        LagOfStep = SampleMoments.LagOne(blocks.Select(b => b.Step), Step.Mean);
        Events = blocks.Sum(b => b.Events);
        RamoFano = RamoSum();
        if (settings.Ends == FilmEnds.Reservoirs)
            return;
        EquilibriumDraw equilibrium = new KineticFilm(Film, NoiseBlock.Mesh(Film)).Equilibrium;
        equilibrium.Prepare(point.Entered(Film.Area));
        HydrogenTheory = HydrogenLadder.Deviation(Film, equilibrium.MostProbable, Hydrogen.Mean);
    }

    /// <summary>The point.</summary>
    public NoisePoint Point { get; }

    /// <summary>Its film on lattice planes.</summary>
    public LatticeFilm Film { get; }

    /// <summary>Where it comes from.</summary>
    public IReadOnlyList<NoiseBlock> Blocks { get; }

    /// <summary>The pulse alone.</summary>
    public SampleMoments Pulse { get; }

    /// <summary>What is frozen, pulse and reset together.</summary>
    public SampleMoments Step { get; }

    /// <summary>The reset alone: electrons of the metal at the moment when the gate opens.</summary>
    public SampleMoments Reset { get; }

    /// <summary>Adsorbed and inserted hydrogen with the gate open, before each pulse.</summary>
    public SampleMoments Hydrogen { get; }

    /// <summary>Correlation of the pulse with the one before.</summary>
    public double LagOfPulse { get; }

    /// <summary>Correlation of the step with the one before.</summary>
    public double LagOfStep { get; }

    /// <summary>Events.</summary>
    public long Events { get; }

    /// <summary>
    /// Fano factor of independent events (Ramo): sum w^2 (N+ + N-) over |sum w (N+ - N-)| with the events over each link that were
    /// counted.
    /// </summary>
    public double RamoFano { get; }

    /// <summary>Fano factor of a neutral film in a short pulse, see <see cref="FilmNoise.Fano"/>.</summary>
    public double NeutralFano =>
        FilmNoise.Fano(Film.Device.Psg, Point.Amplitude - Film.Device.Gate.RestVoltage, Film.Device.Heat.AmbientTemperature);

    /// <summary>Deviation of the reset, see <see cref="FilmNoise.Reset"/>.</summary>
    public double ResetTheory => FilmNoise.Reset(Film.Device.Psg, Film.Area, Film.Device.Heat.AmbientTemperature);

    /// <summary>Deviation of the hydrogen with the gate open, see <see cref="HydrogenLadder"/>.</summary>
    public double HydrogenTheory { get; }

    private double RamoSum()
    {
        double noise = 0, drift = 0;
        for (int k = 0; k < Film.Links; k++)
        {
            double w = Film.Ramo(k), forward = Blocks.Sum(b => b.Forward[k]), backward = Blocks.Sum(b => b.Backward[k]);
            noise += w * w * (forward + backward);
            drift += w * (forward - backward);
        }
        return noise / Math.Abs(drift);
    }
}
