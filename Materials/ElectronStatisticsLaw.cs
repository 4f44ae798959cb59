namespace FvSolver.Materials;

/// <summary>Statistics of the electrons in WO3, where its space charge is solved for.</summary>
public enum ElectronStatisticsLaw
{
    /// <summary>Boltzmann: n proportional to exp(mu/kT).</summary>
    Boltzmann,

    /// <summary>Fermi-Dirac in a parabolic band: n = N_c F_1/2(mu/kT).</summary>
    FermiDirac,
}
