namespace FvSolver.Materials;

/// <summary>Where a number comes from. Every parameter carries one, and every result stores it.</summary>
public enum Kind
{
    /// <summary>Stated or measured in the paper of the device (key <c>onen2022</c>).</summary>
    Paper,

    /// <summary>Taken from the literature.</summary>
    Literature,

    /// <summary>Follows from other parameters by arithmetic.</summary>
    Derived,

    /// <summary>Chosen so that a named published figure comes out.</summary>
    Calibrated,

    /// <summary>Engineering estimate without a measurement on this device.</summary>
    Estimate,

    /// <summary>Set by the user, in a case file or on the command line.</summary>
    User,
}
