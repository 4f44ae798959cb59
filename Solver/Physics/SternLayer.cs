using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Physics;

/// <summary>Compact (Stern) layer between PSG and an electrode: a linear capacitor with a flat-band drop.</summary>
/// <remarks>
/// D = eps (drop - chi)/l_S [C/m^2] (Stern, Z. Elektrochem. 30, 508 (1924)), where the drop is of the potential across the
/// layer and chi its value in the state of rest, which is free of field.
/// </remarks>
public readonly struct SternLayer<P>
    where P : struct, IParameter<P>
{
    /// <summary>eps/l_S [F/m^2].</summary>
    public required P Capacitance { get; init; }

    /// <summary>chi [V].</summary>
    public required P FlatBand { get; init; }

    /// <summary>The layer at Pd, whose drop is V_G - phi_0: chi = V_rest + U_W(y_ref).</summary>
    public static SternLayer<P> AtGate(Pack<P> pack, Device device) => new()
    {
        Capacitance = CapacitanceOf(pack),
        FlatBand = pack(CellVoltage.FlatBand),
    };

    /// <summary>The layer at WO3 and at the metal of source and drain, whose drop is phi_N - psi: chi = -U_W(y_ref).</summary>
    public static SternLayer<P> Of(Pack<P> pack, Device device) => new()
    {
        Capacitance = CapacitanceOf(pack),
        FlatBand = pack(d => -InsertionPotential.AtRest(d)),
    };

    /// <summary>Displacement along the drop [C/m^2].</summary>
    /// <param name="drop">Drop of the potential across the layer [V].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Displacement<T>(T drop)
        where T : struct, IReal<T, P> => (drop - FlatBand) * Capacitance;

    /// <summary>Energy of the layer with the work of its flat-band drop [J/m^2].</summary>
    /// <param name="drop">Drop of the potential across the layer [V].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Energy<T>(T drop)
        where T : struct, IReal<T, P>
    {
        T excess = drop - FlatBand;
        return (excess * 0.5 + FlatBand) * excess * Capacitance;
    }

    private static P CapacitanceOf(Pack<P> pack) =>
        pack(d => d.Psg.RelativePermittivity * VacuumPermittivity / d.Psg.SternThickness);
}
