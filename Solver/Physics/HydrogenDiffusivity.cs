using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>D_H(y) [m^2/s] of hydrogen in WO3 at the reference temperature: constant, or by the thermodynamic factor.</summary>
/// <remarks>
/// D_H = D_tracer(y) (C/kT) dmu/dC with mu = -q U_W, hence (C/kT) dmu/dC = q g_W y/kT + n/(1-y). The tracer coefficient falls
/// exponentially from its dilute value to that at y_rich.
/// </remarks>
public readonly struct HydrogenDiffusivity<P>
    where P : struct, IParameter<P>
{
    /// <summary>Constant Fick coefficient [m^2/s].</summary>
    public required P Constant { get; init; }

    /// <summary>True for the thermodynamic law.</summary>
    public required bool IsThermodynamic { get; init; }

    /// <summary>Tracer coefficient in the dilute limit [m^2/s].</summary>
    public required P TracerDilute { get; init; }

    /// <summary>d ln D_tracer/dy.</summary>
    public required P TracerSlope { get; init; }

    /// <summary>g_W [V].</summary>
    public required P Interaction { get; init; }

    /// <summary>n.</summary>
    public required P Species { get; init; }

    /// <summary>The law of a device's channel.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="device">The device that decides which terms there are.</param>
    public static HydrogenDiffusivity<P> Of(Pack<P> pack, Device device) => new()
    {
        Constant = pack(d => d.Wo3.Diffusivity),
        IsThermodynamic = device.Wo3.DiffusionLaw == DiffusionLaw.Thermodynamic,
        TracerDilute = pack(d => d.Wo3.TracerDiffusivityDilute),
        TracerSlope = pack(d => Math.Log(d.Wo3.TracerDiffusivityRich / d.Wo3.TracerDiffusivityDilute) / d.Wo3.TracerRichComposition),
        Interaction = pack(d => d.Wo3.InteractionPotential),
        Species = pack(d => d.Wo3.DiluteSpecies),
    };

    /// <summary>D_H by the thermodynamic law. A call of its own: most runs have a constant coefficient.</summary>
    /// <param name="composition">y.</param>
    /// <param name="inverseThermalVoltage">q/kT [1/V].</param>
    [MethodImpl(Compilation.HotLoop)]
    public T Thermodynamic<T>(T composition, T inverseThermalVoltage)
        where T : struct, IReal<T, P>
    {
        T factor = inverseThermalVoltage * Interaction * composition + T.Constant(Species) / (-composition + 1.0);
        return Tracer(composition) * factor;
    }

    /// <summary>Tracer coefficient [m^2/s].</summary>
    /// <param name="composition">y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Tracer<T>(T composition)
        where T : struct, IReal<T, P> => T.Exp(composition * TracerSlope) * TracerDilute;
}
