using System.Globalization;
using FvSolver.Materials;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Input;

/// <summary>What several parameters must fulfil together.</summary>
/// <param name="set">Values as given, for the place to blame.</param>
/// <param name="source">Name of the case.</param>
internal sealed class ConsistencyRules(ParameterSet set, string source)
{
    /// <summary>Values by rule must have come out finite and within range.</summary>
    public void CheckResolved(Device device)
    {
        Require(set.Find("psg.activation_energy") is not null || device.Gate.RestVoltage < device.Psg.CalibrationVoltage,
            device.Gate.RestVoltage,
            "gate.rest_voltage",
            $"must be less than psg.calibration_voltage, {device.Psg.CalibrationVoltage} V, or the rule for psg.activation_energy fails");
        foreach (Parameter parameter in ParameterCatalogue.Device.Parameters.Where(p => p.ByRule))
            if (parameter.Violation(parameter.Read(device)) is string violation)
                throw Error(parameter.Path, parameter.Read(device), $"{violation}; {parameter.Reference}");
    }

    /// <summary>Relations between parameters.</summary>
    public void Check(Device device, RunSettings run)
    {
        Electrolyte psg = device.Psg;
        GateMetal pd = device.Pd;
        Channel wo3 = device.Wo3;
        Require(2 * psg.SternThickness < psg.Thickness, psg.SternThickness,
            "psg.stern_thickness", $"must be less than half of psg.thickness, {Length(psg.Thickness / 2)}");
        Require(pd.PlateauLow < pd.PlateauHigh, pd.PlateauLow,
            "pd.plateau_low", $"must be less than pd.plateau_high, {pd.PlateauHigh}");
        Require(psg.SiteDensity == 0 || psg.SiteDensity > psg.FixedChargeDensity, psg.SiteDensity,
            "psg.site_density", $"must be 0 (no limit) or greater than psg.fixed_charge_density, {psg.FixedChargeDensity} m^-3");
        Require(psg.TrapDensity == 0 || psg.CaptureCoefficient > 0, psg.CaptureCoefficient,
            "psg.capture_coefficient", "must be greater than 0 m^3/s when there are traps");
        Require(psg.TrapDensity == 0 || psg.ReleaseRate > 0, psg.ReleaseRate,
            "psg.release_rate", "must be greater than 0 1/s when there are traps");
        Require(psg.HopLaw is HopLaw.Sinh or HopLaw.GaussianDisorder || psg.MigrationBarrier <= psg.ActivationEnergy, psg.MigrationBarrier,
            "psg.migration_barrier", $"must be at most psg.activation_energy, {psg.ActivationEnergy:G6} eV, of which it is a part");
        CheckSpaceCharge(wo3, device.Heat);
        CheckMesh(psg, wo3, run.Mesh);
    }

    private void CheckSpaceCharge(Channel wo3, HeatPath heat)
    {
        if (!wo3.SpaceCharge)
            return;
        Require(wo3.DiluteSpecies == 1, wo3.DiluteSpecies, "wo3.dilute_species",
            "must be 1 with wo3.space_charge: the electrons have a law of their own, wo3.statistics");
        Require(wo3.BackgroundElectrons == 0, wo3.BackgroundElectrons, "wo3.background_electrons",
            "must be 0 m^-3 with wo3.space_charge; wo3.localised_density sets electrons that hydrogen does not bring");
        double least = -4 * Constants.ThermalVoltage(heat.AmbientTemperature);
        Require(wo3.InteractionPotential > least, wo3.InteractionPotential, "wo3.interaction_potential",
            $"must be greater than -4 kT/q, {least:g4} V, with wo3.space_charge: the protons would separate");
    }

    /// <summary>What only a cross-section can have.</summary>
    public void CheckStack(Device device)
    {
        if (device.Wo3.Electrons)
            throw Error("wo3.electrons", 1.0,
                "must be false without a [cross_section]: along a 1-D stack there is no channel for electrons to follow");
    }

    private void CheckMesh(Electrolyte psg, Channel wo3, MeshSettings mesh)
    {
        double film = psg.FilmThickness;
        Require(mesh.Psg != PsgNodes.Graded || mesh.PsgCells.IsAuto || mesh.PsgFirstCellGate + mesh.PsgFirstCellChannel < film,
            mesh.PsgFirstCellGate,
            "mesh.psg_first_cell_gate",
            $"must with mesh.psg_first_cell_channel be less than the film between the compact layers, {Length(film)}");
        Require(mesh.Wo3Uniform || wo3.SpaceCharge || 2 * wo3.LatticePlane < wo3.Thickness, wo3.LatticePlane,
            "wo3.lattice_plane", $"must be less than half of wo3.thickness, {Length(wo3.Thickness / 2)}, unless mesh.wo3_uniform");
    }

    private void Require(bool holds, double value, string path, string allowed)
    {
        if (!holds)
            throw Error(path, value, allowed);
    }

    // Blames the place where the parameter was set, or the case when its default does not fit what else was set.
    private InputException Error(string path, object value, string allowed) =>
        set.Find(path) is { } entry
            ? InputValue.Error(entry.Node, path, allowed)
            : new InputException(source, 0, path, QuantityText.Format(Convert.ToDouble(value, CultureInfo.InvariantCulture), Unit(path)),
                allowed);

    private static string Unit(string path) => RunSettings.FindParameter(path)!.Unit;

    private static string Length(double value) => QuantityText.Format(value, "m");
}
