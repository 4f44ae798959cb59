using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Activity of hydrogen in the Pd gate relative to the two-phase plateau.</summary>
/// <remarks>
/// 1 on the two-phase plateau x_low &lt; x &lt; x_high; outside the lattice gas [x/(1-x)] over its value at the end of
/// the plateau, so that the potential follows Nernst there and is continuous.
/// </remarks>
public readonly struct PalladiumActivity<P>
    where P : struct, IParameter<P>
{
    /// <summary>True when the inventory is finite; else the activity stays at <see cref="StartActivity"/>.</summary>
    public required bool IsFinite { get; init; }

    /// <summary>Activity at the start.</summary>
    public required P StartActivity { get; init; }

    /// <summary>Hydrogen per Pd atom where none counts as given, see <see cref="PalladiumIsotherm.CountedFrom"/>.</summary>
    public required P Fraction { get; init; }

    /// <summary>1/(Pd atoms per gate area) [m^2].</summary>
    public required P InverseAtoms { get; init; }

    /// <summary>Lower end of the plateau.</summary>
    public required P PlateauLow { get; init; }

    /// <summary>Upper end of the plateau.</summary>
    public required P PlateauHigh { get; init; }

    /// <summary>The law of a device.</summary>
    public static PalladiumActivity<P> Of(Pack<P> pack, Device device) => new()
    {
        IsFinite = device.Pd.FiniteReservoir,
        StartActivity = pack(d => PalladiumIsotherm.Activity(d.Pd, d.Pd.HydrogenFraction)),
        Fraction = pack(d => PalladiumIsotherm.CountedFrom(d.Pd)),
        InverseAtoms = pack(d => 1 / (d.Pd.AtomDensity * d.Pd.Thickness)),
        PlateauLow = pack(d => d.Pd.PlateauLow),
        PlateauHigh = pack(d => d.Pd.PlateauHigh),
    };

    /// <summary>Activity, 1 on the plateau.</summary>
    /// <param name="given">Hydrogen given per gate area, counted from <see cref="Fraction"/> [m^-2].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Activity<T>(T given)
        where T : struct, IReal<T, P>
    {
        if (!IsFinite)
            return T.Constant(StartActivity);
        T x = T.Constant(Fraction) - given * InverseAtoms;
        T below = -T.Max(-x, -PlateauLow), above = T.Max(x, PlateauHigh);
        return Odds(below) * Odds(above) * ((-PlateauLow + 1.0) / PlateauLow * ((-PlateauHigh + 1.0) / PlateauHigh));
    }

    /// <summary>Its logarithm.</summary>
    /// <param name="given">Hydrogen given per gate area, counted from <see cref="Fraction"/> [m^-2].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T LogActivity<T>(T given)
        where T : struct, IReal<T, P> => T.Log(Activity(given));

    private static T Odds<T>(T x)
        where T : struct, IReal<T, P> => x / (-x + 1.0);
}
