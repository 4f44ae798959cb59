using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Twin;

namespace FvSolver.Tests.Assembly;

/// <summary>A combination of the model's options, and the first calibration with it.</summary>
internal sealed record DeviceOptions
{
    public HopLaw HopLaw { get; init; } = HopLaw.Sinh;

    public bool Heat { get; init; }

    public bool Gas { get; init; }

    /// <summary>Both hypotheses about Fig. 4; with gas only.</summary>
    public bool Hypotheses { get; init; }

    public bool Traps { get; init; }

    public bool SiteLimit { get; init; }

    public bool Marcus { get; init; }

    /// <summary>A second kind of sites at the interface.</summary>
    public bool Defects { get; init; }

    /// <summary>Two dilute species, interaction, and the diffusion law that follows from them.</summary>
    public bool Thermodynamic { get; init; }

    /// <summary>Poisson's equation in the film, with these statistics.</summary>
    public ElectronStatisticsLaw? SpaceCharge { get; init; }

    public bool FiniteReservoir { get; init; }

    /// <summary>Electronic leak and dielectric loss.</summary>
    public bool Losses { get; init; }

    /// <summary>Ambient temperature away from the reference temperature.</summary>
    public bool Warm { get; init; }

    /// <summary>Resistance in series with the source [ohm].</summary>
    public double SeriesResistance { get; init; }

    /// <summary>Every option chosen by chance.</summary>
    public static DeviceOptions Draw(HopLaw law, Random random)
    {
        bool Coin() => random.Next(2) == 0;
        return new()
        {
            HopLaw = law,
            Heat = Coin(),
            Gas = Coin(),
            Hypotheses = Coin(),
            Traps = Coin(),
            SiteLimit = Coin(),
            Marcus = Coin(),
            Thermodynamic = Coin(),
            FiniteReservoir = Coin(),
            Losses = Coin(),
            Warm = Coin(),
            Defects = Coin(),
            SeriesResistance = 1e6,
            SpaceCharge = random.Next(3) switch { 0 => ElectronStatisticsLaw.Boltzmann, 1 => ElectronStatisticsLaw.FermiDirac, _ => null },
        };
    }

    public Device Device()
    {
        KineticLaw kinetics = Marcus ? KineticLaw.Marcus : KineticLaw.ButlerVolmer;
        Device first = ReferenceSets.Held;
        return CalibrationRules.Resolve(first with
        {
            Psg = first.Psg with
            {
                ActivationEnergy = double.NaN,
                HopLaw = HopLaw,
                TrapDensity = Traps ? 8e25 : 0,
                SiteDensity = SiteLimit ? 2e26 : 0,
                LeakageConductivity = Losses ? 1e-12 : 0,
                LossTangent = Losses ? 0.01 : 0,
            },
            Pd = first.Pd with { Kinetics = kinetics, FiniteReservoir = FiniteReservoir },
            Interface = first.Interface with
            {
                Kinetics = kinetics,
                AbsorptionRate = Thermodynamic ? 1e6 : 1e8,
                DefectDensity = Defects ? 1e17 : 0,
            },
            Wo3 = Film(first.Wo3),
            Gas = new() { Enabled = Gas },
            Heat = new() { Enabled = Heat, AmbientTemperature = Warm ? 312 : 300, TopConductance = Warm ? 1e4 : 0 },
            Hypotheses = first.Hypotheses with { RemoteHeyrovsky = Hypotheses },
            Gate = first.Gate with { SeriesResistance = SeriesResistance },
        });
    }

    private Channel Film(Channel first) => SpaceCharge is { } statistics
        ? first with
        {
            SpaceCharge = true,
            Statistics = statistics,
            LocalisedDensity = 5e16,
            InteractionPotential = Thermodynamic ? 0.5 : 0,
            DiffusionLaw = Thermodynamic ? DiffusionLaw.Thermodynamic : DiffusionLaw.Fick,
        }
        : Thermodynamic
        ? first with { DiluteSpecies = 2, InteractionPotential = 0.5, DiffusionLaw = DiffusionLaw.Thermodynamic }
        : first;

    /// <summary>A mesh that is as small as the loops over edges allow, with one group of edges that overlaps.</summary>
    /// <remarks>Without the slab of the last hop: potentials drawn for both its faces would be tens of volts per nanometre.</remarks>
    public static ControlVolumeMesh SmallMesh(Device device) => DeviceStack.Mesh(WithoutHypotheses(device), new MeshSettings
    {
        PsgCells = 11,
        Psg = PsgNodes.Tanh,
        TanhStrength = 1.5,
        Wo3Cells = 3,
        FilmCells = 3,
        PdCells = 2,
        OxideCells = 2,
    });

    private static Device WithoutHypotheses(Device device) =>
        device with { Hypotheses = device.Hypotheses with { RemoteHeyrovsky = false } };
}
