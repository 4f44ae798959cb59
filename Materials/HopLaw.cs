namespace FvSolver.Materials;

/// <summary>How the rate of a downhill hop of a proton in PSG grows with the field.</summary>
public enum HopLaw
{
    /// <summary>exp(q a E / 2kT) without bound: Mott-Gurney hopping, eq. 1 of the paper.</summary>
    Sinh,

    /// <summary>The migration part of the barrier vanishes at 2 E_m/(q a), after which the rate saturates.</summary>
    Saturating,

    /// <summary>Overdamped motion in a tilted sinusoidal potential.</summary>
    Washboard,

    /// <summary>Gaussian site-energy disorder, Baessler's parametrisation.</summary>
    GaussianDisorder,
}
