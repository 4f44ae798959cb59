using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Physics;

/// <summary>Rules by which calibrated parameters follow from others, so that a changed case keeps
/// the figure it was calibrated to.</summary>
public static class CalibrationRules
{
    /// <summary>Fills in every parameter that follows by rule and was not set (is NaN).</summary>
    public static Device Resolve(Device device)
    {
        double reference = device.Heat.ReferenceTemperature;
        GateMetal pd = device.Pd;
        if (double.IsNaN(pd.HydrogenFraction))
            pd = pd with { HydrogenFraction = PalladiumIsotherm.PreparedFraction(pd, reference) };
        if (double.IsNaN(pd.EquilibriumPotential))
            pd = pd with
            {
                EquilibriumPotential = PalladiumIsotherm.PlateauPotential(pd, reference)
                    - ThermalVoltage(reference) * Math.Log(PalladiumIsotherm.Activity(pd, pd.HydrogenFraction)),
            };
        Channel wo3 = device.Wo3;
        if (double.IsNaN(wo3.StandardPotentialSlope))
            wo3 = wo3 with { StandardPotentialSlope = PalladiumIsotherm.PlateauSlope(pd) };
        device = device with { Pd = pd, Wo3 = wo3 };
        device = double.IsNaN(device.Gate.RestVoltage)
            ? device with { Gate = device.Gate with { RestVoltage = CellVoltage.Rest(device) } }
            : device with { Hypotheses = device.Hypotheses with { CellOffset = CellVoltage.OffsetByRule(device) } };
        return ResolveFilms(device);
    }

    private static Device ResolveFilms(Device device) => device with
    {
        Psg = double.IsNaN(device.Psg.ActivationEnergy)
            ? device.Psg with { ActivationEnergy = HopActivationEnergy(device) }
            : device.Psg,
        Wo3 = double.IsNaN(device.Wo3.ElectronMobility)
            ? device.Wo3 with { ElectronMobility = BaseMobility(device) }
            : device.Wo3,
    };

    /// <summary>
    /// Activation energy E_a [eV] at which the bulk law (<see cref="BulkCurrent"/>) by the device's hop law gives
    /// <see cref="Electrolyte.BulkCurrentDensity"/> at the calibration voltage, less the voltage at rest, over the calibration thickness.
    /// </summary>
    public static double HopActivationEnergy(Device device)
    {
        Electrolyte psg = device.Psg;
        double reference = device.Heat.ReferenceTemperature;
        double field = (psg.CalibrationVoltage - CellVoltage.Rest(device, reference)) / psg.CalibrationThickness;
        double rate = psg.BulkCurrentDensity / BulkCurrent.ChargePerHop(device, psg.HopLaw, field, reference);
        return ThermalVoltage(reference) * Math.Log(psg.AttemptFrequency / rate);
    }

    /// <summary>Electron mobility [m^2/(V s)] at which the rest composition gives <see cref="Channel.BaseResistance"/>.</summary>
    public static double BaseMobility(Device device)
    {
        Channel wo3 = device.Wo3;
        Device unit = device with { Wo3 = wo3 with { ElectronMobility = 1 } };
        Scalar perMobility = ElectronConductivity<Scalar>.Of(Pack.One(unit), unit).At(new Scalar(wo3.RestComposition * wo3.SiteDensity));
        return wo3.BaseSquares / (wo3.BaseResistance * wo3.BaseThickness * perMobility.Value);
    }
}
