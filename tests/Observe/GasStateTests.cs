using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Tests.Assembly;
using Xunit;

namespace FvSolver.Tests.Observe;

public class GasStateTests
{
    private readonly DeviceSimulation _device = new(new DeviceOptions { Gas = true }.Device(), new() { PsgCells = 9, Wo3Cells = 3 }, new());

    private UnknownLayout U => _device.Layout;

    [Fact]
    public void Gas_that_goes_against_its_gradient_is_counted_where_both_ends_of_a_step_see_the_gradient()
    {
        Device d = _device.Device;
        double area = U.ChannelInterfaces.Sum(f => f.Area), solubility = d.Gas.Solubility * d.Gas.DissolutionDepth;
        double content = 100 / area;
        var bubbles = BubbleGas<Scalar>.Of(Pack.One(d), d);
        var gas = new GasState(_device);
        // Moves bubbles to a number of molecules, and the dissolved gas to a multiple of the fugacity in them.
        double Look(double molecules, double drop)
        {
            Scalar density = new(content * molecules / 100);
            _device.State[U.Bubbles] = density;
            _device.State[U.Dissolved] = new(Math.Exp(bubbles.LogFugacity(density)) * drop * solubility);
            return gas.Uphill();
        }
        Look(100, 2);
        Assert.Equal(20, Look(80, 2), 1e-9);
        Assert.Equal(0, Look(90, 2));
        Assert.Equal(0, Look(70, 1.0005));
        Assert.Equal(0, Look(60, 2));
        Assert.Equal(0, Look(50, 1.0005));
        Look(50, 0.5);
        Assert.Equal(5, Look(55, 0.5), 1e-9);
        Assert.Equal(0, Look(45, 0.5));
        Assert.Equal(0, Look(55, 2));
    }

    [Fact]
    public void A_coverage_that_is_no_fraction_stands_for_no_fugacity()
    {
        var gas = new GasState(_device);
        foreach (double coverage in new[] { -1e-3, 0, 1, 1.001 })
        {
            _device.State[U.Coverage] = new(coverage);
            Assert.Equal(double.NegativeInfinity, gas.LogFugacity);
        }
        _device.State[U.Coverage] = new(0.5);
        Assert.True(double.IsFinite(gas.LogFugacity));
    }
}
