namespace FvSolver.Materials;

/// <summary>The cell Pd-H / PSG / HxWO3 at rest: electromotive force, offset, and the gate voltage at which nothing moves.</summary>
/// <remarks>
/// V_rest = U_Pd(x_H, T_0) - U_W(y_ref, T_0) + V_cell. The difference of the two potentials is what thermodynamics gives; V_cell is a
/// hypothesis, 0 unless a preset says otherwise.
/// </remarks>
public static class CellVoltage
{
    /// <summary>Electromotive force U_Pd - U_W(y_ref) [V].</summary>
    public static double Emf(Device device) => device.Pd.EquilibriumPotential - InsertionAtRest(device);

    /// <summary>Gate voltage of rest [V].</summary>
    public static double Rest(Device device) => Emf(device) + device.Hypotheses.CellOffset;

    /// <summary>Offset V_cell [V] that puts the rest at <see cref="GateCircuit.RestVoltage"/>.</summary>
    public static double OffsetByRule(Device device) =>
        device.Gate.RestVoltage - device.Pd.EquilibriumPotential + InsertionAtRest(device);

    /// <summary>V_G - phi_0 at which the gate's reaction rests at activity 1 of hydrogen in Pd and of protons [V].</summary>
    public static double ReactionDrop(Device device) => FlatBand(device) + Constants.ThermalVoltage(device.Heat.ReferenceTemperature) * Math.Log(PalladiumIsotherm.Activity(device.Pd, device.Pd.HydrogenFraction));

    /// <summary>V_G - phi at rest [V]: the flat-band drop of the compact layer at the gate, which then holds no charge.</summary>
    public static double FlatBand(Device device) => device.Gate.RestVoltage + InsertionAtRest(device);

    private static double InsertionAtRest(Device device) =>
        CalibrationRules.InsertionPotential(device.Wo3, device.Wo3.RestComposition, device.Heat.ReferenceTemperature);
}
