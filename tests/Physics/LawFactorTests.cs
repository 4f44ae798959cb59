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
        Assert.Equal(1, Of(ElectronDrift<Scalar>.Of(pack, device)) / (shape * device.Wo3.ElectronMobility * thermal), 1e-12);
        double warmer = Math.Exp(device.Wo3.DiffusionActivationEnergy
            * (1 / Constants.ThermalVoltage(device.Heat.ReferenceTemperature) - 1 / thermal));
        Assert.InRange(warmer, 1.1, 100);
        Assert.Equal(1, Of(InsertionDiffusion<Scalar, Warm>.Of(pack, device)) / shape, 1e-12);
        var isothermal = InsertionDiffusion<Scalar, Isothermal>.Of(pack, device);
        Assert.Equal(1, Of(isothermal) / (shape * warmer), 1e-12);
        Assert.Equal(1, isothermal.Linear.Conductivity.Value / (device.Wo3.Diffusivity * warmer), 1e-12);
    }
}
