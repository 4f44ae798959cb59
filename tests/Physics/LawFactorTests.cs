using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.Physics;

/// <summary>Factors and exponents of laws that no identity fixes: values worked out by hand.</summary>
public class LawFactorTests
{
    private static readonly Device Default = CalibrationRules.Resolve(new());

    [Fact]
    public void Background_electrons_conduct_in_a_film_without_hydrogen()
    {
        Device device = Default with { Wo3 = Default.Wo3 with { BackgroundElectrons = 3e24 } };
        var law = ElectronConductivity<Scalar>.Of(Pack.One(device), device);
        double expected = Constants.ElementaryCharge * device.Wo3.ElectronMobility * 3e24;
        Assert.Equal(1, law.At(new Scalar(0)) / expected, 1e-12);
        Assert.Equal(3, law.At(new Scalar(6e24)) / expected, 1e-12);
    }

    [Fact]
    public void The_mobility_by_rule_gives_the_base_resistance_with_the_electrons_that_are_always_there()
    {
        Device device = CalibrationRules.Resolve(new() { Wo3 = new() { BackgroundElectrons = 5e24, Thickness = 20e-9 } });
        Channel wo3 = device.Wo3;
        double sheet = Constants.ElementaryCharge * wo3.ElectronMobility * wo3.BaseThickness
            * (wo3.RestComposition * wo3.SiteDensity + 5e24);
        Assert.Equal(wo3.BaseResistance, wo3.BaseSquares / sheet, 1e-9 * wo3.BaseResistance);
    }

    [Fact]
    public void The_plateau_of_the_hydride_has_the_pressure_and_the_potential_of_its_enthalpy_and_entropy()
    {
        GateMetal pd = new();
        const double gas = Constants.Avogadro * Constants.Boltzmann, temperature = 320;
        double logPressure = pd.HydrideEnthalpy / (gas * temperature) - pd.HydrideEntropy / gas;
        Assert.Equal(logPressure, Math.Log(PalladiumIsotherm.PlateauPressure(pd, temperature)), 1e-9);
        Assert.Equal(-Constants.ThermalVoltage(temperature) / 2 * logPressure, PalladiumIsotherm.PlateauPotential(pd, temperature), 1e-9);
    }

    [Fact]
    public void The_insertion_potential_falls_with_composition_by_interaction_and_entropy()
    {
        Device device = CalibrationRules.Resolve(new() { Wo3 = new() { InteractionPotential = 0.4, DiluteSpecies = 2 } });
        double reference = device.Heat.ReferenceTemperature;
        double expected = device.Wo3.StandardPotential - 0.4 * 0.2 - 2 * Constants.ThermalVoltage(reference) * Math.Log(0.25);
        Assert.Equal(expected, InsertionPotential.At(device, 0.2, reference), 1e-12);
    }

    [Fact]
    public void Heat_crosses_the_compact_layer_as_well_as_the_boundary_and_leaves_by_the_sinks()
    {
        Device device = Default with
        {
            Psg = Default.Psg with { SternThickness = 0.3e-9, ThermalConductivity = 1.2, HeatCapacity = 1.6e6 },
            Pd = Default.Pd with { ThermalConductivity = 70, HeatCapacity = 2.9e6 },
            Wo3 = Default.Wo3 with { ThermalConductivity = 1.5, HeatCapacity = 2.3e6 },
            Heat = Default.Heat with
            {
                InterfaceConductance = 5e7,
                TopConductance = 1e4,
                OxideConductivity = 1.3,
                OxideHeatCapacity = 1.7e6,
                ContactConductivity = 80,
                ContactHeatCapacity = 2.5e6,
            },
        };
        double through = 1 / (1 / 5e7 + 0.3e-9 / 1.2);
        Assert.Equal(through, HeatFlow.InterfaceConductance(device, MaterialKind.Electrolyte, MaterialKind.Channel), 1e-12 * through);
        Assert.Equal(through, HeatFlow.InterfaceConductance(device, MaterialKind.GateMetal, MaterialKind.Electrolyte), 1e-12 * through);
        Assert.Equal(5e7, HeatFlow.InterfaceConductance(device, MaterialKind.Channel, MaterialKind.Oxide), 1);
        Assert.Equal(1e4, HeatFlow.SinkConductance(device, "top", MaterialKind.GateMetal, 1e-9));
        // The bottom is held at the ambient temperature: a conductance far above that of its cell.
        Assert.Equal(1e6 * 1.3 / 1e-8, HeatFlow.SinkConductance(device, "bottom", MaterialKind.Oxide, 1e-8), 1e6);
        Assert.Equal(0, HeatFlow.SinkConductance(device, "left", MaterialKind.Channel, 1e-9));
        (MaterialKind Material, double Conductivity, double Capacity)[] expected =
        [
            (MaterialKind.GateMetal, 70, 2.9e6), (MaterialKind.Electrolyte, 1.2, 1.6e6), (MaterialKind.Channel, 1.5, 2.3e6),
            (MaterialKind.Oxide, 1.3, 1.7e6), (MaterialKind.ContactMetal, 80, 2.5e6),
        ];
        Assert.All(expected, e => Assert.Equal(
            (e.Conductivity, e.Capacity), (HeatFlow.Conductivity(device, e.Material), HeatFlow.Capacity(device, e.Material))));
    }

    [Fact]
    public void The_cell_at_rest_has_the_voltages_of_its_two_potentials_at_any_temperature()
    {
        const double ambient = 330, composition = 0.01, thermal = Constants.VoltPerKelvin;
        Device device = CalibrationRules.Resolve(new()
        {
            Pd = new() { HydrogenFraction = 0.3, PlateauLow = 0.01, PlateauHigh = 0.2 },
            Wo3 = new() { RestComposition = composition, DiluteSpecies = 2, StandardPotentialSlope = 1e-4 },
            Heat = new() { AmbientTemperature = ambient },
        });
        double reference = device.Heat.ReferenceTemperature, logActivity = Math.Log(PalladiumIsotherm.Activity(device.Pd, 0.3));
        Assert.InRange(logActivity, 0.1, 10);
        double plateau = device.Pd.HydrideEntropy / (2 * Constants.Avogadro * Constants.ElementaryCharge);
        double palladium = PalladiumIsotherm.PlateauPotential(device.Pd, reference) - thermal * reference * logActivity
            + (ambient - reference) * (plateau - thermal * logActivity);
        double insertionSlope = 1e-4 - 2 * thermal * Math.Log(composition / (1 - composition));
        double insertion = InsertionPotential.At(device, composition, ambient);
        Assert.Equal(insertionSlope, CellVoltage.InsertionSlope(device), 1e-15);
        Assert.Equal(insertion + 20 * insertionSlope, InsertionPotential.At(device, composition, ambient + 20), 1e-12);
        Assert.Equal(palladium - insertion, CellVoltage.Emf(device), 1e-12);
        Assert.Equal(device.Gate.RestVoltage + 20 * (plateau - thermal * logActivity - insertionSlope),
            CellVoltage.Rest(device, ambient + 20), 1e-12);
        Assert.Equal(device.Gate.RestVoltage - CellVoltage.Emf(device), CellVoltage.OffsetByRule(device), 1e-12);
        Assert.Equal(device.Gate.RestVoltage + insertion, CellVoltage.FlatBand(device), 1e-12);
        Assert.Equal(CellVoltage.FlatBand(device) + thermal * ambient * logActivity, CellVoltage.ReactionDrop(device), 1e-12);
    }

    [Fact]
    public void Conduction_percolates_by_a_power_and_an_image_charge_adds_what_it_brings_where_there_is_enough()
    {
        Device device = Default with { Wo3 = Default.Wo3 with { PercolationThreshold = 0.02, PercolationExponent = 2.5 } };
        var law = ElectronConductivity<Scalar>.Of(Pack.One(device), device);
        double threshold = 0.02 * device.Wo3.SiteDensity;
        Assert.Equal(Math.Pow(4, 1.5), law.Percolation(new Scalar(4 * threshold)).Value, 1e-9);
        Assert.Equal(1, law.Percolation(new Scalar(0.5 * threshold)).Value, 1e-12);
        static double Image(double charge) => ElectronConductivity<Scalar>.ImageFactor(new Scalar(charge)).Value;
        Assert.Equal(1.5, Image(0.5), 1e-9);
        Assert.Equal(0.3, Image(-0.7) - Image(-1.3), 1e-12);
        Assert.InRange(Image(-1), 1e-3, 0.1);
    }

    [Fact]
    public void Degenerate_electrons_have_the_density_and_its_slope_of_one_integral()
    {
        Device device = Default with { Wo3 = Default.Wo3 with { Statistics = ElectronStatisticsLaw.FermiDirac, StateDensity = 2e25 } };
        var law = ElectronStatistics<Scalar>.Of(Pack.One(device), device);
        double Excess(double band) => law.Excess(new Scalar(band)).Value;
        foreach (double band in new[] { -0.1, 0.03, 0.2 })
        {
            Scalar excess = law.Excess(new Scalar(band), out Scalar slope);
            Assert.Equal(1, excess.Value / Excess(band), 1e-9);
            Assert.Equal(1, slope.Value / ((Excess(band + 1e-4) - Excess(band - 1e-4)) / 2e-4), 1e-5);
        }
    }

    [Fact]
    public void The_factor_of_an_edge_multiplies_its_conductance()
    {
        Device device = Default with { Heat = Default.Heat with { AmbientTemperature = 350 } };
        Pack<Scalar> pack = Pack.One(device);
        static double Of(IEdgeFlow<Scalar> law) => law.Edge(new(2e-10), new(3e-15), new(0.25)).Conductance.Value;
        double shape = 3e-15 / 2e-10 * 0.25, hops = shape * device.Psg.HopDistance * device.Psg.HopDistance;
        double thermal = Constants.ThermalVoltage(350);
        Assert.Equal(1, Of(HoppingFlux<Scalar, SinhHop<Scalar>, NoSiteLimit, Warm, FieldAlong>.Of(pack, device)) / hops, 1e-12);
        Assert.Equal(1, Of(HoppingFlux<Scalar, SinhHop<Scalar>, NoSiteLimit, Isothermal, FieldAlong>.Of(pack, device))
            / (hops * HopRate.At(device.Psg, 350)), 1e-12);
        Assert.Equal(1, Of(LinearFlow<Scalar>.Of(pack, _ => 1.5)) / (1.5 * shape), 1e-12);
        Assert.Equal(1, Of(ElectronDrift<Scalar>.Of(pack, device)) / (shape * device.Wo3.ElectronMobility * thermal), 1e-12);
        double warmer = Math.Exp(device.Wo3.DiffusionActivationEnergy
            * (1 / Constants.ThermalVoltage(device.Heat.ReferenceTemperature) - 1 / thermal));
        Assert.InRange(warmer, 1.1, 100);
        Assert.Equal(1, Of(InsertionDiffusion<Scalar, Warm>.Of(pack, device)) / shape, 1e-12);
        var isothermal = InsertionDiffusion<Scalar, Isothermal>.Of(pack, device);
        Assert.Equal(1, Of(isothermal) / (shape * warmer), 1e-12);
        Assert.Equal(1, isothermal.Linear.Conductivity.Value / (device.Wo3.Diffusivity * warmer), 1e-12);
    }

    [Fact]
    public void Protons_on_limited_sites_and_in_traps_have_the_odds_of_a_lattice_gas()
    {
        Electrolyte psg = Default.Psg with { FixedChargeDensity = 4e25, TrapDensity = 8e25, SiteDensity = 2e26 };
        Device device = Default with { Psg = psg };
        double rest = TrapExchange.RestDensity(psg), bound = psg.FixedChargeDensity - rest;
        static double Odds(double density, double sites) => density / (sites - density);
        Assert.Equal(Odds(9e25, 2e26) / Odds(rest, 2e26),
            ProtonActivity<Scalar>.Of(Pack.One(device), device).At(new Scalar(9e25)).Value, 1e-9);
        var traps = TrapExchange<Scalar>.Of(Pack.One(device), device);
        Assert.Equal(0.026 * Math.Log(Odds(7e25, 8e25) / Odds(bound, 8e25)),
            traps.Potential(new Scalar(7e25), new Scalar(0.026)).Value, 1e-12);
        // At the field to which the root is rounded: E^2/(2 E^2)^(3/4), far below the cap.
        double Capture(double field) => traps.Capture(new Scalar(rest), new Scalar(0.5 * bound), new Scalar(field), new Scalar(40));
        double lowering = Math.Sqrt(Constants.ElementaryCharge / (Math.PI * psg.OpticalPermittivity * Constants.VacuumPermittivity) * 1e5);
        Assert.Equal(40 * lowering / Math.Pow(2, 0.75), Math.Log(Capture(1e5) / Capture(0)), 1e-4 * 40 * lowering);
    }

    [Fact]
    public void Prepared_palladium_has_the_activity_of_its_gas_or_stays_at_the_end_of_the_plateau()
    {
        double plateau = PalladiumIsotherm.PlateauPressure(Default.Pd, 300);
        GateMetal Under(double pressures, PdPreparation preparation) =>
            Default.Pd with { HydrogenPressure = pressures * plateau * 1e5, Preparation = preparation };
        foreach (double pressures in new[] { 0.04, 9 })
        {
            double x = PalladiumIsotherm.PreparedFraction(Under(pressures, PdPreparation.InContact), 300);
            Assert.Equal(Math.Sqrt(pressures), PalladiumIsotherm.Activity(Default.Pd, x), 1e-9);
        }
        Assert.Equal(Default.Pd.PlateauHigh, PalladiumIsotherm.PreparedFraction(Under(9, PdPreparation.PumpedDown), 300));
    }

    [Theory]
    [InlineData(ElectronStatisticsLaw.Boltzmann)]
    [InlineData(ElectronStatisticsLaw.FermiDirac)]
    public void A_neutral_film_has_an_electron_for_each_hydrogen_and_donor_and_the_share_of_hydrogen_conducts(
        ElectronStatisticsLaw statistics)
    {
        Device device = Default with
        {
            Wo3 = Default.Wo3 with
            {
                SpaceCharge = true,
                Statistics = statistics,
                StateDensity = 2e25,
                LocalisedDensity = 1e17,
                PercolationThreshold = 1e-4,
                PercolationExponent = 2.5,
            },
        };
        Pack<Scalar> pack = Pack.One(device);
        const double hydrogen = 3e25;
        double donors = 1e17 / device.Wo3.Thickness, share = hydrogen / (hydrogen + donors);
        var law = ElectronStatistics<Scalar>.Of(pack, device);
        double band = ElectronStatistics.NeutralBand(device, hydrogen), density = law.RestDensity + law.Excess(new Scalar(band));
        Assert.Equal(1, density / (hydrogen + donors), 1e-8);
        var conducting = ConductingElectrons<Scalar>.Of(pack, device);
        Assert.Equal(1, conducting.Of(new Scalar(hydrogen), new Scalar(density)) / (share * density), 1e-12);
        var conductivity = ElectronConductivity<Scalar>.Of(pack, device);
        double percolation = Math.Pow(share * density / (1e-4 * device.Wo3.SiteDensity), 1.5);
        Assert.Equal(1, conducting.Mobility(new(hydrogen), new(density), conductivity) / (share * percolation), 1e-9);
        Device whole = device with { Wo3 = device.Wo3 with { PercolationThreshold = 0 } };
        Assert.Equal(share,
            conducting.Mobility(new(hydrogen), new(density), ElectronConductivity<Scalar>.Of(Pack.One(whole), whole)).Value, 1e-12);
        var field = Poisson<Scalar>.InChannel(pack);
        Assert.Equal(device.Wo3.Permittivity * Constants.VacuumPermittivity, field.Permittivity.Value, 1e-20);
        Assert.Equal(1, field.FixedChargeDensity / (device.Wo3.RestComposition * device.Wo3.SiteDensity), 1e-12);
    }

    [Fact]
    public void The_current_in_bulk_has_the_factor_of_the_hop_law_at_its_temperature()
    {
        const double field = 3e8, temperature = 340;
        double thermal = Constants.ThermalVoltage(temperature), x = Default.Psg.HopDistance * field / (2 * thermal);
        double factor = GaussianDisorderHop<Scalar>.Of(Pack.One(Default), Default).Factor(new Scalar(x), new Scalar(1 / thermal));
        double sinh = 2 * Constants.ElementaryCharge * Default.Psg.HopDistance * Default.Psg.FixedChargeDensity * Math.Sinh(x);
        Assert.True(Math.Abs(factor - 1) > 0.01);
        Assert.Equal(1, BulkCurrent.ChargePerHop(Default, HopLaw.GaussianDisorder, field, temperature) / (sinh * factor), 1e-12);
    }

    [Fact]
    public void A_mobility_that_is_given_is_not_worked_out_by_rule() =>
        Assert.Equal(3e-5, CalibrationRules.Resolve(new() { Wo3 = new() { ElectronMobility = 3e-5 } }).Wo3.ElectronMobility);
}
