namespace FvSolver.Materials;

/// <summary>Every physical parameter of a device: one record per material, interface or circuit.</summary>
/// <remarks>
/// The path of a parameter is the snake-case name of the section and of the property, e.g.
/// <c>psg.hop_distance</c>. Values that follow from others by a rule are NaN until
/// <c>CalibrationRules.Resolve</c> has filled them in.
/// </remarks>
public sealed record Device
{
    /// <summary>Lateral size.</summary>
    public DeviceGeometry Geometry { get; init; } = new();

    /// <summary>Gate metal and its interface to PSG.</summary>
    public GateMetal Pd { get; init; } = new();

    /// <summary>Proton electrolyte.</summary>
    public Electrolyte Psg { get; init; } = new();

    /// <summary>PSG/WO3 interface.</summary>
    public ChannelInterface Interface { get; init; } = new();

    /// <summary>Channel.</summary>
    public Channel Wo3 { get; init; } = new();

    /// <summary>Gate circuit.</summary>
    public GateCircuit Gate { get; init; } = new();

    /// <summary>Heat path.</summary>
    public HeatPath Heat { get; init; } = new();

    /// <summary>Molecular hydrogen.</summary>
    public HydrogenGas Gas { get; init; } = new();

    /// <summary>Hypotheses about Fig. 4.</summary>
    public Hypotheses Hypotheses { get; init; } = new();
}
