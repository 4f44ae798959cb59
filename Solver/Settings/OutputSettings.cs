using FvSolver.Materials;

namespace FvSolver.Solver.Settings;

/// <summary>What a run records, and how densely.</summary>
public sealed record OutputSettings
{
    /// <summary>Pulses at the start of the run of which every time step goes into the series.</summary>
    [Quantity("series_pulses", "1", Kind.Estimate, "enough to see what a pulse does", Min = 0, Max = 1e9)]
    public int SeriesPulses { get; init; } = 2;

    /// <summary>Every how many pulses the end of the pulse and of the rest go into the series.</summary>
    [Quantity("series_every", "1", Kind.Estimate, "keeps a run of 1e5 pulses small", Min = 1, Max = 1e9)]
    public int SeriesEvery { get; init; } = 10;

    /// <summary>Every how many pulses one has a row of its own; beside them stand envelopes of all by decades.</summary>
    [Quantity("pulses_every", "1", Kind.Estimate, "every pulse; more for runs of many millions", Min = 1, Max = 1e9)]
    public int PulsesEvery { get; init; } = 1;

    /// <summary>Every how many pulses the fields are recorded, at the read.</summary>
    [Quantity("profiles_every", "1", Kind.Estimate, "ten profiles in 1000 pulses", Min = 1, Max = 1e9)]
    public int ProfilesEvery { get; init; } = 100;

    /// <summary>
    /// Times since the start of a pulse, hold, table or other step at which the fields are
    /// recorded as well [s]; a pulse ends with its rest.
    /// </summary>
    [Quantity("t_p", "s", Kind.Estimate, "none: fields at rest only", Min = 0, ExclusiveMin = true)]
    public NumberList ProfilesAt { get; init; } = new();

    /// <summary>Every how many pulses <see cref="ProfilesAt"/> holds, from the first; other steps always take part.</summary>
    [Quantity("profiles_at_every", "1", Kind.Estimate, "every pulse", Min = 1, Max = 1e9)]
    public int ProfilesAtEvery { get; init; } = 1;

    /// <summary>Wall time between checkpoints [s].</summary>
    [Quantity("checkpoint", "s", Kind.Estimate, "little is lost by a kill", Min = 0, ExclusiveMin = true)]
    public double CheckpointInterval { get; init; } = 5;

    /// <summary>The same without series and fields: pulses only.</summary>
    public OutputSettings Quiet() => this with { SeriesPulses = 0, SeriesEvery = int.MaxValue, ProfilesEvery = int.MaxValue };
}
