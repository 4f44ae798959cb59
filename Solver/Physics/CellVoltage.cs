using FvSolver.Materials;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Physics;

/// <summary>The cell Pd-H / PSG / HxWO3 at rest: electromotive force, offset, and the gate voltage at which nothing moves.</summary>
/// <remarks>
/// V_rest = U_Pd(x_H, T) - U_W(y_ref, T) + V_cell at the ambient temperature T. The difference of the two potentials is what
/// thermodynamics gives; V_cell is a hypothesis, 0 unless a preset says otherwise. Potentials are linear in T at fixed composition.
/// </remarks>
public static class CellVoltage
{
    /// <summary>Electromotive force U_Pd - U_W(y_ref) at the ambient temperature [V].</summary>
    public static double Emf(Device device) => Emf(device, device.Heat.AmbientTemperature);

    /// <summary>Gate voltage of rest [V].</summary>
    public static double Rest(Device device) => Emf(device) + device.Hypotheses.CellOffset;

    /// <summary>Gate voltage of rest at another temperature [K], where the device rests at
    /// <see cref="GateCircuit.RestVoltage"/> at the ambient one.</summary>
    public static double Rest(Device device, double temperature) => device.Gate.RestVoltage + (Emf(device, temperature) - Emf(device));

    /// <summary>Offset V_cell [V] that puts the rest at <see cref="GateCircuit.RestVoltage"/>.</summary>
    public static double OffsetByRule(Device device)
    {
        double temperature = device.Heat.AmbientTemperature;
        return device.Gate.RestVoltage - PalladiumAt(device, temperature) + InsertionAt(device, temperature);
    }

    /// <summary>V_G - phi_0 at which the gate's reaction rests at activity 1 of hydrogen in Pd and of
    /// protons, at the ambient temperature [V].</summary>
    public static double ReactionDrop(Device device) =>
        FlatBand(device) + ThermalVoltage(device.Heat.AmbientTemperature) * LogActivity(device.Pd);

    /// <summary>V_G - phi at rest [V]: the flat-band drop of the compact layer at the gate, which then holds no charge.</summary>
    public static double FlatBand(Device device) => device.Gate.RestVoltage + InsertionAt(device, device.Heat.AmbientTemperature);

    /// <summary>U_W(y_ref) at a temperature [K], against RHE [V].</summary>
    public static double InsertionAt(Device device, double temperature) =>
        InsertionPotential.At(device, device.Wo3.RestComposition, temperature);

    /// <summary>dU_W(y_ref)/dT = dU_0/dT - n (k/q) ln(y_ref/(1-y_ref)) [V/K].</summary>
    public static double InsertionSlope(Device device) => device.Wo3.StandardPotentialSlope
        - device.Wo3.DiluteSpecies * VoltPerKelvin * Math.Log(device.Wo3.RestComposition / (1 - device.Wo3.RestComposition));

    private static double Emf(Device device, double temperature) => PalladiumAt(device, temperature) - InsertionAt(device, temperature);

    private static double PalladiumAt(Device device, double temperature) => device.Pd.EquilibriumPotential
        + (temperature - device.Heat.ReferenceTemperature)
            * (PalladiumIsotherm.PlateauSlope(device.Pd) - VoltPerKelvin * LogActivity(device.Pd));

    private static double LogActivity(GateMetal pd) => Math.Log(PalladiumIsotherm.Activity(pd, pd.HydrogenFraction));
}
