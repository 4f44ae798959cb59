using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Insertion potential U_W(y) of hydrogen in WO3 against RHE, as the difference from the state of rest.</summary>
/// <remarks>
/// U_W(y) = U_0 - g_W y - n V_T ln(y/(1-y)): lattice gas with a linear interaction (Crandall, Wojtowicz and Faughnan, Solid
/// State Commun. 18, 1409 (1976)); n = 2 where proton and electron are both dilute. Valid for 0 &lt; y &lt; 1.
/// </remarks>
public readonly struct InsertionPotential<P>
    where P : struct, IParameter<P>
{
    /// <summary>U_W(y_ref, T).</summary>
    public required LinearPotential<P> Rest { get; init; }

    /// <summary>y_ref.</summary>
    public required P RestComposition { get; init; }

    /// <summary>n.</summary>
    public required P Species { get; init; }

    /// <summary>g_W [V].</summary>
    public required P Interaction { get; init; }

    /// <summary>True when n = 1 and g_W = 0, where inserted hydrogen is an ideal lattice gas.</summary>
    public required bool IsIdeal { get; init; }

    /// <summary>The law of a device.</summary>
    public static InsertionPotential<P> Of(Pack<P> pack, Device device) => new()
    {
        Rest = LinearPotential<P>.Of(pack, InsertionPotential.AtRest, CellVoltage.InsertionSlope),
        RestComposition = pack(d => d.Wo3.RestComposition),
        Species = pack(d => d.Wo3.DiluteSpecies),
        Interaction = pack(d => d.Wo3.InteractionPotential),
        IsIdeal = device.Wo3.DiluteSpecies == 1 && device.Wo3.InteractionPotential == 0,
    };

    /// <summary>y/(1-y) over its value at rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Odds<T>(T composition)
        where T : struct, IReal<T, P> =>
        composition / (-composition + 1.0) * ((-RestComposition + 1.0) / RestComposition);

    /// <summary>U_W(y_ref) - U_W(y) [V]: potential of inserted hydrogen above that at rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rise<T>(T composition, T thermalVoltage)
        where T : struct, IReal<T, P> =>
        T.Log(Odds(composition)) * thermalVoltage * Species + (composition - RestComposition) * Interaction;

    /// <summary>-U_W(y, T): chemical potential over q [V].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Potential<T>(T composition, T thermalVoltage)
        where T : struct, IReal<T, P> => Rise(composition, thermalVoltage) - Rest.At(thermalVoltage);

    /// <summary>Molar enthalpy over q [V]: the logarithm of the odds is entropy alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Enthalpy<T>(T composition)
        where T : struct, IReal<T, P> => (composition - RestComposition) * Interaction - Rest.Enthalpy;

    /// <summary>Activity coefficient over that at rest: e^(q [U_W(y_ref) - U_W(y)]/kT) over the odds; 1 for an ideal lattice gas.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coefficient<T>(T composition, T inverseThermalVoltage)
        where T : struct, IReal<T, P> =>
        IsIdeal ? T.From(1) : NonIdeal(composition, inverseThermalVoltage);

    // A call of its own: most runs have an ideal lattice gas.
    [MethodImpl(Compilation.HotLoop)]
    private T NonIdeal<T>(T composition, T inverseThermalVoltage)
        where T : struct, IReal<T, P> =>
        T.Exp(Rise(composition, T.Reciprocal(inverseThermalVoltage)) * inverseThermalVoltage) / Odds(composition);
}

/// <summary>The insertion potential in numbers.</summary>
public static class InsertionPotential
{
    /// <summary>U_W(y_ref) at the ambient temperature [V].</summary>
    public static double AtRest(Device device) => CellVoltage.InsertionAt(device, device.Heat.AmbientTemperature);

    /// <summary>U_W(y, T) against RHE [V]: the law about y = 1/2, where its logarithm vanishes and U_W = U_0(T) - g_W/2.</summary>
    /// <param name="device">Parameters; away from the reference temperature resolved ones.</param>
    /// <param name="composition">y.</param>
    /// <param name="temperature">T [K].</param>
    public static double At(Device device, double composition, double temperature)
    {
        Channel wo3 = device.Wo3;
        InsertionPotential<Scalar> law = new()
        {
            Rest = default,
            RestComposition = new(0.5),
            Species = new(wo3.DiluteSpecies),
            Interaction = new(wo3.InteractionPotential),
            IsIdeal = false,
        };
        double warmer = temperature - device.Heat.ReferenceTemperature;
        return wo3.StandardPotential + (warmer == 0 ? 0 : warmer * wo3.StandardPotentialSlope) - wo3.InteractionPotential / 2
            - law.Rise(new Scalar(composition), new Scalar(Constants.ThermalVoltage(temperature)));
    }
}
