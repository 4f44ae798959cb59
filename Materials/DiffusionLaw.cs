namespace FvSolver.Materials;

/// <summary>Diffusion coefficient of hydrogen in WO3.</summary>
public enum DiffusionLaw
{
    /// <summary>A constant Fick coefficient.</summary>
    Fick,

    /// <summary>Tracer coefficient D(C) times the thermodynamic factor (C/kT) dmu/dC of the same U_W(y).</summary>
    Thermodynamic,
}
