using FvSolver.Validation.Checks;
using FvSolver.Validation.Conservation;
using FvSolver.Validation.Figures;
using FvSolver.Validation.Hopping;
using FvSolver.Validation.Limits;
using FvSolver.Validation.Maps;
using FvSolver.Validation.Noise;
using FvSolver.Validation.Sections;
using FvSolver.Validation.SpaceCharge;
using FvSolver.Validation.Twin;
using FvSolver.Validation.Verification;

namespace FvSolver.Validation;

/// <summary>All cases, one line each, in the order of the report.</summary>
public static class Suite
{
    /// <summary>The cases.</summary>
    public static IReadOnlyList<ValidationCase> Cases { get; } =
    [
        // Mission
        new ReducedLaw(),
        .. ApparentDistance.All,
        .. MeansOfTrains.All,
        new DistancePutIn(),
        new ExponentByEdges(),
        new HopLaws(),
        new HoppingMap(),

        // Limits
        new RestState(),
        new MasterEquation(),
        new ScharfetterGummel(),
        new SpaceChargeLimited(),
        new DebyeLength(),
        new GouyChapman(),
        new TafelSlopes(),
        new FrumkinCorrection(),
        new CrankUptake(),
        new SandTime(),
        new EquilibriumHold(),
        new RateOrders(),
        new ChargingThroughResistance(),
        new OpenCircuitDecay(),
        new LayersInSeries(),
        .. CompositeSlab.All,
        new NernstLine(),
        new CellVoltageLine(),
        new CellEquilibrium(),
        new TrapEquilibrium(),
        new DepletionLayer(),
        new FirstIntegral(),
        new NeutralLimit(),
        new AmbipolarDiffusion(),
        new FilmEquilibrium(),
        new StepTable(),
        new SectionSteps(),
        new HeldGate(),
        new FringeField(),
        new SpreadingResistance(),
        new LineHeatSource(),

        // Verification
        .. SpaceOrder.All,
        .. SectionOrder.All,
        new EdgeConvergence(),
        .. TimeOrder.All,
        new DeviceTimeOrder(),
        new NumericalErrorCoverage(),
        new TrapMesh(),
        new InterfaceRates(),
        new HydrogenPressure(),

        // Conservation
        new Trains(),
        new FullChannel(),
        new FirstLaw(),
        new SectionFirstLaw(),
        new FreeEnergy(),

        // The paper
        new ResponseToPulses(),
        new RivalBands(),
        new LargeDeviceCurrent(),
        new TemperatureRise(),
        new Retention(),
        new CyclingEndurance(),
        new LongPulses(),
        new BulkLaw(),
        new DiluteLimit(),
        new CapacitiveEnergy(),
        new ProtonsPerPulse(),
        new ShotNoise(),
        new RateGain(),
        new SaturationField(),
        new BaseConductance(),
        new ConductanceRange(),
        new SiteDensities(),
        new GateImageCharge(),
        new AdiabaticBound(),
        new FilamentHeating(),
        new MoleculesPerPulse(),

        // Twin
        .. ReferencePulse.All,
        .. SolverAgainstTwin.All,
        .. ReferencePulse.All.Concat(ReferencePulse.Trains).Select(p => new SolverReference(p)),

        // One proton at a time
        new MeanAgainstSolver(),
        new FanoLimits(),
        new ResetNoise(),
        new OpenGate(),
        new AreaScaling(),
        new ImageEnergies(),
        new DiluteFilm(),

        // Maps
        .. MapCase.On("onen2022-v1"),
        .. MapCase.On("default"),
    ];
}
