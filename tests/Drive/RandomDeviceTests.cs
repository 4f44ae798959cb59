using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>Devices that nobody designed: every parameter halved or doubled, or some off by ten.</summary>
public class RandomDeviceTests
{
    [Theory]
    [InlineData(11, 15, 10, 3)]
    [InlineData(11, 15, 2, int.MaxValue)]
    [InlineData(12, 15, 2, int.MaxValue)]
    public void None_fails(int seed, int devices, double factor, int changes)
    {
        var random = new Random(seed);
        var device = new RandomDevice("onen2022-v1", factor, changes) { Kept = [] };
        AllAreBalanced([.. Enumerable.Range(0, devices).Select(_ => device.Case(random))]);
    }

    // In single ones the interface or the first plane of WO3 fills.
    [Theory]
    [InlineData(1490, 15)]
    [InlineData(1097, 1)]
    [InlineData(1294, 1)]
    [InlineData(1323, 1)]
    [InlineData(1385, 1)]
    [InlineData(1554, 1)]
    public void None_with_fast_rates_or_full_sites_fails(int first, int devices)
    {
        var device = new RandomDevice("onen2022-v1", 2);
        AllAreBalanced([.. Enumerable.Range(first, devices).Select(seed => device.Case(new(seed)))]);
    }

    [Fact]
    public void One_with_fewer_sites_than_protons_is_refused_in_one_line()
    {
        Device device = CalibrationRules.Resolve(new() { Psg = new() { FixedChargeDensity = 2e26, SiteDensity = 1e26 } });
        string message = Assert.Throws<ArgumentException>(() => new DeviceSimulation(device, new MeshSettings(), new())).Message;
        Assert.Equal(
            "psg.site_density is 1e+26 m^-3; it must be 0 (no limit) or greater than psg.fixed_charge_density, 2e+26 m^-3.", message);
    }

    private static void AllAreBalanced(IReadOnlyList<string> texts)
    {
        int run = 0;
        foreach (string text in texts)
        {
            if (RandomDevice.Read(text) is not { } definition)
                continue;
            run++;
            IReadOnlyDictionary<string, Figure> figures = CaseFigures.Of(definition, ["proton_imbalance", "charge_imbalance"]);
            Assert.All(figures.Values, balance => Assert.True(Math.Abs(balance.Value) < 1e-9, text));
        }
        Assert.True(run > texts.Count / 2);
    }
}
