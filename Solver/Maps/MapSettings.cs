using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Solver.Maps;

/// <summary>How pulse maps are built.</summary>
public sealed record MapSettings
{
    /// <summary>Largest estimated error of a step by interpolation, relative to it.</summary>
    public double Tolerance { get; init; } = 3e-7;

    /// <summary>Relative tolerance of the time integration of its pulses, and of the reference that bounds are against.</summary>
    public double Integration { get; init; } = 1e-8;

    /// <summary>Largest error by memory, relative to a step, beyond which pulses are computed directly.</summary>
    public double LargestMemory { get; init; } = 1e-5;

    /// <summary>Most pulses that one piece is built from.</summary>
    public int MostPulses { get; init; } = 1500;

    /// <summary>Largest error of a step that is read where states remember more than their content, relative to it, beyond which pulses are
    /// computed directly.</summary>
    public double LargestRemembered { get; init; } = 0.01;

    /// <summary>Most pulses of a piece whose states remember more than their content.</summary>
    public int MostRemembering { get; init; } = 450;

    /// <summary>Expected number of nuclei of bubbles in a pulse up to which they are left out: in 1e9 pulses they come to 1e-3.</summary>
    public double MostNuclei { get; init; } = 1e-12;

    /// <summary>Fewest pulses to come for which a piece is built.</summary>
    public int Worthwhile { get; init; } = 40;

    /// <summary>Fewest pulses of a run for which <see cref="ForFigures"/> pays: a piece costs some twelve
    /// pulses, and a rest at each node.</summary>
    private const int FewestPulses = 100;

    /// <summary>True when pulses of a run of which figures are wanted are to be mapped.</summary>
    public static bool Pays(PulseMapUse use, IReadOnlyList<ProtocolStep> steps) =>
        use != PulseMapUse.Never && ProtocolRunner.CountPulses(steps) >= FewestPulses;

    /// <summary>Maps for figures of many runs: means, sweeps, fits, calibrations; as accurate as computed pulses at the default
    /// tolerance, at a third of the cost.</summary>
    public static MapSettings ForFigures { get; } = new() { Tolerance = 1e-6, Integration = 1e-7, LargestRemembered = 1e-3 };

    /// <summary>Settings of a run whose computed pulses are among mapped ones: as accurate as those that a map is built from, so that what
    /// they leave can be told from its states.</summary>
    public static SolverSettings Accurate(SolverSettings settings) =>
        settings with { RelativeTolerance = Math.Min(settings.RelativeTolerance, new MapSettings().Integration) };
}
