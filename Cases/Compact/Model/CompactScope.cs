using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Physics;

namespace FvSolver.Cases.Compact.Model;

/// <summary>Devices whose laws the compact model has; others are refused, since a fit would only hide that they differ.</summary>
public static class CompactScope
{
    /// <summary>Makes sure that the compact model has all laws of a device.</summary>
    /// <param name="device">Device.</param>
    /// <param name="source">File that the message names, or empty.</param>
    /// <exception cref="InputException">It lacks one.</exception>
    public static void Check(Device device, string source = "")
    {
        // The layer at the channel must end within the film.
        double permittivity = device.Psg.RelativePermittivity * Constants.VacuumPermittivity;
        double debye = Math.Sqrt(permittivity * Constants.ThermalVoltage(device.Heat.ReferenceTemperature)
            / (Constants.ElementaryCharge * device.Psg.FixedChargeDensity));
        const string butlerVolmer = "the compact model has butler-volmer only";
        (bool Outside, string Key, string Value, string Allowed)[] rules =
        [
            (device.Psg.HopLaw != HopLaw.Sinh, "psg.hop_law", ParameterNames.Choice(device.Psg.HopLaw), "the compact model has sinh only"),
            (4 * debye > device.Psg.Thickness, "psg.fixed_charge_density", $"{device.Psg.FixedChargeDensity:g6}",
                $"the compact model needs a Debye length of at most a quarter of the film, it is {1e9 * debye:g3} nm"),
            (device.Psg.TrapDensity > 0, "psg.trap_density", $"{device.Psg.TrapDensity:g6}",
                "the compact model has no traps, it must be 0"),
            (device.Psg.SiteDensity > 0, "psg.site_density", $"{device.Psg.SiteDensity:g6}",
                "the compact model has no limit of sites, it must be 0"),
            (device.Pd.Kinetics != KineticLaw.ButlerVolmer, "pd.kinetics", ParameterNames.Choice(device.Pd.Kinetics), butlerVolmer),
            (device.Interface.Kinetics != KineticLaw.ButlerVolmer, "interface.kinetics", ParameterNames.Choice(device.Interface.Kinetics),
                butlerVolmer),
            (device.Wo3.DiffusionLaw != DiffusionLaw.Fick, "wo3.diffusion_law", ParameterNames.Choice(device.Wo3.DiffusionLaw),
                "the compact model has fick only"),
            (device.Wo3.PercolationThreshold > 0, "wo3.percolation_threshold", $"{device.Wo3.PercolationThreshold:g6}",
                "the compact model's conductance is linear in the composition, it must be 0"),
            (device.Wo3.SpaceCharge, "wo3.space_charge", "true", "the compact model's film is neutral, it must be false"),
            (device.Wo3.Electrons, "wo3.electrons", "true", "the compact model has no potential along the channel, it must be false"),
            (device.Gate.SeriesResistance > 0, "gate.series_resistance", $"{device.Gate.SeriesResistance:g6}",
                "belongs into the circuit around the compact model, it must be 0"),
            .. InterfaceSpecies.Optional(device).Select(s => (true, s.Key, Setting(device, s.Key),
                $"of the interface's species the compact model has adsorbed hydrogen only, it must be {Setting(new(), s.Key)}")),
            (device.Hypotheses.RemoteHeyrovsky, "hypotheses.remote_heyrovsky", "true", "the compact model has no gas, it must be false"),
        ];
        foreach ((bool outside, string key, string value, string allowed) in rules)
            if (outside)
                throw new InputException(source, 0, key, value, allowed);
    }

    private static string Setting(Device device, string key) => ParameterCatalogue.Device[key].Read(device) switch
    {
        bool flag => flag ? "true" : "false",
        var number => $"{number:g6}",
    };

    /// <summary>Makes sure that the compact model can describe a case.</summary>
    /// <exception cref="InputException">It cannot.</exception>
    public static void Check(CaseDefinition definition)
    {
        if (definition.CrossSection is not null)
            throw new InputException(definition.SourceName, 0, "cross_section", "",
                "the compact model is of a 1-D stack; leave the table out");
        Check(definition.Device, definition.SourceName);
    }
}
