namespace FvSolver.Cases.Plots;

/// <summary>
/// Values of Onen et al., Science 377, 539 (2022), that pictures show beside ours. They are for the eye: nothing is
/// judged by them here.
/// </summary>
internal static class Published
{
    /// <summary>Entry in legends.</summary>
    public const string Source = "Onen et al. 2022";

    /// <summary>Conductance at rest [S]: 88 Mohm, Fig. 2A.</summary>
    public const double BaseConductance = 1 / 88e6;

    /// <summary>Conductance at the top over that at rest, Fig. 2A.</summary>
    public const double Range = 20;

    /// <summary>Energy of proton transfer of a pulse [J]; text.</summary>
    public const double ProtonEnergy = 15e-18;

    /// <summary>Energy C V^2 of a pulse [J]; text.</summary>
    public const double CapacitiveEnergy = 2.5e-15;
}
