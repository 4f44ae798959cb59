namespace FvSolver.Materials;

/// <summary>How the Pd film was treated before the device is used.</summary>
public enum PdPreparation
{
    /// <summary>In contact with hydrogen at <see cref="GateMetal.HydrogenPressure"/>.</summary>
    InContact,

    /// <summary>Loaded at that pressure, then pumped: a hydride gives off hydrogen until it is at the
    /// end of its plateau, and stays there.</summary>
    PumpedDown,
}
