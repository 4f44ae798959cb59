namespace FvSolver.Mesh;

/// <summary>What a region is made of, which decides the equations that are solved in it.</summary>
public enum MaterialKind
{
    /// <summary>Pd gate: heat only; its potential is one unknown of the gate circuit.</summary>
    GateMetal,

    /// <summary>PSG: protons, potential, heat.</summary>
    Electrolyte,

    /// <summary>WO3: inserted hydrogen, electron potential in 2-D, heat.</summary>
    Channel,

    /// <summary>Oxide below or beside the device: heat, and potential where it touches the electrolyte in 2-D.</summary>
    Oxide,

    /// <summary>Au source or drain: an equipotential that blocks protons; heat.</summary>
    ContactMetal,
}
