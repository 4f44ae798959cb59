namespace FvSolver.Validation.Checks;

/// <summary>What kind of answer a case is held against; the order is that of the report.</summary>
public enum CaseGroup
{
    /// <summary>The two laws that the project exists for.</summary>
    Mission,

    /// <summary>Limits whose answer is known on paper.</summary>
    Limits,

    /// <summary>The equations are solved right: manufactured solutions, observed orders.</summary>
    Verification,

    /// <summary>Protons, charge and energy are accounted for.</summary>
    Conservation,

    /// <summary>Figures of the paper and the arithmetic behind them.</summary>
    Figures,

    /// <summary>The readable twin.</summary>
    Twin,

    /// <summary>One proton at a time.</summary>
    Noise,

    /// <summary>Mapped pulses against computed ones.</summary>
    Maps,
}
