using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using DualNumber = FvSolver.Solver.Arithmetic.Dual<FvSolver.Solver.Arithmetic.Scalar,
    FvSolver.Solver.Arithmetic.Gradient8<FvSolver.Solver.Arithmetic.Scalar>>;

namespace FvSolver.Tests.Physics;

/// <summary>A row of the table of reactions: its name, its rate with and without derivatives, and its affinity over q [V].</summary>
internal sealed record ReactionRow(
    string Name, Func<InterfaceState<Scalar>, double> Rate, Func<InterfaceState<DualNumber>, DualNumber> Slopes,
    Func<InterfaceState<Scalar>, double> Affinity);

/// <summary>The reactions of a device and the chemical potentials that they must agree with, for one set of options.</summary>
internal sealed class Chemistry
{
    public Chemistry(int species, double interaction, bool marcus, bool siteLimited)
    {
        KineticLaw kinetics = marcus ? KineticLaw.Marcus : KineticLaw.ButlerVolmer;
        Device = CalibrationRules.Resolve(new()
        {
            Wo3 = new() { DiluteSpecies = species, InteractionPotential = interaction },
            Psg = new() { FixedChargeDensity = 4e25, SiteDensity = siteLimited ? 2e26 : 0 },
            Pd = new() { TransferCoefficient = 0.4, Kinetics = kinetics },
            Interface = new() { TransferCoefficient = 0.4, Kinetics = kinetics, DefectDensity = 1e17 },
            Gas = new() { Enabled = true },
            Hypotheses = new() { RemoteHeyrovsky = true },
        });
        Device trapping = Device with { Psg = Device.Psg with { TrapDensity = 8e25 } };
        Pack<Scalar> pack = Pack.One(Device);
        Activity = ProtonActivity<Scalar>.Of(pack, Device);
        Transfer = ChargeTransfer<Scalar>.Of(pack, Device);
        Channel = InterfaceChemistry<Scalar>.Of(pack, Device);
        Gate = PalladiumInjection<Scalar>.Of(pack, Device);
        Potentials = ChemicalPotentials<Scalar>.Of(pack, Device);
        Trapping = trapping;
        Traps = TrapExchange<Scalar>.Of(Pack.One(trapping), trapping);
        Rows =
        [
            Row("Volmer", Channel.Volmer), Row("absorption", Channel.Absorption), Row("Volmer on defects", Channel.Defects),
            Row("Tafel", Channel.Tafel), Row("Heyrovsky", Channel.Heyrovsky), Row("Heyrovsky of the last hop", Channel.Remote),
        ];
    }

    public Device Device { get; }

    /// <summary>The same device with traps.</summary>
    public Device Trapping { get; }

    public TrapExchange<Scalar> Traps { get; }

    public ProtonActivity<Scalar> Activity { get; }

    public ChargeTransfer<Scalar> Transfer { get; }

    public InterfaceChemistry<Scalar> Channel { get; }

    public PalladiumInjection<Scalar> Gate { get; }

    public ChemicalPotentials<Scalar> Potentials { get; }

    /// <summary>The reversible steps.</summary>
    public ReactionRow[] Rows { get; }

    /// <summary>The state of rest.</summary>
    public InterfaceState<Scalar> Rest
    {
        get
        {
            double rest = InsertionPotential.AtRest(Device);
            return new()
            {
                Amounts = new()
                {
                    Proton = new(Device.Psg.FixedChargeDensity),
                    Remote = new(Device.Psg.FixedChargeDensity),
                    Adsorbed = new(Device.Interface.RestCoverage),
                    Defects = new(Device.Interface.DefectRestCoverage),
                    Inserted = new(Device.Wo3.RestComposition),
                    Dissolved = new(HenryLaw.AtRest(Device)),
                },
                Drop = new(-rest),
                RemoteDrop = new(-rest),
                InverseThermalVoltage = new(1 / Constants.ThermalVoltage(Device.Heat.ReferenceTemperature)),
            };
        }
    }

    /// <summary>A random state in which all potentials balance: y and c, at the interface and a hop
    /// before it, are free, the rest follows.</summary>
    public InterfaceState<Scalar> Equilibrium(Random random)
    {
        double thermal = Constants.ThermalVoltage(270 + 80 * random.NextDouble());
        double y = 1e-5 * Math.Pow(0.5 / 1e-5, random.NextDouble());
        double c = 1e23 * Math.Pow(1.5e26 / 1e23, random.NextDouble());
        double before = 1e23 * Math.Pow(1.5e26 / 1e23, random.NextDouble());
        double hydrogen = Potentials.Inserted<Scalar>(new(y * Device.Wo3.SiteDensity), new(thermal));
        // theta/(1-theta) from the potential of adsorbed hydrogen, which is that of inserted hydrogen.
        double Odds(double rest) => Math.Exp((hydrogen + Potentials.Insertion.Rest.At<Scalar>(new(thermal))) / thermal) * rest / (1 - rest);
        double odds = Odds(Device.Interface.RestCoverage), defectOdds = Odds(Device.Interface.DefectRestCoverage);
        double dissolved = Device.Gas.HenryConstant * Math.Exp(2 * hydrogen / thermal);
        // A coverage within rounding of 1 would not carry its vacancies, and the potential of a last molecule is bounded.
        if (odds > 1e3 || defectOdds > 1e3 || dissolved < 2e-3 * HenryLaw.AtRest(Device))
            return Equilibrium(random);
        return new()
        {
            Amounts = new()
            {
                Proton = new(c),
                Remote = new(before),
                Adsorbed = new(odds / (1 + odds)),
                Defects = new(defectOdds / (1 + defectOdds)),
                Inserted = new(y),
                Dissolved = new(dissolved),
                Bubbles = new(1e15 * random.NextDouble()),
            },
            Drop = new(hydrogen - Potentials.Proton<Scalar>(new(c), new(thermal))),
            RemoteDrop = new(hydrogen - Potentials.Proton<Scalar>(new(before), new(thermal))),
            InverseThermalVoltage = new(1 / thermal),
        };
    }

    /// <summary>Chemical potentials of all species in a state, of protons against the channel's electrons.</summary>
    public PerSpecies<Scalar> PotentialsOf(InterfaceState<Scalar> s)
    {
        Scalar thermal = new(1 / s.InverseThermalVoltage);
        Scalar molecule = Channel.Potential(InterfaceSpecies.Dissolved, s.Amounts.Dissolved, thermal);
        return new()
        {
            Proton = Potentials.Proton(s.Amounts.Proton, thermal) + s.Drop,
            Adsorbed = Channel.Potential(InterfaceSpecies.Adsorbed, s.Amounts.Adsorbed, thermal),
            Defects = Channel.Potential(InterfaceSpecies.Defects, s.Amounts.Defects, thermal),
            Inserted = Potentials.Inserted(s.Amounts.Inserted * Device.Wo3.SiteDensity, thermal),
            Dissolved = molecule,
            Bubbles = Channel.Potential(InterfaceSpecies.Bubbles, s.Amounts.Bubbles, thermal),
            Leaked = molecule,
            Remote = Potentials.Proton(s.Amounts.Remote, thermal) + s.RemoteDrop,
        };
    }

    private ReactionRow Row<TRow>(string name, TRow row)
        where TRow : struct, IInterfaceReaction<Scalar> => new(
            name,
            s => Channel.Rate(row, s, isothermal: false),
            s => Channel.Rate(row, s, isothermal: false),
            s => InterfaceChemistry<Scalar>.Affinity<TRow, Scalar>(PotentialsOf(s)));
}
