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
        int run = 0;
        for (int k = 0; k < devices; k++)
        {
            if (Change(random, factor, changes) is not { } definition)
                continue;
            run++;
            IReadOnlyDictionary<string, Figure> figures = CaseFigures.Of(definition, ["proton_imbalance"]);
            Assert.True(Math.Abs(figures["proton_imbalance"].Value) < 1e-9, string.Join(' ', definition.Settings));
        }
        Assert.True(run > devices / 2);
    }

    [Fact]
    public void One_with_fewer_sites_than_protons_is_refused_in_one_line()
    {
        Device device = CalibrationRules.Resolve(new() { Psg = new() { FixedChargeDensity = 2e26, SiteDensity = 1e26 } });
        string message = Assert.Throws<ArgumentException>(() => new DeviceSimulation(device, new MeshSettings(), new())).Message;
        Assert.Equal(
            "psg.site_density is 1e+26 m^-3; it must be 0 (no limit) or greater than psg.fixed_charge_density, 2e+26 m^-3.", message);
    }

    // The rest voltage follows from them.
    private static readonly string[] s_kept = ["pd.hydrogen_pressure", "hypotheses.cell_offset"];

    /// <summary>A changed device; null where the changes contradict each other, or break the film down.</summary>
    private static CaseDefinition? Change(Random random, double factor, int changes)
    {
        Parameter[] numbers = [.. ParameterCatalogue.Device.Parameters.Where(p => p.Type == typeof(double)).OrderBy(_ => random.Next())
            .Take(changes)];
        CaseDefinition given = CaseReader.Read("single", ["preset=onen2022-v1"]);
        List<string> settings = [];
        foreach (Parameter p in numbers)
        {
            double value = (double)p.Read(given.Device) * (random.Next(2) == 0 ? factor : 1 / factor);
            if (value != 0 && !p.ByRule && p.Violation(value) is null && !s_kept.Contains(p.Path))
                settings.Add(CaseFigures.Setting(p.Path, value));
        }
        try
        {
            CaseDefinition device = CaseReader.Read("single", ["preset=onen2022-v1", .. settings], acceptImplausible: true);
            return 10 / device.Device.Psg.Thickness > 2e9 ? null : device;
        }
        catch (InputException)
        {
            return null;
        }
    }
}
