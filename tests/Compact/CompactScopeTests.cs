using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Model;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Compact;

public class CompactScopeTests
{
    private const string Case = """
        title = "one pulse"

        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        count = 1
        rest = "1 s"

        """;

    [Theory]
    [InlineData("psg.hop_law=saturating", "psg.hop_law = saturating: the compact model has sinh only")]
    [InlineData("interface.kinetics=marcus", "interface.kinetics = marcus: the compact model has butler-volmer only")]
    [InlineData("pd.kinetics=marcus", "pd.kinetics = marcus: the compact model has butler-volmer only")]
    [InlineData("wo3.diffusion_law=thermodynamic", "wo3.diffusion_law = thermodynamic: the compact model has fick only")]
    [InlineData("preset=dilute",
        "psg.fixed_charge_density = 4.8e+21: the compact model needs a Debye length of at most a quarter of the film, it is 34.1 nm")]
    [InlineData("preset=trapping", "psg.trap_density = 8e+25: the compact model has no traps, it must be 0")]
    [InlineData("interface.defect_density=1e17",
        "interface.defect_density = 1e+17: of the interface's species the compact model has adsorbed hydrogen only, it must be 0")]
    [InlineData("gas.enabled=true",
        "gas.enabled = true: of the interface's species the compact model has adsorbed hydrogen only, it must be false")]
    public async Task Law_that_the_model_lacks_is_refused_in_one_line(string setting, string message)
    {
        (int code, string text) = await Run(Case, "--set", setting);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.EndsWith("one.toml: " + message, text.Trim());
        Assert.Single(text.Trim().Split('\n'));
    }

    [Fact]
    public async Task Cross_section_is_refused_in_one_line()
    {
        using var text = new StringWriter();
        int code = await CommandApplication.RunAsync(["compact", "cross-section"], [CompactCommand.Create()], new ExitCode(), text, text);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("cross_section: the compact model is of a 1-D stack; leave the table out", text.ToString());
        Assert.Single(text.ToString().Trim().Split('\n'));
    }

    [Fact]
    public void Library_refuses_as_the_command_does() =>
        Assert.Contains("sinh only", Assert.Throws<InputException>(
            () => CompactParameters.FromDevice(new Device { Psg = new() { HopLaw = HopLaw.Saturating } })).Message);

    /// <summary>n = 2 with a slope of the insertion potential, without a fit: the gate's rest voltage
    /// and the first steps of the solver.</summary>
    [Fact]
    public void Two_dilute_species_with_interaction_are_supported()
    {
        Device device = new()
        {
            Wo3 = new() { DiluteSpecies = 2, InteractionPotential = 0.5, RestComposition = 2.2e-4 },
            Interface = new() { ExchangeCurrentDensity = 30, AbsorptionRate = 1e6 },
            Gate = new() { RestVoltage = 0.75 }
        };
        PulseTrain[] train = [new() { Amplitudes = [10], Widths = [20e-9], Count = 10, Rest = 1 },
            new() { Amplitudes = [-8.5], Widths = [20e-9], Count = 5, Rest = 1 }];
        IReadOnlyList<CompactReading> solver = new SolverSource(device, new MeshSettings(),
            new SolverSettings { RelativeTolerance = 1e-4 }).Read(new("n = 2", train, 300));
        var model = new CompactModel(CompactParameters.FromDevice(device));
        IReadOnlyList<CompactPulse> compact = CompactRun.Of(model, device).Run(train);
        for (int i = 0; i < solver.Count; i++)
        {
            double before = i == 0 ? model.Conductance(default, 150e-9, 50e-9) : solver[i - 1].Conductance,
                own = i == 0 ? before : compact[i - 1].Conductance;
            Assert.Equal(1, (compact[i].Conductance - own) / (solver[i].Conductance - before), 0.1);
            Assert.Equal(solver[i].GateVoltage, compact[i].GateVoltage, 2e-3);
            // One dilute species would put the gate 20 to 40 mV lower.
            double y = model.CompositionAt(solver[i].Conductance, 150e-9, 50e-9);
            Assert.Equal(0.75 + 2 * model.ThermalVoltage * Math.Log(y) + 0.5 * 2.2e-4 * (y - 1), solver[i].GateVoltage, 1e-4);
        }
    }

    private static async Task<(int Code, string Text)> Run(string source, params string[] arguments)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["one.toml"], source);
        using var text = new StringWriter();
        int code = await CommandApplication.RunAsync(["compact", directory["one.toml"], "-o", directory["out"], .. arguments],
            [CompactCommand.Create()], new ExitCode().Map<OutputException>(2), text, text);
        Assert.False(Directory.Exists(directory["out"]));
        return (code, text.ToString());
    }
}
