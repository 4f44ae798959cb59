using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.Physics;

/// <summary>The reactions at the PSG/WO3 interface together, and how temperature and electrons enter them.</summary>
public class ChannelChemistryTests
{
    private static InterfaceState<Scalar> State => new()
    {
        Amounts = new()
        {
            Proton = new(3e25),
            Remote = new(2e25),
            Adsorbed = new(0.03),
            Defects = new(0.2),
            Inserted = new(0.02),
            Dissolved = new(4e17),
            Bubbles = new(2e17),
        },
        Drop = new(-0.4),
        RemoteDrop = new(-0.35),
        Band = new(0.02),
        InverseThermalVoltage = new(34),
    };

    private static PerSpecies<Scalar> Potentials => new()
    {
        Proton = new(0.1),
        Adsorbed = new(-0.2),
        Defects = new(0.3),
        Inserted = new(0.05),
        Dissolved = new(-0.15),
        Bubbles = new(0.25),
        Leaked = new(-0.35),
        Remote = new(0.4),
    };

    private static Device Make(bool gas, bool remote, bool defects, bool spaceCharge = false) => CalibrationRules.Resolve(new()
    {
        Interface = new() { DefectDensity = defects ? 1e17 : 0, ActivationEnergy = 0.3 },
        Gas = new() { Enabled = gas },
        Hypotheses = new() { RemoteHeyrovsky = remote },
        Wo3 = new() { SpaceCharge = spaceCharge },
        Pd = new() { ActivationEnergy = 0.2 },
    });

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    public void All_reactions_make_what_each_of_them_makes_and_dissipate_their_affinities(bool gas, bool remote, bool defects)
    {
        Device device = Make(gas, remote, defects);
        var chemistry = InterfaceChemistry<Scalar>.Of(Pack.One(device), device);
        double[] sums = new double[InterfaceSpecies.Count], sizes = new double[InterfaceSpecies.Count];
        double dissipated = 0;
        PerSpecies<Scalar> potentials = Potentials;
        void Take<TRow>(TRow row)
            where TRow : struct, IInterfaceReaction<Scalar>
        {
            double rate = chemistry.Rate(row, State, isothermal: false);
            Assert.NotEqual(0, rate);
            double affinity = 0;
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += TRow.Makes(i) * rate;
                sizes[i] += Math.Abs(TRow.Makes(i) * rate);
                affinity -= TRow.Makes(i) * PerSpecies<Scalar>.At(ref potentials, i);
            }
            Assert.Equal(affinity, InterfaceChemistry<Scalar>.Affinity<TRow, Scalar>(potentials), 1e-12);
            dissipated += affinity * rate;
        }
        Take(chemistry.Volmer);
        Take(chemistry.Absorption);
        if (defects)
            Take(chemistry.Defects);
        if (gas)
        {
            Take(chemistry.Tafel);
            Take(chemistry.Heyrovsky);
            Take(chemistry.Leak);
            Take(chemistry.Growth);
        }
        if (remote)
            Take(chemistry.Remote);
        chemistry.React(
            State, isothermal: false, hasPower: true, potentials, out PerSpecies<Scalar> made, out Scalar joint, out Scalar power);
        double scale = sizes.Sum();
        for (int i = 0; i < sums.Length; i++)
            Assert.Equal(sums[i], PerSpecies<Scalar>.At(ref made, i), 1e-13 * sizes[i]);
        Assert.Equal(sums[InterfaceSpecies.Proton] + sums[InterfaceSpecies.Adsorbed] + sums[InterfaceSpecies.Defects]
            + 2 * sums[InterfaceSpecies.Dissolved], joint, 1e-12 * scale);
        Assert.Equal(dissipated, power, 1e-12 * scale);
    }

    [Fact]
    public void Steps_of_charge_transfer_are_activated_and_passage_of_molecules_is_not()
    {
        Device device = Make(gas: true, remote: true, defects: true);
        var chemistry = InterfaceChemistry<Scalar>.Of(Pack.One(device), device);
        double Warmer(double energy) =>
            Math.Exp(energy * (1 / Constants.ThermalVoltage(device.Heat.ReferenceTemperature) - State.InverseThermalVoltage));
        double Ratio<TRow>(TRow row)
            where TRow : struct, IInterfaceReaction<Scalar> =>
            chemistry.Rate(row, State, isothermal: false).Value / chemistry.Rate(row, State, isothermal: true).Value;
        double activated = Warmer(0.3);
        Assert.InRange(activated, 2, 100);
        Assert.All(
            new[]
            {
                Ratio(chemistry.Volmer), Ratio(chemistry.Absorption), Ratio(chemistry.Defects), Ratio(chemistry.Tafel),
                Ratio(chemistry.Heyrovsky), Ratio(chemistry.Remote),
            },
            ratio => Assert.Equal(activated, ratio, 1e-12 * activated));
        Assert.Equal((1.0, 1.0), (Ratio(chemistry.Leak), Ratio(chemistry.Growth)));
        var gate = PalladiumInjection<Scalar>.Of(Pack.One(device), device);
        Scalar Gate(bool isothermal) => gate.Rate<Scalar>(new(1), new(0.3), new(3e25), default, State.InverseThermalVoltage, isothermal);
        Assert.Equal(1, Gate(false) / (Gate(true) * Warmer(0.2)), 1e-12);
    }

    [Fact]
    public void What_takes_a_proton_takes_an_electron_by_its_activity_where_WO3_has_space_charge()
    {
        Device device = Make(gas: true, remote: true, defects: true, spaceCharge: true);
        var chemistry = InterfaceChemistry<Scalar>.Of(Pack.One(device), device);
        // r = A e^(q b/kT) - B at a fixed drop over the compact layer; without molecules, whose way back would leave A to rounding.
        InterfaceState<Scalar> state = State;
        state.Amounts.Dissolved = default;
        void Check<TRow>(TRow row)
            where TRow : struct, IInterfaceReaction<Scalar>
        {
            double At(double band) => chemistry.Rate(row, state with { Band = new(band) }, isothermal: true);
            double Electrons(double band) => Math.Exp(band * state.InverseThermalVoltage);
            double expected = (Electrons(0.06) - 1) / (Electrons(-0.03) - 1);
            Assert.Equal(expected, (At(0.06) - At(0)) / (At(-0.03) - At(0)), 1e-8 * Math.Abs(expected));
        }
        Check(chemistry.Volmer);
        Check(chemistry.Defects);
        Check(chemistry.Heyrovsky);
        Check(chemistry.Remote);
    }

    [Fact]
    public void Enthalpies_are_those_of_the_chemical_potentials()
    {
        // Gibbs and Helmholtz: h = mu - T dmu/dT at fixed amounts.
        Device device = CalibrationRules.Resolve(new()
        {
            Gas = new() { Enabled = true },
            Interface = new() { DefectDensity = 1e17 },
            Wo3 = new() { InteractionPotential = 0.5, StandardPotentialSlope = 2e-4 },
        });
        var chemistry = InterfaceChemistry<Scalar>.Of(Pack.One(device), device);
        var insertion = InsertionPotential<Scalar>.Of(Pack.One(device), device);
        const double thermal = 0.027;
        static double Enthalpy(Func<double, double> potential) =>
            potential(thermal) - thermal * Richardson.Derivative(v => [potential(v)], thermal, 1e-3 * thermal)[0];
        (int Place, double Amount)[] species =
        [
            (InterfaceSpecies.Adsorbed, 0.03), (InterfaceSpecies.Defects, 0.2), (InterfaceSpecies.Dissolved, 4e17),
            (InterfaceSpecies.Bubbles, 2e17),
        ];
        foreach ((int place, double amount) in species)
            Assert.Equal(Enthalpy(v => chemistry.Potential<Scalar>(place, new(amount), new(v))), chemistry.Enthalpy(place), 1e-9);
        Assert.Equal(Enthalpy(v => insertion.Potential<Scalar>(new(0.3), new(v))), insertion.Enthalpy<Scalar>(new(0.3)), 1e-9);
        Assert.NotEqual(0, chemistry.Enthalpy(InterfaceSpecies.Adsorbed).Value);
    }
}
