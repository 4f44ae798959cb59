using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Diffusion of inserted hydrogen in WO3.</summary>
/// <remarks>
/// J = -D_H dC/dz with a constant Fick coefficient, or with D = D_tracer(C) (C/kT) dmu/dC of the same U_W:
/// mu = -q U_W, hence (C/kT) dmu/dC = q g_W y/kT + n/(1-y). The tracer coefficient falls exponentially from its dilute
/// value to that at y_rich. Equilibrium is a uniform composition in either case, to rounding.
/// </remarks>
public readonly struct InsertionDiffusion<P>
    where P : struct, IParameter<P>
{
    /// <summary>Constant coefficient D_H [m^2/s].</summary>
    public required P Diffusivity { get; init; }

    /// <summary>True for the thermodynamic law.</summary>
    public required bool IsThermodynamic { get; init; }

    /// <summary>Tracer coefficient in the dilute limit [m^2/s].</summary>
    public required P TracerDilute { get; init; }

    /// <summary>d ln D_tracer/dy.</summary>
    public required P TracerSlope { get; init; }

    /// <summary>1/C_max [m^3].</summary>
    public required P InverseSiteDensity { get; init; }

    /// <summary>g_W [V].</summary>
    public required P Interaction { get; init; }

    /// <summary>n.</summary>
    public required P Species { get; init; }

    /// <summary>Temperature dependence.</summary>
    public required Arrhenius<P> Temperature { get; init; }

    /// <summary>D (C_L - C_R) [m^-1 s^-1]: the flux from left to right times the edge's length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T FluxTimesLength<T>(T left, T right, T inverseThermalVoltage, bool isothermal)
        where T : struct, IReal<T, P>
    {
        T flux = IsThermodynamic ? Thermodynamic(left, right, inverseThermalVoltage) : (left - right) * Diffusivity;
        return isothermal ? flux : flux * Temperature.At(inverseThermalVoltage);
    }

    // A call of its own: most runs have a constant coefficient.
    [MethodImpl(Compilation.HotLoop)]
    private T Thermodynamic<T>(T left, T right, T inverseThermalVoltage)
        where T : struct, IReal<T, P>
    {
        T y = (left + right) * (InverseSiteDensity * 0.5);
        T factor = inverseThermalVoltage * Interaction * y + T.Constant(Species) / (-y + 1.0);
        return (left - right) * TracerDilute * T.Exp(y * TracerSlope) * factor;
    }
}
