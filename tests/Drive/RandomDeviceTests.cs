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
    // At 150 K and 1.7 V/nm, where first cells of a few picometres at the gate are too thin.
    [InlineData(12, 1, "default")]
    [InlineData(58, 1, "default")]
    public void None_with_fast_rates_full_sites_or_extreme_fields_fails(int first, int devices, string preset = "onen2022-v1")
    {
        var device = new RandomDevice(preset, 2);
        AllAreBalanced([.. Enumerable.Range(first, devices).Select(seed => device.Case(new(seed)))]);
    }

    [Theory]
    [InlineData("single", "psg.thickness=0.9 nm")]
    [InlineData("single", "psg.thickness=1.2 nm", "preset=onen2022-v1")]
    [InlineData("single", "psg.thickness=1.5 nm")]
    [InlineData("single", "gas.enabled=true", "heat.reference_temperature=576 K", "wo3.dilute_species=1.56",
        "heat.ambient_temperature=206 K")]
    // 102 columns of about 90 layers.
    [InlineData("half-gate", "solver.relative_tolerance=3e-2", "cross_section.cell_x=1.5 nm", "cross_section.growth=1.1",
        "cross_section.rectangles.0.cell=0.2 nm", "cross_section.rectangles.1.cell=0.4 nm")]
    public void Thin_glass_cold_gas_and_a_loose_tolerance_on_a_fine_grid_are_no_obstacles(string name, params string[] settings) =>
        IsBalanced(CaseReader.Read(name, settings));

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
        CaseDefinition[] devices = [.. texts.Select(RandomDevice.Read).OfType<CaseDefinition>()];
        Assert.All(devices, IsBalanced);
        Assert.True(devices.Length > texts.Count / 2);
    }

    private static void IsBalanced(CaseDefinition device) =>
        Assert.All(CaseFigures.Of(device, ["proton_imbalance", "charge_imbalance"]).Values,
            balance => Assert.True(Math.Abs(balance.Value) < 1e-9, device.SourceText));
}
