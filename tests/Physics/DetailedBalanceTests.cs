using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using Xunit;
using DualNumber = FvSolver.Solver.Arithmetic.Dual<FvSolver.Solver.Arithmetic.Scalar, FvSolver.Solver.Arithmetic.Gradient8<FvSolver.Solver.Arithmetic.Scalar>>;

namespace FvSolver.Tests.Physics;

/// <summary>Reactions against the chemical potentials: zero at equilibrium, each by itself, and downhill everywhere else.</summary>
public class DetailedBalanceTests
{
    private static readonly string[] Steps = ["Volmer", "absorption", "Tafel", "Heyrovsky"];

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
    [Covers(typeof(ChannelReactions<>), typeof(ChemicalPotentials<>), typeof(ProtonActivity<>), typeof(ChargeTransfer<>))]
    public void Every_step_at_the_channel_vanishes_where_the_potentials_balance(int species, double interaction, bool marcus, bool siteLimited)
    {
        var chemistry = new Chemistry(species, interaction, marcus, siteLimited, feedback: true);
        var random = new Random(3);
        for (int sample = 0; sample < 60; sample++)
        {
            InterfaceState<Scalar> s = chemistry.Equilibrium(random);
            Assert.All(chemistry.Affinities(s), a => Assert.Equal(0, a, 1e-13));
            chemistry.Channel.GetRates(Seeded(s), isothermal: false, out InterfaceRates<DualNumber> rates);
            DualNumber[] each = [rates.Volmer, rates.Absorption, rates.Tafel, rates.Heyrovsky];
            double[] state = Numbers(s);
            for (int k = 0; k < each.Length; k++)
            {
                double[] slope = Slopes(each[k]);
                double oneWay = Enumerable.Range(0, 6).Max(i => Math.Abs(slope[i] * state[i]));
                Assert.True(Math.Abs(each[k].Value) <= 1e-12 * oneWay, $"{Steps[k]}: net {each[k].Value.Value}, one way {oneWay}");
            }
            Assert.Equal(0, rates.Spot.Value.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_step_at_the_channel_runs_downhill(int species, double interaction, bool marcus, bool siteLimited)
    {
        var chemistry = new Chemistry(species, interaction, marcus, siteLimited, feedback: false);
        var random = new Random(4);
        var seen = new HashSet<(int, int)>();
        for (int sample = 0; sample < 300; sample++)
        {
            InterfaceState<Scalar> s = chemistry.Equilibrium(random);
            double Shift() => random.Next(3) == 0 ? 0 : random.NextDouble() - 0.5;
            s.Drop = new(s.Drop + 0.3 * Shift());
            s.Coverage = new(s.Coverage / (s.Coverage + (1 - s.Coverage) * Math.Exp(5 * Shift())));
            s.Composition = new(s.Composition * Math.Exp(Shift()));
            s.Dissolved = new(s.Dissolved * Math.Exp(5 * Shift()));
            chemistry.Channel.GetRates(s, isothermal: false, out InterfaceRates<Scalar> r);
            double[] affinities = chemistry.Affinities(s);
            double[] rates = [r.Volmer, r.Absorption, r.Tafel, r.Heyrovsky];
            for (int k = 0; k < rates.Length; k++)
            {
                if (Math.Abs(affinities[k]) < 1e-9)
                    continue;
                Assert.Equal((Steps[k], Math.Sign(affinities[k])), (Steps[k], Math.Sign(rates[k])));
                seen.Add((k, Math.Sign(rates[k])));
            }
        }
        Assert.Equal(8, seen.Count);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_step_at_the_channel_vanishes_at_rest_by_itself(int species, double interaction, bool marcus, bool siteLimited)
    {
        var chemistry = new Chemistry(species, interaction, marcus, siteLimited, feedback: true);
        double thermal = FvSolver.Materials.Constants.ThermalVoltage(300), rest = chemistry.Channel.RestPotential;
        var s = new InterfaceState<Scalar>
        {
            ProtonDensity = Scalar.Reciprocal(chemistry.Activity.InverseRestDensity),
            Drop = new(-rest),
            Coverage = chemistry.Channel.RestCoverage,
            Composition = chemistry.Channel.RestComposition,
            Dissolved = new(chemistry.HenryConstant * Math.Exp(-2 * rest / thermal)),
            InverseThermalVoltage = new(1 / thermal),
        };
        chemistry.Channel.GetRates(s, isothermal: true, out InterfaceRates<Scalar> r);
        Assert.Equal(0, r.Volmer / chemistry.Channel.ExchangeRate, 1e-14);
        Assert.Equal(0, r.Absorption / (chemistry.Channel.AbsorptionRate * chemistry.RestCoverage), 1e-14);
        Assert.Equal(0, r.Tafel / (chemistry.Channel.TafelRate * chemistry.RestCoverage * chemistry.RestCoverage), 1e-13);
        Assert.Equal(0, r.Heyrovsky / (chemistry.Channel.HeyrovskyRate * chemistry.RestCoverage), 1e-13);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [Covers(typeof(GateReaction<>))]
    public void The_gate_reaction_vanishes_where_the_potentials_balance_and_runs_downhill_elsewhere(bool marcus, bool siteLimited)
    {
        var chemistry = new Chemistry(1, 0, marcus, siteLimited, feedback: false);
        var random = new Random(5);
        for (int sample = 0; sample < 200; sample++)
        {
            Scalar thermal = new(FvSolver.Materials.Constants.ThermalVoltage(270 + 80 * random.NextDouble()));
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
    [Covers(typeof(HydrogenReservoir<>))]
    public void Palladium_has_a_plateau_and_follows_Nernst_beyond_it()
    {
        double Activity(double x) => Chemistry.Reservoir.Activity<Scalar>(new((0.6 - x) / 7.35e-22));
        foreach (double x in new[] { 0.0101, 0.1, 0.3, 0.5999 })
            Assert.Equal(1, Activity(x), 1e-12);
        Assert.Equal(0.005 / 0.995 / (0.01 / 0.99), Activity(0.005), 1e-12);
        Assert.Equal(0.8 / 0.2 / (0.6 / 0.4), Activity(0.8), 1e-12);
        HydrogenReservoir<Scalar> inexhaustible = Chemistry.Reservoir with { IsFinite = false };
        Assert.Equal(1.0, inexhaustible.Activity<Scalar>(new(1e22)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forward_over_backward_charge_transfer_is_the_exponential_of_the_driving_force(bool marcus)
    {
        ChargeTransfer<Scalar> transfer = new Chemistry(1, 0, marcus, false, false).Transfer;
        foreach (double u in new[] { -30, -3, -1e-8, 0, 1e-3, 2, 25 })
        {
            double forward = transfer.Forward<Scalar>(new(u), new(38.7), out Scalar backward);
            Assert.Equal(Math.Exp(u), forward / backward, Math.Exp(u) * 1e-13);
            if (u == 0)
                Assert.Equal(1, forward, 1e-14);
        }
    }

    [Fact]
    public void Marcus_transfer_is_capped_where_Butler_Volmer_is_not()
    {
        ChargeTransfer<Scalar> marcus = new Chemistry(1, 0, true, false, false).Transfer;
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
            ProtonDensity = At(s.ProtonDensity, 0),
            Drop = At(s.Drop, 1),
            Coverage = At(s.Coverage, 2),
            Composition = At(s.Composition, 3),
            Dissolved = At(s.Dissolved, 4),
            Bubbles = At(s.Bubbles, 5),
            InverseThermalVoltage = At(s.InverseThermalVoltage, 6),
        };
    }

    private static double[] Numbers(InterfaceState<Scalar> s) =>
        [s.ProtonDensity, s.Drop, s.Coverage, s.Composition, s.Dissolved, s.Bubbles, s.InverseThermalVoltage];

    private static double[] Slopes(DualNumber d) => [d.Slope.D0, d.Slope.D1, d.Slope.D2, d.Slope.D3, d.Slope.D4, d.Slope.D5, d.Slope.D6];
}
