using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.Physics;

/// <summary>Laws of the gas: bubbles, their nuclei, and what hydrogen does when it is dense.</summary>
public class GasTermTests
{
    [Fact]
    [Covers(typeof(BubbleGrowth<>), typeof(BubbleGas<>), typeof(HydrogenLeak<>))]
    public void Bubbles_have_the_radius_of_their_content_and_fill_and_empty_down_the_gradient_of_fugacity()
    {
        Device d = new()
        {
            Gas = new()
            {
                Enabled = true,
                SurfaceTension = 0.3,
                ShapeFactor = 0.2,
                BubbleDensity = 2e14,
                GrowthTime = 1e-6
            }
        };
        var growth = BubbleGrowth<Scalar>.Of(Pack.One(d), d);
        var gas = BubbleGas<Scalar>.Of(Pack.One(d), d);
        double kT = Constants.Boltzmann * 300, covolume = 15.84e-6 / Constants.Avogadro, henry = d.Gas.HenryConstant;
        double Growth(double dissolved, double bubbles) =>
            growth.Rate(new InterfaceState<Scalar> { Amounts = new() { Dissolved = new(dissolved), Bubbles = new(bubbles) } }, default);
        double last = double.PositiveInfinity;
        foreach (double radius in new[] { 0.5e-9, 2e-9, 20e-9, 5e-6 })
        {
            // Content, pressure and fugacity of a radius, by hand.
            double pressure = 1e5 + 0.6 / radius, content = 0.2 * 4 * Math.PI / 3 * Math.Pow(radius, 3) * pressure
                / (kT + pressure * covolume);
            double bubbles = 2e14 * content, fugacity = pressure / 1e5 * Math.Exp(covolume * pressure / kT),
                slowed = 1 + 2.1 * fugacity / 1e5;
            Assert.Equal(1, gas.Radius<Scalar>(new(bubbles)) / radius, 1e-12);
            Assert.Equal(1, gas.Pressure<Scalar>(new(radius)) / pressure, 1e-12);
            Assert.Equal(Math.Log(fugacity), gas.LogFugacity<Scalar>(new(bubbles)), 1e-10);
            // The smaller a bubble, the higher its fugacity.
            Assert.True(fugacity < last);
            last = fugacity;
            Assert.Equal(0, Growth(henry * fugacity, bubbles) / (henry * fugacity * 1e6), 1e-10);
            Assert.Equal(1, Growth(1.1 * henry * fugacity, bubbles) / (0.1 * henry * fugacity * 1e6 / slowed), 1e-8);
            Assert.Equal(-1, Growth(0.9 * henry * fugacity, bubbles) / (0.1 * henry * fugacity * 1e6) * (1 + 1.9 * fugacity / 1e5), 1e-8);
        }
        // Without a bubble there is none, whatever is dissolved.
        Assert.Equal(0.0, Growth(1e3 * henry, 0));
        var leak = HydrogenLeak<Scalar>.Of(Pack.One(d), d);
        double Leak(double dissolved) => leak.Rate(new InterfaceState<Scalar> { Amounts = new() { Dissolved = new(dissolved) } }, default);
        Assert.Equal(0.0, Leak(HenryLaw.AtRest(d)));
        Assert.Equal(20 * 1e15, Leak(1e15 + HenryLaw.AtRest(d)), 1e6);
    }

    [Fact]
    [Covers(typeof(BubbleNucleation<>))]
    public void The_critical_nucleus_is_in_equilibrium_with_the_dissolved_gas_and_its_barrier_is_the_work_to_make_it()
    {
        Device d = new() { Gas = new() { Enabled = true, SurfaceTension = 0.2, ShapeFactor = 0.05 } };
        var law = BubbleNucleation<Scalar>.Of(Pack.One(d), d);
        double kT = Constants.Boltzmann * 300, covolume = 15.84e-6 / Constants.Avogadro, henry = d.Gas.HenryConstant;
        foreach (double pressure in new[] { 2e5, 3e7, 4e8 })
        {
            double fugacity = pressure / 1e5 * Math.Exp(covolume * pressure / kT), radius = 0.4 / (pressure - 1e5);
            Scalar dissolved = new(henry * fugacity);
            Assert.Equal(1, law.Pressure(dissolved) / pressure, 1e-10);
            // Work to make it: the wall less the volume work, s (4 pi r^2 gamma - 4 pi r^3/3 (p - p_0)).
            double work = 0.05 * 4 * Math.PI * radius * radius * (0.2 - radius * (pressure - 1e5) / 3);
            Assert.Equal(1, law.Barrier<Scalar>(new(pressure - 1e5)) * kT / work, 1e-10);
            Assert.Equal(Math.Log(dissolved * Math.Sqrt(0.4 / (Math.PI * 2.01588e-3 / Constants.Avogadro))) - work / kT,
                law.LogRate(dissolved), 1e-4 + 1e-9 * work / kT);
        }
    }

    /// <summary>Without a volume of its own the gas is ideal: p is the fugacity.</summary>
    [Fact]
    public void A_nucleus_of_an_ideal_gas_has_the_fugacity_as_its_pressure()
    {
        Device d = new() { Gas = new() { Enabled = true, ExcludedVolume = 0 } };
        var law = BubbleNucleation<Scalar>.Of(Pack.One(d), d);
        Assert.Equal(1, law.Pressure(new Scalar(3 * d.Gas.HenryConstant)) / 3e5, 1e-12);
    }

    [Fact]
    [Covers(typeof(AbelNoble<>))]
    public void Hydrogen_is_ideal_when_thin_and_has_its_own_volume_when_dense()
    {
        Device d = new();
        var gas = AbelNoble<Scalar>.Of(Pack.One(d), d);
        Scalar thermalEnergy = new(Constants.Boltzmann * 300);
        Assert.Equal(1e20 * thermalEnergy, gas.Pressure<Scalar>(new(1e20), thermalEnergy), 1e-5 * 1e20 * thermalEnergy);
        // V = RT/p + b: 15.84 cm^3/mol more than the ideal gas at any pressure.
        foreach (double volume in new[] { 20e-6, 40e-6, 1e-3 })
        {
            double pressure = gas.Pressure<Scalar>(new(Constants.Avogadro / volume), thermalEnergy);
            Assert.Equal(volume - 15.84e-6, Constants.Avogadro * thermalEnergy / pressure, 1e-12 * volume);
            Assert.Equal(15.84e-6 * pressure / (Constants.Avogadro * thermalEnergy),
                gas.LogFugacityCoefficient<Scalar>(new(pressure), thermalEnergy), 1e-12);
        }
    }
}
