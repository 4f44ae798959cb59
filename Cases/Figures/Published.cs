namespace FvSolver.Cases.Figures;

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

    /// <summary>Hopping distance of the joint fit [m], Fig. 3.</summary>
    public const double HopDistance = 5.6e-10;

    /// <summary>Exponent of the pulse width in the joint fit, Fig. 3A.</summary>
    public const double WidthExponent = 1.2;

    /// <summary>Current of the device of 750 nm x 1000 nm at 10 V [A]; text.</summary>
    public const double DirectCurrent = 30e-9;

    /// <summary>Pulse width at 10 V up to which steps stay steady, and width of failure [s]; Fig. 4.</summary>
    public const double SteadyWidth = 40e-9, FailureWidth = 90e-9;

    /// <summary>Rise of temperature that the paper calls negligible [K]; text.</summary>
    public const double TemperatureRise = 2;
}
