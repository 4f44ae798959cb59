using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;

namespace FvSolver.Tests.Physics;

/// <summary>The reactions of a device and the chemical potentials that they must agree with, for one set of options.</summary>
internal sealed class Chemistry
{
    private readonly Device _device;

    public Chemistry(int species, double interaction, bool marcus, bool siteLimited, bool feedback)
    {
        _device = new Device
        {
            Wo3 = new() { DiluteSpecies = species, InteractionPotential = interaction },
            Psg = new() { SiteDensity = siteLimited ? 2e26 : 0 },
        };
        Electrolyte psg = _device.Psg;
        Channel wo3 = _device.Wo3;
        ChannelInterface face = _device.Interface;
        double rest = CalibrationRules.InsertionPotential(wo3, wo3.RestComposition, 300);
        Activity = new()
        {
            InverseRestDensity = new(1 / psg.FixedChargeDensity),
            InverseSiteDensity = new(siteLimited ? 1 / psg.SiteDensity : 0),
            RestVacancy = new(siteLimited ? 1 - psg.FixedChargeDensity / psg.SiteDensity : 1),
            SiteLimited = siteLimited,
        };
        Arrhenius<Scalar> arrhenius = new()
        {
            Energy = new(0.3),
            ReferenceInverseThermalVoltage = new(1 / Constants.ThermalVoltage(300)),
        };
        Transfer = new() { Alpha = new(0.4), IsMarcus = marcus, ReorganisationEnergy = new(0.5) };
        Channel = new()
        {
            ExchangeRate = new(face.ExchangeCurrentDensity / Constants.ElementaryCharge),
            Transfer = Transfer,
            Temperature = arrhenius,
            Activity = Activity,
            RestPotential = new(rest),
            RestCoverage = new(face.RestCoverage),
            RestComposition = new(wo3.RestComposition),
            AbsorptionRate = new(face.SiteDensity * face.AbsorptionRate),
            ExcessSpecies = new(species - 1),
            Interaction = new(interaction),
            IsIdeal = species == 1 && interaction == 0,
            TafelRate = new(face.SiteDensity * face.TafelRate),
            HeyrovskyRate = new(face.SiteDensity * face.HeyrovskyRate),
            InverseHenry = new(1 / _device.Gas.HenryConstant),
            HasGas = true,
            Hypotheses = new()
            {
                SpotIsOn = false,
                SpotRate = default,
                InverseOnsetDrop = default,
                FeedbackIsOn = feedback,
                FeedbackPerDensity = new(1e-16),
            },
        };
        Gate = new()
        {
            ExchangeRate = new(_device.Pd.ExchangeCurrentDensity / Constants.ElementaryCharge),
            Transfer = Transfer,
            Temperature = arrhenius,
            Activity = Activity,
            RestDrop = new(1.1),
            Reservoir = Reservoir,
        };
        Potentials = new()
        {
            Activity = Activity,
            RestPotential = new(rest),
            InverseRestOdds = new((1 - face.RestCoverage) / face.RestCoverage),
            RestComposition = new(wo3.RestComposition),
            InverseSites = new(1 / wo3.SiteDensity),
            Species = new(species),
            Interaction = new(interaction),
            InverseHenry = new(1 / _device.Gas.HenryConstant),
            SmallestDissolved = new(double.Epsilon),
            TrapDensity = new(TrapDensity),
            InverseRestTrapOdds = new((TrapDensity - RestBound) / RestBound),
        };
        Traps = new()
        {
            Activity = Activity,
            TrapDensity = new(TrapDensity),
            CaptureCoefficient = new(1e-17),
            ReleaseRate = new(1e-17 * psg.FixedChargeDensity * (TrapDensity - RestBound) / RestBound),
            LoweringPerRootField = new(Math.Sqrt(Constants.ElementaryCharge / (Math.PI * psg.OpticalPermittivity * Constants.VacuumPermittivity))),
            LargestLowering = new(psg.LargestBarrierLowering),
        };
    }

    public const double TrapDensity = 8e25, RestBound = 2e25;

    public TrapExchange<Scalar> Traps { get; }

    public ProtonActivity<Scalar> Activity { get; }

    public ChargeTransfer<Scalar> Transfer { get; }

    public ChannelReactions<Scalar> Channel { get; }

    public GateReaction<Scalar> Gate { get; }

    public ChemicalPotentials<Scalar> Potentials { get; }

    public static HydrogenReservoir<Scalar> Reservoir { get; } = new()
    {
        IsFinite = true,
        Fraction = new(0.6),
        InverseAtoms = new(7.35e-22),
        PlateauLow = new(0.01),
        PlateauHigh = new(0.6),
    };

    public double SiteDensity => _device.Wo3.SiteDensity;

    public double HenryConstant => _device.Gas.HenryConstant;

    public double RestCoverage => _device.Interface.RestCoverage;

    /// <summary>A random state in which all potentials balance: y and c are free, the rest follows.</summary>
    public InterfaceState<Scalar> Equilibrium(Random random)
    {
        double thermal = Constants.ThermalVoltage(270 + 80 * random.NextDouble());
        double y = 1e-5 * Math.Pow(0.5 / 1e-5, random.NextDouble());
        double c = 1e23 * Math.Pow(1.5e26 / 1e23, random.NextDouble());
        double hydrogen = Potentials.Inserted<Scalar>(new(y * SiteDensity), new(thermal));
        // theta/(1-theta) from the potential of adsorbed hydrogen, which is that of inserted hydrogen.
        double odds = Math.Exp((hydrogen + (double)Channel.RestPotential) / thermal) * RestCoverage / (1 - RestCoverage);
        // A coverage within rounding of 1 would not carry its vacancies.
        if (odds > 1e3)
            return Equilibrium(random);
        return new()
        {
            ProtonDensity = new(c),
            Drop = new(hydrogen - Potentials.Proton<Scalar>(new(c), new(thermal))),
            Coverage = new(odds / (1 + odds)),
            Composition = new(y),
            Dissolved = new(HenryConstant * Math.Exp(2 * hydrogen / thermal)),
            Bubbles = new(1e15 * random.NextDouble()),
            InverseThermalVoltage = new(1 / thermal),
        };
    }

    /// <summary>Affinities over q [V] of Volmer, absorption, Tafel and Heyrovsky.</summary>
    public double[] Affinities(InterfaceState<Scalar> s)
    {
        Scalar thermal = new(1 / s.InverseThermalVoltage);
        double proton = Potentials.Proton(s.ProtonDensity, thermal) + s.Drop;
        double adsorbed = Potentials.Adsorbed(s.Coverage, thermal);
        double inserted = Potentials.Inserted<Scalar>(new(s.Composition * SiteDensity), thermal);
        double molecule = Potentials.Molecule(s.Dissolved, thermal);
        return [proton - adsorbed, adsorbed - inserted, 2 * adsorbed - molecule, proton + adsorbed - molecule];
    }
}
