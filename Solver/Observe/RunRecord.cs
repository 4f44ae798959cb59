namespace FvSolver.Solver.Observe;

/// <summary>What a run leaves behind: tables over time and over pulses, sampled fields, and figures with their warnings.</summary>
public sealed class RunRecord
{
    /// <summary>Columns over time: <c>time</c>, <c>gate_voltage</c>, ...</summary>
    public required Table Series { get; init; }

    /// <summary>One row a pulse.</summary>
    public required Table Pulses { get; init; }

    /// <summary>What all pulses did by decades of their number, where <see cref="Pulses"/> holds only some of them; else null.</summary>
    public Table? Envelopes { get; set; }

    /// <summary>Sampled fields.</summary>
    public required ProfileSet Profiles { get; init; }

    /// <summary>Single figures of the run (balances, statistics), by name.</summary>
    public Dictionary<string, Figure> Figures { get; } = [];

    /// <summary>Warnings about physics or numerics, in words.</summary>
    public List<string> Warnings { get; } = [];
}
