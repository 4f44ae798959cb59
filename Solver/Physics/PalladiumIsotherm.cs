using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Physics;

/// <summary>Isotherm of PdHx: a two-phase plateau between x_low and x_high, and a lattice gas on either side.</summary>
/// <remarks>
/// ln p_plat = dH/(R T) - dS/R per mol of H2 (van 't Hoff, dH and dS of absorption), U_plat = -(kT/2q) ln p_plat,
/// U_Pd(x, T) = U_plat(T) - (kT/q) ln a(x) against RHE, with a = 1 on the plateau and [x/(1-x)] over its value at the nearer end of the
/// plateau elsewhere. In contact with hydrogen, a^2 = p/p_plat. Pressures in bar.
/// </remarks>
public static class PalladiumIsotherm
{
    /// <summary>Plateau pressure [bar] at a temperature [K].</summary>
    public static double PlateauPressure(GateMetal pd, double temperature) =>
        Math.Exp((pd.HydrideEnthalpy / temperature - pd.HydrideEntropy) / (Avogadro * Boltzmann));

    /// <summary>Potential of the plateau against RHE [V] at a temperature [K]; it is linear in the temperature.</summary>
    public static double PlateauPotential(GateMetal pd, double temperature) =>
        -(pd.HydrideEnthalpy - temperature * pd.HydrideEntropy) / (2 * Avogadro * ElementaryCharge);

    /// <summary>Derivative of the plateau's potential with respect to temperature, dS/2F [V/K].</summary>
    public static double PlateauSlope(GateMetal pd) => pd.HydrideEntropy / (2 * Avogadro * ElementaryCharge);

    /// <summary>Activity a(x) of hydrogen relative to the plateau.</summary>
    public static double Activity(GateMetal pd, double x)
    {
        if (pd.PlateauLow <= x && x <= pd.PlateauHigh)
            return 1; // to the last digit, where the law has rounding errors
        PalladiumActivity<Scalar> law = new()
        {
            IsFinite = true,
            StartActivity = default,
            Fraction = new(x),
            InverseAtoms = default,
            PlateauLow = new(pd.PlateauLow),
            PlateauHigh = new(pd.PlateauHigh),
        };
        return law.Activity(default(Scalar));
    }

    /// <summary>Hydrogen per Pd atom after the preparation, at a temperature [K].</summary>
    public static double PreparedFraction(GateMetal pd, double temperature)
    {
        double activity = Math.Sqrt(pd.HydrogenPressure / PascalPerBar / PlateauPressure(pd, temperature));
        bool isHydride = activity >= 1;
        if (isHydride && pd.Preparation == PdPreparation.PumpedDown)
            return pd.PlateauHigh;
        double odds = activity * Odds(isHydride ? pd.PlateauHigh : pd.PlateauLow);
        return odds / (1 + odds);
    }

    /// <summary>Hydrogen per Pd atom from which what the gate has given is counted: that at the start, or none at all in the solid
    /// solution of a gate that can be emptied.</summary>
    /// <remarks>
    /// There the activity is proportional to what is left. A gate with a weak hydride holds a few atoms, and a pulse takes them until the
    /// reaction rests with 1e-80 of them: a difference of two counts would lose that, and with it all digits of the rate.
    /// </remarks>
    public static double CountedFrom(GateMetal pd) =>
        pd.FiniteReservoir && pd.HydrogenFraction < pd.PlateauLow ? 0 : pd.HydrogenFraction;

    private static double Odds(double x) => x / (1 - x);
}
