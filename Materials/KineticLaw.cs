namespace FvSolver.Materials;

/// <summary>Dependence of a charge-transfer rate on the drop over the compact layer.</summary>
public enum KineticLaw
{
    /// <summary>Butler-Volmer: exp(alpha u).</summary>
    ButlerVolmer,

    /// <summary>Marcus-Hush-Chidsey: the rate is capped by the reorganisation energy.</summary>
    Marcus,
}
