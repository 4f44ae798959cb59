using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.Physics;

/// <summary>Fluxes of protons and hydrogen: none at equilibrium, downhill elsewhere, and the limits that are known.</summary>
public class TransportTermTests
{
    private const double InverseThermal = 38.7, SiteLimit = 2e26;

    public static TheoryData<HopLaw, bool> Laws
    {
        get
        {
            var data = new TheoryData<HopLaw, bool>();
            foreach (HopLaw law in Enum.GetValues<HopLaw>())
                foreach (bool limited in new[] { false, true })
                    data.Add(law, limited);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Laws))]
    [Covers(
        typeof(HoppingFlux<,,,,>), typeof(HopRate<>), typeof(SinhHop<>), typeof(SaturatingHop<>), typeof(WashboardHop<>),
        typeof(GaussianDisorderHop<>))]
    public void No_protons_flow_in_Boltzmann_equilibrium_at_any_field(HopLaw law, bool limited)
    {
        Func<double, double, double, double, double> flux = Flux(law, limited);
        var random = new Random(1);
        for (int sample = 0; sample < 200; sample++)
        {
            double u = 30 * (2 * random.NextDouble() - 1), hops = 0.05 + 3 * random.NextDouble();
            double left = 1e23 * Math.Pow(1.9e26 / 1e23, random.NextDouble());
            // Equal electrochemical potentials: the activity grows by e^u from left to right.
            double odds = (limited ? left / (1 - left / SiteLimit) : left) * Math.Exp(u);
            double right = limited ? odds / (1 + odds / SiteLimit) : odds;
            double net = flux(left, right, u, hops), oneWay = Math.Abs(flux(left, right * (1 - 1e-3), u, hops)) * 1e3;
            // At a nearly full right end the rounding of 1 - c/c_max is magnified.
            double vacancy = limited ? 1 - right / SiteLimit : 1;
            Assert.True(Math.Abs(net) <= 1e-14 * oneWay * Math.Max(4, Math.Abs(u)) / vacancy, $"net {net}, one way {oneWay} at u = {u}");
        }
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Protons_flow_down_their_electrochemical_potential(HopLaw law, bool limited)
    {
        Func<double, double, double, double, double> flux = Flux(law, limited);
        var random = new Random(2);
        for (int sample = 0; sample < 200; sample++)
        {
            double u = 20 * (2 * random.NextDouble() - 1);
            double left = 1e24 * Math.Pow(190, random.NextDouble()), right = 1e24 * Math.Pow(190, random.NextDouble());
            double fall = u + Math.Log(left / right);
            if (limited)
                fall -= Math.Log((1 - left / SiteLimit) / (1 - right / SiteLimit));
            Assert.Equal(Math.Sign(fall), Math.Sign(flux(left, right, u, 0.5 + random.NextDouble())));
        }
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Mirrored_ends_give_the_opposite_flux(HopLaw law, bool limited)
    {
        Func<double, double, double, double, double> flux = Flux(law, limited);
        foreach (double u in new[] { 1e-9, 0.3, 4, 11 })
            Assert.Equal(1, -flux(3e25, 8e25, u, 1.4) / flux(8e25, 3e25, -u, 1.4), 1e-13);
    }

    [Theory]
    [InlineData(HopLaw.Sinh)]
    [InlineData(HopLaw.Saturating)]
    [InlineData(HopLaw.Washboard)]
    [InlineData(HopLaw.GaussianDisorder)]
    public void The_saturation_factor_is_even_in_the_field(HopLaw law)
    {
        Func<double, double> factor = Factor(law);
        foreach (double x in new[] { 1e-12, 1e-3, 0.5, 5, 9, 14, 20 })
            Assert.Equal(factor(x), factor(-x), 1e-14 * factor(x));
    }

    [Fact]
    public void The_saturation_factors_have_their_known_limits()
    {
        double m = InverseThermal * 0.38;
        foreach (double x in new[] { 0, 1, 14.0, 40 })
            Assert.Equal(1, Factor(HopLaw.Sinh)(x));
        Func<double, double> saturating = Factor(HopLaw.Saturating);
        Assert.Equal(1 / (1 + Math.Exp(-m)), saturating(0), 1e-14);
        Assert.Equal(0.5, saturating(m), 1e-13);
        Assert.Equal(1, saturating(3 * m) * Math.Exp(2 * m), 1e-9);
        Func<double, double> disorder = Factor(HopLaw.GaussianDisorder);
        Assert.Equal(1, disorder(0), 1e-14);
        // ln mu grows with the square root of the field, slope C_0 (s^2 - Sigma^2).
        double Logarithm(double field)
        {
            double x = field * 5.7e-10 * InverseThermal / 2;
            return Math.Log(disorder(x) * Math.Sinh(x) / x);
        }
        double slope = 2.9e-5 * (Math.Pow(InverseThermal * 0.06, 2) - 2.25);
        Assert.Equal(slope, (Logarithm(4e8) - Logarithm(1e8)) / 1e4, 1e-9 * slope);
        // Nothing is rounded above 1e5 V/m; below, value and slope join.
        Assert.Equal(slope * Math.Sqrt(1e9), Logarithm(1e9), 1e-9);
        Assert.Equal(slope * Math.Sqrt(1e5) * 0.9999 * 0.9999, Logarithm(1e5 * Math.Pow(0.9999, 4)), 1e-6 * slope * Math.Sqrt(1e5));
    }

    [Theory]
    [InlineData(0.5, 2.25)]
    [InlineData(1.5, 2.25)]
    [InlineData(2, 4)]
    public void Weak_positional_disorder_counts_as_one_and_a_half(double disorder, double term)
    {
        Device device = new() { Psg = new() { PositionalDisorder = disorder } };
        Assert.Equal(term, GaussianDisorderHop<Scalar>.Of(Pack.One(device), device).PositionalTerm);
    }

    [Theory]
    [InlineData(0.38)]
    [InlineData(1.2)]
    public void The_washboard_drifts_as_the_integral_over_its_period_says(double barrier)
    {
        double m = InverseThermal * barrier;
        Func<double, double> washboard = Factor(HopLaw.Washboard, barrier);
        Assert.Equal(1, washboard(0), 1e-14);
        foreach (double x in new[] { 0.01, 2, 0.3 * m, Math.PI * m / 2, 1.001 * Math.PI * m / 2, 3 * m })
            Assert.Equal(1, washboard(x) / (Period(m, 0) / Period(m, x)), 1e-12);
        // Beyond the critical field the mobility tends to that of free motion.
        double free = Math.Pow(Bessel(m / 2), 2), far = Math.Min(40 * m, 600);
        Assert.Equal(1, washboard(far) * Math.Sinh(far) / far / free, 0.01);
    }

    [Fact]
    public void Far_below_the_critical_field_a_high_barrier_is_escaped_as_Kramers_says()
    {
        const double Barrier = 4, Tilt = 0.4;
        double m = InverseThermal * Barrier, x = Tilt * Math.PI * m / 2;
        double lowered = m * (Math.Sqrt(1 - Tilt * Tilt) - Tilt * Math.Acos(Tilt));
        Assert.Equal(Math.Log(Math.Sqrt(1 - Tilt * Tilt)) + m - lowered - x, Math.Log(Factor(HopLaw.Washboard, Barrier)(x)), 0.01);
    }

    /// <summary>Integral of cosh(2 x s) I_0(m cos(pi s)) over a period, by panels of Gauss and Legendre.</summary>
    private static double Period(double m, double x)
    {
        // 256 panels of Gauss's five points over half of the even integrand.
        double[] point = [0, 0.538469310105683, 0.906179845938664], weight = [0.568888888888889, 0.478628670499366, 0.236926885056189];
        double sum = 0;
        for (int panel = 0; panel < 256; panel++)
            for (int k = -2; k <= 2; k++)
            {
                double s = (panel + 0.5 + Math.Sign(k) * point[Math.Abs(k)] / 2) / 512;
                sum += weight[Math.Abs(k)] / 512 * Math.Cosh(2 * x * s) * Bessel(m * Math.Cos(Math.PI * s));
            }
        return sum;
    }

    /// <summary>I_0(z) by its integral over an angle; the trapezoidal rule converges exponentially.</summary>
    private static double Bessel(double z) => Enumerable.Range(0, 400).Average(i => Math.Exp(z * Math.Cos(2 * Math.PI * i / 400)));

    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.7)]
    [InlineData(9)]
    public void One_hop_per_edge_is_the_master_equation(double u)
    {
        // h = a: a/(2h) = 1/2, and the flux over D0/a^2 is e^(u/2) c_L - e^(-u/2) c_R.
        double flux = Flux(HopLaw.Sinh, false)(3e25, 8e25, u, 0.5);
        double master = Math.Exp(u / 2) * 3e25 - Math.Exp(-u / 2) * 8e25;
        Assert.Equal(1, flux / master, 1e-13);
    }

    [Fact]
    public void Short_hops_are_the_scheme_of_Scharfetter_and_Gummel()
    {
        double u = 1.7, flux = Flux(HopLaw.Sinh, false)(3e25, 8e25, u, 1e-6);
        double expected = u / (1 - Math.Exp(-u)) * 3e25 - u / (Math.Exp(u) - 1) * 8e25;
        Assert.Equal(1, flux / expected, 1e-11);
    }

    [Fact]
    public void In_a_neutral_film_the_flux_is_the_reduced_law()
    {
        // J h/D0 = g(x) u c = 2 (h/a) sinh(x) c for equal ends, whatever the edge's length.
        foreach (double hops in new[] { 0.2, 1.4, 6 })
            Assert.Equal(1, Flux(HopLaw.Sinh, false)(4e25, 4e25, 3, hops) / (Math.Sinh(3 * hops) / hops * 4e25), 1e-13);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.5)]
    [Covers(typeof(InsertionDiffusion<,>), typeof(HydrogenDiffusivity<>), typeof(LinearFlow<>))]
    public void Hydrogen_diffuses_down_the_potential_that_the_interface_sees(int species, double interaction)
    {
        ChemicalPotentials<Scalar> potentials = new Chemistry(species, interaction, false, false).Potentials;
        Device device = new()
        {
            Wo3 = new()
            {
                Diffusivity = 3e-14,
                DiffusionLaw = DiffusionLaw.Thermodynamic,
                TracerDiffusivityDilute = 1e-13,
                TracerDiffusivityRich = 1e-13 * Math.Exp(-15 * 0.3),
                TracerRichComposition = 0.3,
                DiffusionActivationEnergy = 0.35,
                DiluteSpecies = species,
                InteractionPotential = interaction,
            },
        };
        double reference = 1 / Constants.ThermalVoltage(device.Heat.ReferenceTemperature);
        var diffusion = InsertionDiffusion<Scalar, Warm>.Of(Pack.One(device), device);
        var random = new Random(6);
        for (int sample = 0; sample < 50; sample++)
        {
            double inverse = TermSamples.Argument("inverseThermalVoltage", random), y = TermSamples.Argument("composition", random);
            double c = y * 1.86e28;
            double Flow(double left, double right) =>
                diffusion.Evaluate<Scalar>(new(left), new(right), default, new(inverse), new(new(1), default));
            Assert.Equal(0, Flow(c, c));
            // A small fall of C: tracer coefficient times C/kT times the fall of mu.
            double left = c * (1 + 1e-4), right = c * (1 - 1e-4);
            double fall = potentials.Inserted<Scalar>(new(left), new(1 / inverse))
                - potentials.Inserted<Scalar>(new(right), new(1 / inverse));
            double tracer = 1e-13 * Math.Exp(-15 * y - 0.35 * (inverse - reference));
            Assert.Equal(1, Flow(left, right) / (tracer * c * inverse * fall), 1e-7);
        }
        device = device with { Wo3 = device.Wo3 with { DiffusionLaw = DiffusionLaw.Fick } };
        var fick = InsertionDiffusion<Scalar, Isothermal>.Of(Pack.One(device), device).Linear;
        Assert.Equal(3e-14 * 2e25 * 7, fick.Evaluate<Scalar>(new(5e25), new(3e25), default, default, fick.Edge(new(2), new(14), new(1))),
            1e-2);
    }

    [Fact]
    [Covers(typeof(Poisson<>))]
    public void A_parabola_of_the_potential_carries_the_charge_of_Poissons_equation()
    {
        // phi'' = -q (c - c_fix)/eps between nodes 1 nm apart, of 1 nm^3 and 1 nm^2.
        Device device = new();
        var poisson = Poisson<Scalar>.Of(Pack.One(device), device);
        const double H = 1e-9, Curvature = -3e15;
        double excess = -Curvature * Constants.VacuumPermittivity * device.Psg.RelativePermittivity / Constants.ElementaryCharge;
        double capacitance = poisson.Permittivity * H, displacement = capacitance * Curvature * H * H,
            charge = Constants.ElementaryCharge * H * H * H;
        double row = poisson.Row<Scalar>(new(device.Psg.FixedChargeDensity + excess), new(charge), new(displacement));
        Assert.Equal(0, row / displacement, 1e-9);
        Assert.True(poisson.Row<Scalar>(new(device.Psg.FixedChargeDensity), new(charge), default) == 0.0);
    }

    [Fact]
    [Covers(typeof(TrapExchange<>))]
    public void Traps_rest_at_any_field_where_they_rest_without_and_exchange_faster()
    {
        var chemistry = new Chemistry(1, 0, false, siteLimited: false);
        TrapExchange<Scalar> traps = chemistry.Traps;
        double mobile = TrapExchange.RestDensity(chemistry.Trapping.Psg), bound = chemistry.Trapping.Psg.FixedChargeDensity - mobile;
        double Capture(double c, double b, double field) => traps.Capture<Scalar>(new(c), new(b), new(field), new(InverseThermal));
        double oneWay = traps.ReleaseRate * bound;
        Assert.Equal(0, Capture(mobile, bound, 0) / oneWay, 1e-13);
        Assert.True(Capture(mobile * 1.001, bound, 0) > 0);
        Assert.True(Capture(mobile, bound * 1.001, 0) < 0);
        foreach (double field in new[] { -1e9, 1e5, 1e8, 1e9 })
            Assert.Equal(0, Capture(mobile, bound, field) / oneWay, 1e-10);
        Assert.Equal(Capture(2 * mobile, bound, 1e8), Capture(2 * mobile, bound, -1e8), 1e-12 * oneWay);
        // Poole-Frenkel, smoothly capped; the rounding near zero field takes off less than 1 % here. The cap itself at an absurd field.
        double Gain(double field) => Math.Log(Capture(2 * mobile, bound, field) / Capture(2 * mobile, bound, 0)) / InverseThermal;
        double lowering = Math.Sqrt(Constants.ElementaryCharge * 1e7 / (Math.PI * 2.1 * Constants.VacuumPermittivity));
        double capped = lowering / Math.Pow(1 + Math.Pow(lowering / 0.2, 4), 0.25);
        Assert.Equal(capped, Gain(1e7), 0.01 * capped);
        Assert.Equal(0.2, Gain(1e12), 1e-3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_field_protons_are_captured_down_their_chemical_potential(bool siteLimited)
    {
        var chemistry = new Chemistry(1, 0, false, siteLimited);
        var random = new Random(9);
        for (int sample = 0; sample < 100; sample++)
        {
            Scalar c = new(TermSamples.Argument("density", random)), thermal = new(TermSamples.Argument("thermalVoltage", random));
            // b of equal potential, then one a little off.
            double odds = Math.Exp(chemistry.Traps.Activity.Potential(c, thermal) / thermal) / chemistry.Traps.InverseRestOdds;
            double Capture(double b) => chemistry.Traps.Capture(c, new(b), default, Scalar.Reciprocal(thermal));
            double balanced = odds / (1 + odds) * chemistry.Trapping.Psg.TrapDensity;
            Assert.Equal(0, Capture(balanced) / (chemistry.Traps.ReleaseRate * balanced), 1e-12);
            Assert.True(Capture(balanced * 0.999) > 0);
            Assert.True(Capture(balanced * 1.001) < 0);
        }
    }

    [Fact]
    [Covers(typeof(ReadoutConductance<>))]
    public void The_conductance_of_the_film_at_rest_is_that_of_the_base_resistance()
    {
        Device d = CalibrationRules.Resolve(new());
        double perThickness = ReadoutConductance<Scalar>.Of(Pack.One(d), d)
            .PerThickness<Scalar>(new(d.Wo3.RestComposition * d.Wo3.SiteDensity));
        Assert.Equal(1 / d.Wo3.BaseResistance, perThickness * d.Wo3.Thickness, 1e-13 / d.Wo3.BaseResistance * 1e3);
        Device percolating = d with { Wo3 = d.Wo3 with { PercolationThreshold = 1e-4, PercolationExponent = 2.5 } };
        double gain = ReadoutConductance<Scalar>.Of(Pack.One(percolating), percolating)
            .PerThickness<Scalar>(new(d.Wo3.RestComposition * d.Wo3.SiteDensity)) / perThickness;
        Assert.Equal(Math.Pow(d.Wo3.RestComposition / 1e-4, 1.5), gain, 1e-12 * gain);
    }

    private static Func<double, double> Factor(HopLaw law, double barrier = 0.38) => HopLaws.Use(law, new FactorOf(barrier));

    private static Func<double, double, double, double, double> Flux(HopLaw law, bool limited) => HopLaws.Use(law, new FluxOf(limited));

    private static Device Film(bool limited, double barrier = 0.38) => new()
    {
        Psg = new()
        {
            HopDistance = 5.7e-10,
            AttemptFrequency = 1,
            ActivationEnergy = 0,
            MigrationBarrier = barrier,
            SiteDensity = limited ? SiteLimit : 0,
        },
    };

    private sealed class FactorOf(double barrier) : IHopLawUse<Scalar, Func<double, double>>
    {
        public Func<double, double> With<TLaw>()
            where TLaw : struct, IHopLaw<TLaw, Scalar>
        {
            Device film = Film(false, barrier);
            TLaw law = TLaw.Of(Pack.One(film), film);
            return x => law.Factor<Scalar>(new(x), new(InverseThermal));
        }
    }

    /// <summary>The flux over D0/h as a function of densities, u and a/(2h).</summary>
    private sealed class FluxOf(bool limited) : IHopLawUse<Scalar, Func<double, double, double, double, double>>
    {
        public Func<double, double, double, double, double> With<TLaw>()
            where TLaw : struct, IHopLaw<TLaw, Scalar> => limited ? With<TLaw, SiteLimit>() : With<TLaw, NoSiteLimit>();

        private static Func<double, double, double, double, double> With<TLaw, TLimit>()
            where TLaw : struct, IHopLaw<TLaw, Scalar>
            where TLimit : struct
        {
            Device device = Film(typeof(TLimit) == typeof(SiteLimit));
            var flux = HoppingFlux<Scalar, TLaw, TLimit, Warm, FieldAlong>.Of(Pack.One(device), device);
            return (left, right, u, hops) =>
            {
                (Scalar drop, Scalar inverse) = (new(u / InverseThermal), new(InverseThermal));
                EdgeFactors<Scalar> edge = new(new(1), new(hops));
                Scalar flow = flux.Evaluate(new(left), new(right), drop, inverse, edge, out FlowSlopes<Scalar> slopes);
                double oneWay = Math.Abs(slopes.ByLeft * left) + Math.Abs(slopes.ByRight * right);
                Assert.Equal(flow, flux.Evaluate<Scalar>(new(left), new(right), drop, inverse, edge),
                    1e-14 * Math.Max(4, Math.Abs(u)) * oneWay);
                var dual = flux.Evaluate(Seed(left, 0), Seed(right, 1), Seed(drop, 2), Seed(inverse, 3), edge).Slope;
                Assert.Equal(dual.D0, slopes.ByLeft, 1e-12 * Math.Abs(dual.D0));
                Assert.Equal(dual.D1, slopes.ByRight, 1e-12 * Math.Abs(dual.D1));
                Assert.Equal(dual.D2, slopes.ByDrop, 1e-12 * (Math.Abs(dual.D2) + oneWay * InverseThermal));
                Assert.Equal(dual.D3, slopes.ByInverse, 1e-12 * (Math.Abs(dual.D3) + oneWay));
                return flow;
            };

            static Dual<Scalar, Gradient4<Scalar>> Seed(double value, int index) => new(new(value), Gradient4<Scalar>.Seed(index));
        }
    }
}
