namespace FvSolver.Solver.Kinetic;

/// <summary>How a film is simulated; the defaults are right, the rest are limits and deliberate mistakes.</summary>
public sealed record KineticOptions
{
    /// <summary>True to hold the field at V/d whatever the charges are.</summary>
    public bool FixedField { get; init; }

    /// <summary>Mistake: rates take the potentials before the event instead of the energies before and after it.</summary>
    public bool BeforeEvent { get; init; }

    /// <summary>Voltage from which and to which pulses go [V]; NaN for the gate voltage that the source finds.</summary>
    public double BaseVoltage { get; init; } = double.NaN;
}

