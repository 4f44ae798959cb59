using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Runs;

/// <summary>A run as it was between two pulses, which stays the same while the run goes on.</summary>
/// <param name="State">State of the device and of the protocol.</param>
/// <param name="Rows">Rows of the table over time.</param>
/// <param name="Pulses">Rows of the table over pulses.</param>
/// <param name="Samples">Samples of the fields.</param>
internal sealed record RunSnapshot(Checkpoint State, int Rows, int Pulses, int Samples)
{
    /// <summary>The present of a record, with the state that belongs to it.</summary>
    public static RunSnapshot Of(Checkpoint state, RunRecord record) =>
        new(state, record.Series.Count, record.Pulses.Count, record.Profiles.Times.Count);

    /// <summary>What the record held then.</summary>
    public RunRecord Of(RunRecord record)
    {
        var profiles = new ProfileSet();
        profiles.Times.AddRange(record.Profiles.Times.GetRange(0, Samples));
        profiles.Fields.AddRange(record.Profiles.Fields.Select(f => f with { Samples = f.Samples.GetRange(0, Samples) }));
        return new() { Series = record.Series.First(Rows), Pulses = record.Pulses.First(Pulses), Profiles = profiles };
    }
}
