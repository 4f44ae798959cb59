using FvSolver.Materials;

namespace FvSolver.Solver.Settings;

/// <summary>Time integration method.</summary>
public enum Method
{
    /// <summary>RODAS of Hairer and Wanner: 6 stages, order 4.</summary>
    Rodas4,

    /// <summary>RODASP of Steinebach: 6 stages, order 4 also for parabolic problems.</summary>
    Rodas4P,

    /// <summary>Rodas5P of Steinebach: 8 stages, order 5.</summary>
    Rodas5P,
}

/// <summary>Direct solver of the linear systems.</summary>
public enum LinearSolverKind
{
    /// <summary>The project's own: block-tridiagonal LU in 1-D, multifrontal LU in 2-D.</summary>
    Managed,

    /// <summary>KLU of SuiteSparse.</summary>
    Klu,

    /// <summary>UMFPACK of SuiteSparse.</summary>
    Umfpack,
}

/// <summary>Where pulses may be mapped, instead of computed one by one.</summary>
public enum PulseMapUse
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>Where only figures of long trains are wanted: means, sweeps, fits, calibrations.</summary>
    Means,

    /// <summary>Also in runs: each row of /pulses says what it is, and by how much it may be off.</summary>
    Auto,
}

/// <summary>Accuracy and method of the time integration.</summary>
public sealed record SolverSettings
{
    /// <summary>Relative tolerance of the local error, weighted per unknown.</summary>
    [Quantity("rtol", "1", Kind.Estimate, "1e-4 of a pulse or better", Min = 1e-13, Max = 0.1)]
    public double RelativeTolerance { get; init; } = 1e-5;

    /// <summary>Time integration method.</summary>
    [Quantity("method", "1", Kind.Estimate, "least work at the default tolerance")]
    public Method Method { get; init; } = Method.Rodas4;

    /// <summary>Direct solver of the linear systems.</summary>
    [Quantity("linear_solver", "1", Kind.Estimate, "the fastest at every size")]
    public LinearSolverKind LinearSolver { get; init; } = LinearSolverKind.Managed;

    /// <summary>True to add up dissipated heat and chemical work where temperature is an unknown.</summary>
    /// <remarks>
    /// With the electrical work and the energy of the field they make the balance of energy, which runs report and validations check.
    /// A step that misses it is done again in shorter ones. They take 8 % of a run with heat, more where a film with space charge moves.
    /// </remarks>
    [Quantity("energy_balance", "1", Kind.Estimate, "a check of every run with heat")]
    public bool EnergyBalance { get; init; } = true;

    /// <summary>Most steps within one segment of the waveform.</summary>
    [Quantity("max_steps", "1", Kind.Estimate, "two orders above what a segment needs", Min = 1, Max = 1e9)]
    public int MaxSteps { get; init; } = 100000;

    /// <summary>Where pulses may be mapped instead of computed one by one.</summary>
    [Quantity("pulse_map", "1", Kind.Estimate, "means are within 1e-6 of those of computed pulses")]
    public PulseMapUse PulseMap { get; init; } = PulseMapUse.Means;

    /// <summary>Share of mapped pulses that are computed as well, to see whether their bounds hold; of long runs a smaller one, as after
    /// ten thousand of such pulses the next comes when there are a tenth more.</summary>
    [Quantity("pulse_audits", "1", Kind.Estimate, "bounds are looked at in every run", Min = 0, Max = 1)]
    public double PulseAudits { get; init; } = 1e-3;

    /// <summary>Seed of the choice of mapped pulses that are computed as well.</summary>
    [Quantity("audit_seed", "1", Kind.Estimate, "any", Min = 0, Max = 1e9)]
    public int AuditSeed { get; init; }
}
