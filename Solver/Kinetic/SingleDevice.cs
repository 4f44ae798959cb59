using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Kinetic;

/// <summary>The laws of one device in plain numbers.</summary>
internal sealed class SingleDevice(Device device)
{
    public GateReaction<Scalar> Gate => new()
    {
        ExchangeRate = new(device.Pd.ExchangeCurrentDensity / ElementaryCharge),
        Transfer = Transfer(device.Pd.TransferCoefficient, device.Pd.Kinetics, device.Pd.ReorganisationEnergy),
        Temperature = Arrhenius(device.Pd.ActivationEnergy),
        Activity = Activity,
        RestDrop = new(CalibrationRules.GateOffset(device) + device.Pd.EquilibriumPotential),
        Reservoir = new()
        {
            IsFinite = device.Pd.FiniteReservoir,
            Fraction = new(device.Pd.HydrogenFraction),
            InverseAtoms = new(1 / (device.Pd.AtomDensity * device.Pd.Thickness)),
            PlateauLow = new(device.Pd.PlateauLow),
            PlateauHigh = new(device.Pd.PlateauHigh),
        },
    };

    public ChannelReactions<Scalar> Channel => new()
    {
        ExchangeRate = new(device.Interface.ExchangeCurrentDensity / ElementaryCharge),
        Transfer = Transfer(device.Interface.TransferCoefficient, device.Interface.Kinetics, device.Interface.ReorganisationEnergy),
        Temperature = Arrhenius(device.Interface.ActivationEnergy),
        Activity = Activity,
        RestPotential = new(ChannelContact<Scalar>.RestPotential(device)),
        RestCoverage = new(device.Interface.RestCoverage),
        RestComposition = new(device.Wo3.RestComposition),
        AbsorptionRate = new(device.Interface.SiteDensity * device.Interface.AbsorptionRate),
        ExcessSpecies = new(device.Wo3.DiluteSpecies - 1),
        Interaction = new(device.Wo3.InteractionPotential),
        IsIdeal = device.Wo3.DiluteSpecies == 1 && device.Wo3.InteractionPotential == 0,
        TafelRate = default,
        HeyrovskyRate = default,
        InverseHenry = default,
        HasGas = false,
        Hypotheses = default,
    };

    private ProtonActivity<Scalar> Activity => new()
    {
        InverseRestDensity = new(1 / device.Psg.FixedChargeDensity),
        InverseSiteDensity = default,
        RestVacancy = new(1),
        SiteLimited = false,
    };

    private Arrhenius<Scalar> Arrhenius(double energy) => new()
    {
        Energy = new(energy),
        ReferenceInverseThermalVoltage = new(1 / ThermalVoltage(device.Heat.ReferenceTemperature)),
    };

    private static ChargeTransfer<Scalar> Transfer(double alpha, KineticLaw law, double reorganisation) => new()
    {
        Alpha = new(alpha),
        IsMarcus = law == KineticLaw.Marcus,
        ReorganisationEnergy = new(reorganisation),
    };
}
