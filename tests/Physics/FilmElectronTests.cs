using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.Physics;

/// <summary>Electrons and protons of WO3 with space charge: statistics, free energy, drift.</summary>
public class FilmElectronTests
{
    private static Device Film(ElectronStatisticsLaw statistics, double localised = 0, double interaction = 0,
        DiffusionLaw law = DiffusionLaw.Fick) => CalibrationRules.Resolve(new()
        {
            Wo3 = new()
            {
                SpaceCharge = true,
                Statistics = statistics,
                LocalisedDensity = localised,
                InteractionPotential = interaction,
                DiffusionLaw = law
            },
        });

    [Fact]
    public void The_Fermi_integral_is_that_of_its_definition()
    {
        for (double eta = -25; eta < 300; eta += eta < 20 ? 0.37 : 11)
        {
            double f = FermiIntegral.Half<Scalar, Scalar>(new(eta)), exact = Integral(eta);
            Assert.True(Math.Abs(f / exact - 1) <= 1.3e-10 + 2.3e-16 / Math.Exp(Math.Min(eta, 0)), $"{f} instead of {exact} at {eta}");
            if (eta <= -10)
                continue;
            Assert.Equal(eta, FermiIntegral.InverseHalf(f), 1e-11 * Math.Max(1, Math.Abs(eta)));
            Assert.Equal(eta - Math.Log(f), FermiIntegral.Degeneracy<Scalar, Scalar>(new(f)), 1e-11 * Math.Max(1, Math.Abs(eta)));
        }
    }

    /// <summary>(4/sqrt(pi)) int_0^inf u^2/(1 + e^(u^2 - eta)) du: the trapezoidal rule converges exponentially.</summary>
    private static double Integral(double eta)
    {
        double h = Math.Min(0.02, Math.PI * Math.PI / (45 * Math.Sqrt(Math.Max(eta, 1)))), sum = 0;
        for (double u = h / 2; u * u < Math.Max(eta, 0) + 60; u += h)
            sum += u * u / (Math.Exp(u * u - eta) + 1);
        return 4 / Math.Sqrt(Math.PI) * h * sum;
    }

    [Theory]
    [InlineData(ElectronStatisticsLaw.Boltzmann)]
    [InlineData(ElectronStatisticsLaw.FermiDirac)]
    [Covers(typeof(ElectronStatistics<>), typeof(ConductingElectrons<>))]
    public void Electrons_have_the_density_and_the_free_energy_of_their_statistics(ElectronStatisticsLaw law)
    {
        Device device = Film(law, 1e17);
        var electrons = ElectronStatistics<Scalar>.Of(Pack.One(device), device);
        double rest = 2.87e-4 * 1.86e28 + 1e17 / 10e-9, thermal = Constants.ThermalVoltage(300);
        Assert.Equal(rest, electrons.RestDensity, 1e-9 * rest);
        Assert.Equal(0, electrons.Excess<Scalar>(default) / rest, 1e-9);
        Assert.Equal(0, electrons.Energy<Scalar>(default) / (rest * 1.4e-20), 1e-9);
        double level = FermiIntegral.InverseHalf(rest / 2.509e25), scale = Integral(level) / rest;
        foreach (double band in new[] { -0.15, -0.05, 0.01, 0.1, 0.3 })
        {
            double n = electrons.Excess<Scalar>(new(band)) + rest;
            double exact = law == ElectronStatisticsLaw.Boltzmann ? rest * Math.Exp(band / thermal)
                : Integral(level + band / thermal) / scale;
            Assert.Equal(1, n / exact, 1e-9);
            Assert.Equal(band, electrons.Band<Scalar>(new(n)), 1e-9);
            electrons.Excess(new(band), out Scalar slope);
            double[] slopes = Richardson.Derivative(b => [electrons.Excess<Scalar>(new(b)), electrons.Energy<Scalar>(new(b))], band, 1e-3);
            Assert.Equal(1, slopes[0] / slope, 1e-7);
            // dF/db = q b dn/db.
            Assert.Equal(1, slopes[1] / (Constants.ElementaryCharge * band * slope), 1e-6);
            double conducting = ConductingElectrons<Scalar>.Of(Pack.One(device), device).At<Scalar>(new(2e25), new(band));
            Assert.Equal(1, conducting / (n * 2e25 / (2e25 + 1e25)), 1e-9);
        }
    }

    [Theory]
    [InlineData(ElectronStatisticsLaw.Boltzmann)]
    [InlineData(ElectronStatisticsLaw.FermiDirac)]
    [Covers(typeof(ElectronDrift<>))]
    public void Electrons_run_up_the_potential_down_to_where_their_own_is_uniform(ElectronStatisticsLaw law)
    {
        Device device = Film(law, 1e18);
        var electrons = ElectronStatistics<Scalar>.Of(Pack.One(device), device);
        var drift = ElectronDrift<Scalar>.Of(Pack.One(device), device);
        EdgeFactors<Scalar> edge = drift.Edge(new(1e-10), new(1), new(1));
        double rest = electrons.RestDensity;
        var random = new Random(5);
        for (int k = 0; k < 50; k++)
        {
            double left = rest * Math.Pow(10, 4 * random.NextDouble() - 2), right = rest * Math.Pow(10, 4 * random.NextDouble() - 2);
            double Band(double n) => electrons.Band<Scalar>(new(n));
            // The last argument but one is the temperature of the lattice: it does not matter.
            double Flow(double lift) => drift.Evaluate<Scalar>(new(left), new(right), new(lift), new(1 / 0.04), edge);
            double balance = Band(right) - Band(left), oneWay = Math.Abs(Flow(balance + 0.026) - Flow(balance - 0.026));
            Assert.Equal(0, Flow(balance) / oneWay, 1e-12);
            Assert.True(Flow(balance + 1e-3) > 0 && Flow(balance - 1e-3) < 0);
            // Near equilibrium: mu_e n times the gradient of psi.
            double near = left * (1 + 1e-5), small = drift.Evaluate<Scalar>(new(left), new(near), default, new(1 / 0.04), edge);
            Assert.Equal(1, small / (device.Wo3.ElectronMobility * left * (Band(left) - Band(near)) / 1e-10), 1e-4);
        }
    }

    [Theory]
    [InlineData(0, DiffusionLaw.Fick)]
    [InlineData(0.4, DiffusionLaw.Fick)]
    [InlineData(0.4, DiffusionLaw.Thermodynamic)]
    [Covers(typeof(InsertionDrift<,>), typeof(SubstrateOxide<>))]
    public void Inserted_protons_run_down_their_electrochemical_potential(double interaction, DiffusionLaw law)
    {
        Device device = Film(ElectronStatisticsLaw.Boltzmann, 0, interaction, law);
        var drift = InsertionDrift<Scalar, Isothermal>.Of(Pack.One(device), device);
        var edge = drift.Edge(new(1e-10), new(1), new(1));
        double thermal = Constants.ThermalVoltage(300), sites = device.Wo3.SiteDensity;
        var random = new Random(5);
        for (int k = 0; k < 50; k++)
        {
            double y = TermSamples.Argument("composition", random), z = TermSamples.Argument("composition", random);
            double Potential(double c) => thermal * Math.Log(c / (1 - c)) + interaction * c;
            double Flow(double drop) => drift.Evaluate<Scalar>(new(y * sites), new(z * sites), new(drop), new(1 / thermal), edge);
            double balance = Potential(z) - Potential(y), oneWay = Math.Abs(Flow(balance + thermal) - Flow(balance - thermal));
            Assert.Equal(0, Flow(balance) / oneWay, 1e-13);
            Assert.True(Flow(balance + 1e-3) > 0 && Flow(balance - 1e-3) < 0);
            // Near equilibrium: mobility times gradient; Fick's D_H C (1-y)/kT, by the thermodynamic law D_tracer C/kT.
            double near = y * (1 + 1e-5), d = law == DiffusionLaw.Fick ? device.Wo3.Diffusivity * (1 - y) : 1e-13 * Math.Pow(1e-2, y / 0.3);
            double small = drift.Evaluate<Scalar>(new(y * sites), new(near * sites), default, new(1 / thermal), edge);
            Assert.Equal(1, small / (d * y * sites / thermal * (Potential(y) - Potential(near)) / 1e-10), 1e-4);
        }
        Assert.Equal(3.9 * 8.8541878188e-12 / 300e-9, SubstrateOxide<Scalar>.Of(Pack.One(device), device).Capacitance, 1e-12);
    }
}
