using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using Xunit;
using DualNumber = FvSolver.Solver.Arithmetic.Dual<FvSolver.Solver.Arithmetic.Scalar,
    FvSolver.Solver.Arithmetic.Gradient8<FvSolver.Solver.Arithmetic.Scalar>>;

namespace FvSolver.Tests.Physics;

/// <summary>Reactions against the chemical potentials: zero at equilibrium, each by itself, and downhill everywhere else.</summary>
public class DetailedBalanceTests
{
    public static TheoryData<int, double, bool, bool> Options
    {
        get
        {
            var data = new TheoryData<int, double, bool, bool>();
            foreach (int species in new[] { 1, 2 })
                foreach (double interaction in new[] { 0, 0.5 })
                    foreach (bool marcus in new[] { false, true })
                        foreach (bool siteLimited in new[] { false, true })
                            data.Add(species, interaction, marcus, siteLimited);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    [Covers(
        typeof(Volmer<>), typeof(DefectVolmer<>), typeof(Absorption<>), typeof(Tafel<>), typeof(Heyrovsky<>), typeof(RemoteHeyrovsky<>),
        typeof(LangmuirAdsorption<>), typeof(InsertionPotential<>), typeof(LinearPotential<>), typeof(HenryLaw<>), typeof(ProtonActivity<>),
        typeof(ChargeTransfer<>))]
    public void Every_step_at_the_channel_vanishes_where_the_potentials_balance(int species, double interaction, bool marcus,
        bool siteLimited)
    {
        var chemistry = new Chemistry(species, interaction, marcus, siteLimited);
        var random = new Random(3);
        for (int sample = 0; sample < 60; sample++)
        {
            InterfaceState<Scalar> s = chemistry.Equilibrium(random);
            foreach (ReactionRow row in chemistry.Rows)
            {
                Assert.Equal(0, row.Affinity(s), 1e-13);
                DualNumber rate = row.Slopes(Seeded(s));
                double[] slope = Slopes(rate), state = Numbers(s);
                double oneWay = Enumerable.Range(0, 7).Max(i => Math.Abs(slope[i] * state[i]));
                Assert.True(Math.Abs(rate.Value) <= 1e-12 * oneWay, $"{row.Name}: net {rate.Value.Value}, one way {oneWay}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_step_at_the_channel_runs_downhill(int species, double interaction, bool marcus, bool siteLimited)
    {
        var chemistry = new Chemistry(species, interaction, marcus, siteLimited);
        var random = new Random(4);
        var seen = new HashSet<(string, int)>();
        for (int sample = 0; sample < 300; sample++)
        {
            InterfaceState<Scalar> s = chemistry.Equilibrium(random);
            double Shift() => random.Next(3) == 0 ? 0 : random.NextDouble() - 0.5;
            Scalar Shifted(Scalar coverage) => new(coverage / (coverage + (1 - coverage) * Math.Exp(5 * Shift())));
            s.Drop = new(s.Drop + 0.3 * Shift());
            s.RemoteDrop = new(s.RemoteDrop + 0.3 * Shift());
            (s.Amounts.Adsorbed, s.Amounts.Defects) = (Shifted(s.Amounts.Adsorbed), Shifted(s.Amounts.Defects));
            s.Amounts.Inserted = new(s.Amounts.Inserted * Math.Exp(Shift()));
            s.Amounts.Dissolved = new(s.Amounts.Dissolved * Math.Exp(2 + 4 * Shift()));
            foreach (ReactionRow row in chemistry.Rows)
            {
                double affinity = row.Affinity(s);
                if (Math.Abs(affinity) < 1e-9)
                    continue;
                Assert.Equal((row.Name, Math.Sign(affinity)), (row.Name, Math.Sign(row.Rate(s))));
                seen.Add((row.Name, Math.Sign(affinity)));
            }
        }
        Assert.Equal(2 * chemistry.Rows.Length, seen.Count);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_step_at_the_channel_vanishes_at_rest_by_itself(int species, double interaction, bool marcus, bool siteLimited)
    {
        var chemistry = new Chemistry(species, interaction, marcus, siteLimited);
        double coverage = chemistry.Device.Interface.RestCoverage;
        // One-way rates at rest.
        double[] exchange =
        [
            chemistry.Channel.Volmer.ExchangeRate, chemistry.Channel.Absorption.RateConstant * coverage,
            chemistry.Channel.Defects.Step.ExchangeRate,
            chemistry.Channel.Tafel.RateConstant * coverage * coverage, chemistry.Channel.Heyrovsky.RateConstant * coverage,
            chemistry.Channel.Remote.RateConstant * coverage,
        ];
        Assert.All(chemistry.Rows.Zip(exchange), r => Assert.Equal(0, r.First.Rate(chemistry.Rest) / r.Second, 1e-12));
    }

    [Fact]
    public void The_steps_have_the_rates_of_their_formulas()
    {
        // Far from equilibrium, by hand: j0 = 10 A/m^2, theta_0 = 5e-3, alpha = 0.4, u = 3 and two sites in three empty.
        var chemistry = new Chemistry(1, 0, false, false);
        Device d = chemistry.Device;
        double thermal = Constants.ThermalVoltage(300), forward = Math.Exp(0.4 * 3), backward = Math.Exp(-0.6 * 3);
        InterfaceState<Scalar> s = chemistry.Rest;
        s.Drop += 3 * thermal;
        (s.Amounts.Adsorbed, s.Amounts.Defects, s.Amounts.Inserted) = (new(1.0 / 3), new(0.75), new(0.02));
        s.Amounts.Dissolved = new(6e14);
        // A hop before the interface, with twice the protons and u = 7.
        (s.Amounts.Remote, s.RemoteDrop) = (new(2 * d.Psg.FixedChargeDensity), new(s.RemoteDrop + 7 * thermal));
        double sites = d.Interface.SiteDensity, theta0 = d.Interface.RestCoverage, y0 = d.Wo3.RestComposition;
        double bar = theta0 / (1 - theta0) * Math.Exp(InsertionPotential.AtRest(d) / thermal), fugacity = 6e14 / d.Gas.HenryConstant;
        double[] expected =
        [
            d.Interface.ExchangeCurrentDensity / Constants.ElementaryCharge
                * (2.0 / 3 / (1 - theta0) * forward - 1.0 / 3 / theta0 * backward),
            sites * d.Interface.AbsorptionRate * (0.98 / 3 - theta0 * (1 - y0) / ((1 - theta0) * y0) * 0.02 * 2 / 3),
            d.Interface.DefectExchangeCurrentDensity / Constants.ElementaryCharge * (0.25 / 0.5 * forward - 0.75 / 0.5 * backward),
            sites * d.Interface.TafelRate * (1.0 / 9 - bar * bar * fugacity * 4 / 9),
            sites * d.Interface.HeyrovskyRate
                * (forward / 3 - bar * Math.Exp(InsertionPotential.AtRest(d) / thermal) * fugacity * 2 / 3 * backward),
            sites * d.Hypotheses.RemoteRate
                * (2 * Math.Exp(0.4 * 7) / 3 - bar * Math.Exp(InsertionPotential.AtRest(d) / thermal) * fugacity * 2 / 3
                    * Math.Exp(-0.6 * 7)),
        ];
        Assert.All(chemistry.Rows.Zip(expected), r => Assert.Equal(r.Second, r.First.Rate(s), 1e-12 * Math.Abs(r.Second)));
    }

    [Fact]
    public void A_row_makes_and_takes_what_its_equation_says()
    {
        static (int, int, int, int, int, int, int, int) Makes<TRow>()
            where TRow : struct, IInterfaceReaction<Scalar> =>
            (TRow.Makes(InterfaceSpecies.Proton), TRow.Makes(InterfaceSpecies.Adsorbed), TRow.Makes(InterfaceSpecies.Defects),
                TRow.Makes(InterfaceSpecies.Inserted), TRow.Makes(InterfaceSpecies.Dissolved), TRow.Makes(InterfaceSpecies.Bubbles),
                TRow.Makes(InterfaceSpecies.Leaked), TRow.Makes(InterfaceSpecies.Remote));
        Assert.Equal((-1, 1, 0, 0, 0, 0, 0, 0), Makes<Volmer<Scalar>>());
        Assert.Equal((-1, 0, 1, 0, 0, 0, 0, 0), Makes<DefectVolmer<Scalar>>());
        Assert.Equal((0, -1, 0, 1, 0, 0, 0, 0), Makes<Absorption<Scalar>>());
        Assert.Equal((0, -2, 0, 0, 1, 0, 0, 0), Makes<Tafel<Scalar>>());
        Assert.Equal((-1, -1, 0, 0, 1, 0, 0, 0), Makes<Heyrovsky<Scalar>>());
        Assert.Equal((0, -1, 0, 0, 1, 0, 0, -1), Makes<RemoteHeyrovsky<Scalar>>());
        Assert.Equal((0, 0, 0, 0, -1, 0, 1, 0), Makes<HydrogenLeak<Scalar>>());
        Assert.Equal((0, 0, 0, 0, -1, 1, 0, 0), Makes<BubbleGrowth<Scalar>>());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.5)]
    public void Inserted_hydrogen_has_the_insertion_potential_of_the_parameters(int species, double interaction)
    {
        var chemistry = new Chemistry(species, interaction, false, false);
        foreach (double y in new[] { 1e-5, 3.3e-4, 0.02, 0.6 })
            Assert.Equal(
                -InsertionPotential.At(chemistry.Device, y, 300),
                chemistry.Potentials.Inserted<Scalar>(new(y * chemistry.Device.Wo3.SiteDensity), new(Constants.ThermalVoltage(300))),
                1e-13);
    }

    [Fact]
    [Covers(typeof(SternLayer<>))]
    public void A_compact_layer_is_a_capacitor_that_is_empty_at_its_flat_band()
    {
        Device d = CalibrationRules.Resolve(new());
        double capacitance = 3.9 * Constants.VacuumPermittivity / d.Psg.SternThickness;
        foreach ((SternLayer<Scalar> layer, double flatBand) in new[]
        {
            (SternLayer<Scalar>.Of(Pack.One(d), d), -InsertionPotential.At(d, d.Wo3.RestComposition, 300)),
            (SternLayer<Scalar>.AtGate(Pack.One(d), d), CellVoltage.FlatBand(d)),
        })
        {
            Assert.Equal(0.2 * capacitance, layer.Displacement<Scalar>(new(flatBand + 0.2)), 1e-12 * capacitance);
            Assert.Equal((0.02 + 0.2 * flatBand) * capacitance, layer.Energy<Scalar>(new(flatBand + 0.2)), 1e-12 * capacitance);
            // What the metal gives, D d(drop), is the change of energy less the work of the flat band.
            double slope = (layer.Energy<Scalar>(new(flatBand + 0.2001)) - layer.Energy<Scalar>(new(flatBand + 0.1999))) / 2e-4;
            Assert.Equal(layer.Displacement<Scalar>(new(flatBand + 0.2)) + flatBand * capacitance, slope, 1e-9 * capacitance);
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [Covers(typeof(PalladiumInjection<>))]
    public void The_gate_reaction_vanishes_where_the_potentials_balance_and_runs_downhill_elsewhere(bool marcus, bool siteLimited)
    {
        var chemistry = new Chemistry(1, 0, marcus, siteLimited);
        var random = new Random(5);
        for (int sample = 0; sample < 200; sample++)
        {
            Scalar thermal = new(Constants.ThermalVoltage(270 + 80 * random.NextDouble()));
            Scalar given = new(TermSamples.Argument("given", random)), c = new(TermSamples.Argument("density", random));
            Scalar phi = new(random.NextDouble() - 0.5);
            Scalar gate = phi + chemistry.Gate.HydrogenPotential(given, thermal) + chemistry.Potentials.Proton(c, thermal);
            Scalar inverse = Scalar.Reciprocal(thermal);
            double Rate(double shift) => chemistry.Gate.Rate<Scalar>(new(gate + shift), phi, c, given, inverse, isothermal: false);
            double oneWay = Math.Abs(Rate(thermal));
            Assert.Equal(0, Rate(0) / oneWay, 1e-12);
            foreach (double shift in new[] { -1, -0.01, -1e-6, 1e-6, 0.01, 1 })
                Assert.Equal(Math.Sign(shift), Math.Sign(Rate(shift)));
        }
    }

    [Fact]
    [Covers(typeof(PalladiumActivity<>))]
    public void Palladium_has_a_plateau_and_follows_Nernst_beyond_it()
    {
        Device d = CalibrationRules.Resolve(new());
        double atoms = d.Pd.AtomDensity * d.Pd.Thickness;
        double Activity(Device device, double x) =>
            PalladiumActivity<Scalar>.Of(Pack.One(device), device).Activity<Scalar>(new((device.Pd.HydrogenFraction - x) * atoms));
        foreach (double x in new[] { 0.0101, 0.1, 0.3, 0.5999 })
            Assert.Equal(1, Activity(d, x), 1e-12);
        Assert.Equal(0.005 / 0.995 / (0.01 / 0.99), Activity(d, 0.005), 1e-12);
        Assert.Equal(0.8 / 0.2 / (0.6 / 0.4), Activity(d, 0.8), 1e-12);
        Assert.Equal(1.0, Activity(d with { Pd = d.Pd with { FiniteReservoir = false } }, 0.005));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forward_over_backward_charge_transfer_is_the_exponential_of_the_driving_force(bool marcus)
    {
        ChargeTransfer<Scalar> transfer = new Chemistry(1, 0, marcus, false).Transfer;
        foreach (double u in new[] { -300, -30, -3, -1e-8, 0, 1e-3, 2, 25, 200 })
        {
            double forward = transfer.Forward<Scalar>(new(u), new(38.7), out Scalar backward);
            Assert.Equal(Math.Exp(u), forward / backward, Math.Exp(u) * Math.Max(1e-13, 1e-15 * Math.Abs(u)));
            if (u == 0)
                Assert.Equal(1, forward, 1e-14);
        }
    }

    [Fact]
    [Covers(typeof(ButlerVolmer<>), typeof(MarcusHushChidsey<>))]
    public void Charge_transfer_grows_by_alpha_and_Marcus_transfer_as_its_integral()
    {
        ChargeTransfer<Scalar> butlerVolmer = new Chemistry(1, 0, false, false).Transfer,
            marcus = new Chemistry(1, 0, true, false).Transfer;
        double Forward(ChargeTransfer<Scalar> transfer, double u) => transfer.Forward<Scalar>(new(u), new(38.7), out _);
        Assert.Equal(Math.Exp(0.4 * 5), Forward(butlerVolmer, 5), 1e-12);
        // k(u) is the integral over x of exp(-(x - l + u)^2/4l)/(1 + e^x), l = lambda/kT; the closed form is within 5 % of it
        // but near u = 0, and exact on the plateau.
        const double L = 0.5 * 38.7;
        double Integral(double u) => Enumerable.Range(-5000, 10001).Select(i => i * 0.02)
            .Sum(x => Math.Exp(-(x - L + u) * (x - L + u) / (4 * L)) / (1 + Math.Exp(x)));
        foreach (double u in new[] { -10, -3, 3, 8, 15, 30 })
            Assert.Equal(1, Forward(marcus, u) / Forward(marcus, 60) / (Integral(u) / Integral(60)), 0.05);
    }

    [Fact]
    public void Marcus_transfer_is_capped_where_Butler_Volmer_is_not()
    {
        ChargeTransfer<Scalar> marcus = new Chemistry(1, 0, true, false).Transfer;
        double at40 = marcus.Forward<Scalar>(new(40), new(38.7), out _), at80 = marcus.Forward<Scalar>(new(80), new(38.7), out _);
        Assert.InRange(at80 / at40, 1, 1.001);
        Assert.InRange(at80, 10, 1e6);
    }

    [Fact]
    [Covers(typeof(Arrhenius<>))]
    public void An_Arrhenius_factor_is_one_at_the_reference_and_has_its_energy_as_slope()
    {
        Arrhenius<Scalar> factor = new() { Energy = new(0.3), ReferenceInverseThermalVoltage = new(38.7) };
        Assert.Equal(1.0, factor.At<Scalar>(new(38.7)));
        Assert.Equal(-0.3, Math.Log(factor.At<Scalar>(new(37.7)) / factor.At<Scalar>(new(38.7))) / -1, 1e-12);
    }

    private static InterfaceState<DualNumber> Seeded(InterfaceState<Scalar> s)
    {
        static DualNumber At(Scalar value, int k) => new(value, Gradient8<Scalar>.Seed(k));
        return new()
        {
            Amounts = new()
            {
                Proton = At(s.Amounts.Proton, 0),
                Remote = new(s.Amounts.Remote, Gradient8<Scalar>.Zero),
                Adsorbed = At(s.Amounts.Adsorbed, 2),
                Defects = At(s.Amounts.Defects, 3),
                Inserted = At(s.Amounts.Inserted, 4),
                Dissolved = At(s.Amounts.Dissolved, 5),
                Bubbles = At(s.Amounts.Bubbles, 6),
            },
            Drop = At(s.Drop, 1),
            RemoteDrop = new(s.RemoteDrop, Gradient8<Scalar>.Zero),
            InverseThermalVoltage = At(s.InverseThermalVoltage, 7),
        };
    }

    private static double[] Numbers(InterfaceState<Scalar> s) =>
        [s.Amounts.Proton, s.Drop, s.Amounts.Adsorbed, s.Amounts.Defects, s.Amounts.Inserted, s.Amounts.Dissolved, s.Amounts.Bubbles,
            s.InverseThermalVoltage];

    private static double[] Slopes(DualNumber d) =>
        [d.Slope.D0, d.Slope.D1, d.Slope.D2, d.Slope.D3, d.Slope.D4, d.Slope.D5, d.Slope.D6, d.Slope.D7];
}
