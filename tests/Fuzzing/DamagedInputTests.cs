using System.Text;
using FvSolver.Cases.Fits;
using FvSolver.Cases.Fits.Calibration;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Sweeps;
using FvSolver.Mesh;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Fuzzing;

/// <summary>Whatever is done to an input, it is read or refused in one line.</summary>
/// <remarks>The number of damaged files of each kind is that of the environment variable
/// <c>FV_FUZZ</c>; a few hundred by default.</remarks>
public class DamagedInputTests
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("FV_FUZZ"), out int count) ? count : 400;

    private const string Case = """
        title = "a"
        [psg]
        thickness = "9 nm"
        [heat]
        enabled = true
        [[protocol]]
        type = "pulses"
        amplitude = ["10 V", -8.5]
        width = "5 ns"
        count = 3
        until = { conductance_above = "20 nS" }
        [[protocol]]
        type = "repeat"
        count = 2
        steps = [ { type = "hold", voltage = 1.0, duration = "1 us" }, { type = "rest", duration = 1 } ]
        """;

    private const string Study = """
        name = "s"
        case = "single"
        outputs = ["step_first"]
        [[axis]]
        path = "psg.thickness"
        linear = { from = "9 nm", to = "10 nm", count = 3 }
        [[axis]]
        path = "wo3.thickness"
        values = [9e-9, 1e-8]
        [sample]
        method = "sobol"
        count = 2
        [[sample.parameter]]
        path = "psg.hop_distance"
        lognormal = { median = 5e-10, sigma = 0.1 }
        """;

    private const string Csv = "# scope\ntime [ns];voltage (V);x\n0;0,75;1\n1;10;2\n1;2,5;3\n5;\"0,75\";4\n9;open;5\n";

    [Fact]
    public void Cases() => Damage(Case, text => CaseReader.Parse(text, "a.toml"));

    [Fact]
    public void Settings() => Damage("protocol.0.amplitude=[\"9 V\", -8.0]", text => CaseReader.Parse(Case, "a.toml", null, [text]));

    [Fact]
    public void Sweeps() => Damage(Study, text => SweepFile.Parse(text, "s.toml").Points(_ => 1), e => e is ArgumentException);

    [Fact]
    public void Targets() => Damage(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "onen2022.toml")),
        text => TargetsFile.Parse(text, "t.toml"));

    [Fact]
    public void Tables() => Damage(Csv.Replace("9;open;5\n", ""), text =>
    {
        CsvColumns csv = CsvColumns.Parse(text, "a.csv");
        foreach (string name in csv.Names)
            csv.Column(name);
    });

    [Fact]
    public void Waveforms()
    {
        using var work = new TemporaryDirectory();
        Damage(Csv, text =>
        {
            File.WriteAllText(work["w.csv"], text);
            CaseReader.Parse("[[protocol]]\ntype = \"table\"\nfile = \"w.csv\"", "a.toml", work.Path);
        });
    }

    [Theory]
    [InlineData("stack22.msh")]
    [InlineData("stack41.msh")]
    public void Meshes(string file)
    {
        var options = new GmshOptions
        {
            Depth = 5e-8,
            Scale = 1e-9,
            Repair = true,
            Materials = new Dictionary<string, MaterialKind>
            {
                ["gate"] = MaterialKind.GateMetal,
                ["psg"] = MaterialKind.Electrolyte,
                ["channel"] = MaterialKind.Channel,
                ["oxide"] = MaterialKind.Oxide,
            },
        };
        Damage(File.ReadAllText(Path.Combine(Checkout.Root, "tests", "Mesh", "Data", file)),
            text => GmshReader.Read(new StringReader(text), "m.msh", options), e => e is MeshException);
    }

    [Fact]
    public void Results()
    {
        using var work = new TemporaryDirectory();
        CaseRun.Start(CaseReader.Read("single", ["mesh.psg_cells=12", "mesh.wo3_cells=4"]), work["r.h5"], "").Run(null, default);
        byte[] whole = File.ReadAllBytes(work["r.h5"]);
        // Without the digest at the end damage is not noticed as such.
        byte[] unsealed = whole[..^40];
        for (int seed = 0; seed < Count; seed++)
        {
            File.WriteAllBytes(work["d.h5"], Mutation.Of(seed % 2 == 0 ? whole : unsealed, seed));
            Judge(seed, () => ResultFile.Read(work["d.h5"]), e => e is OutputException);
        }
    }

    private static void Damage(string original, Action<string> read, Func<Exception, bool>? mayThrow = null)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(original);
        read(original);
        for (int seed = 0; seed < Count; seed++)
        {
            string text = Encoding.UTF8.GetString(Mutation.Of(bytes, seed));
            Judge(seed, () => read(text), mayThrow);
        }
    }

    private static void Judge(int seed, Action read, Func<Exception, bool>? mayThrow)
    {
        Exception? ending = Record.Exception(read);
        if (ending is null)
            return;
        Assert.True(ending is InputException || mayThrow?.Invoke(ending) == true, $"seed {seed}: {ending}");
        Assert.DoesNotContain(ending.Message, char.IsControl);
    }
}
