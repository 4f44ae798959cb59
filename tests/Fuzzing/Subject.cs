using System.Text;
using FvSolver.Cases.Fits;
using FvSolver.Cases.Fits.Calibration;
using FvSolver.Cases.Fits.Laws;
using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Sweeps;

namespace FvSolver.Tests.Fuzzing;

/// <summary>A command line on a damaged input.</summary>
/// <param name="Arguments">The command line.</param>
internal sealed record Attempt(params string[] Arguments)
{
    /// <summary>What takes its place in this process, where the command would take too long; null for the command itself.</summary>
    public Func<int>? Shortcut { get; init; }

    /// <summary>Runs it in this process.</summary>
    public Ending Run() => Shortcut is null ? Ending.Of(Arguments) : Ending.Of(Shortcut);
}

/// <summary>A kind of input that is damaged, and what reads it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">How many of all inputs are of this kind, in fiftieths: many of what costs little.</param>
/// <param name="Damage">Damages an input in a folder, by a seed.</param>
internal sealed record Subject(string Name, int Share, Func<int, string, Attempt> Damage)
{
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

    private const string Protocol = """
        [mesh]
        psg_cells = 8
        wo3_cells = 4
        [solver]
        relative_tolerance = 1e-2
        [[protocol]]
        type = "pulses"
        amplitude = ["10 V", -8.5]
        width = ["5 ns", "10 ns"]
        edge = "1 ns"
        hold = "2 ns"
        count = 3
        rest = "1 s"
        until = { conductance_above = "20 nS" }
        [[protocol]]
        type = "repeat"
        count = 2
        steps = [ { type = "hold", voltage = 1.0, duration = "1 us", edge = "1 ns" }, { type = "rest", duration = 1 } ]
        [[protocol]]
        type = "current"
        current = "1 nA"
        duration = "10 ns"
        [[protocol]]
        type = "staircase"
        start = "1 V"
        stop = "3 V"
        steps = 3
        width = "5 ns"
        [[protocol]]
        type = "pulses"
        amplitude = ["1 V", "2 V"]
        random_seed = 1
        count = 4
        width = "5 ns"
        """;

    /// <summary>A waveform as an oscilloscope writes it.</summary>
    internal const string Waveform = "# scope\ntime [ns];voltage (V);x\n0;0,75;1\n1;10;2\n1;2,5;3\n5;\"0,75\";4\n9;open;5\n";

    private const string Section = """
        preset = "onen2022-v1"
        [cross_section]
        gmsh = "m.msh"
        scale = "1 nm"
        y_points_up = true
        [cross_section.materials]
        gate = "gate-metal"
        psg = "electrolyte"
        channel = "channel"
        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        """;

    private static readonly string[] Settings =
    [
        "protocol.0.amplitude=[\"9 V\", -8.0]", "psg.thickness=9 nm", "preset=onen2022-v1", "wo3.percolation_threshold=1e-4",
        "mesh.psg_cells=30", "mesh.psg_cells=auto", "solver.relative_tolerance=1e-4", "gas.enabled=true", "protocol.0.width=6 ns",
        "heat.reference_temperature=300 K", "output.profiles_every=2", "gate.edge_time=1 ns", "pd.reservoir_sites=1e6",
        "protocol.0.until={ conductance_above = \"20 nS\" }", "solver.pulse_map=auto", "mesh.psg_first_cell_gate=10 pm",
    ];

    private static readonly string[] Meshes = ["layers22.msh", "layers41.msh", "layers22.bin.msh", "layers41.bin.msh"];
    private static readonly string[] Lines = [.. CaseLibrary.Names.Where(n => !Library(n)!.Contains("[cross_section]"))];
    private static readonly string[] Trains = [.. Lines.Where(n => !Library(n).Contains("[study]"))];
    private static readonly string[] Studies = [.. Lines.Where(n => Library(n)!.Contains("[study]"))];
    // Those with cases of the library: a file of one's own would not lie beside the damaged copy.
    private static readonly string[] Targets = [.. Directory.GetFiles(AppContext.BaseDirectory, "*.toml")
        .Where(f => File.ReadAllText(f) is var text && text.Contains("[target.", StringComparison.Ordinal)
            && !text.Contains(".toml\"", StringComparison.Ordinal)).Order()];

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<Subject> All { get; } =
    [
        new("case", 8, (seed, folder) =>
        {
            // Cross-sections cost a hundred times what other cases do.
            IReadOnlyList<string> names = seed % 50 == 0 ? CaseLibrary.Names : Lines;
            return new Attempt("check", Damaged(folder, "a.toml", Library(Of(names, seed))!, seed));
        }),
        new("set", 8, (seed, _) => new Attempt("check", Of(Trains, seed), "--set", Mutation.Of(Of(Settings, seed / Trains.Length), seed))),
        new("study", 6, (seed, folder) => seed % 4 == 0
            ? new Attempt("sweep", Damaged(folder, "s.toml", Study, seed), "--backend", "slurm", "--no-submit", "--resume",
                "-o", Path.Combine(folder, "out"))
            : new Attempt("check", Damaged(folder, "a.toml", Library(Of(Studies, seed))!, seed))),
        new("target", 5, (seed, folder) =>
        {
            string path = Damaged(folder, "t.toml", File.ReadAllText(Of(Targets, seed)), seed);
            return new Attempt("calibrate", path, "--iterations", "1", "-o", Path.Combine(folder, "p.toml"), "--force")
            {
                Shortcut = () => ReadTargets(path),
            };
        }),
        new("csv", 14, (seed, folder) =>
        {
            if (seed % 2 != 0)
            {
                string law = Of(LawCatalogue.Names, seed / 2), path = Damaged(folder, "d.csv", Points(law), seed);
                return new Attempt("fit", path, law, "-o", Path.Combine(folder, "d.png"), "--force") { Shortcut = () => FitLaw(path, law) };
            }
            Damaged(folder, "w.csv", Waveform, seed);
            return new Attempt("check", Write(folder, "a.toml", "[[protocol]]\ntype = \"table\"\nfile = \"w.csv\""));
        }),
        new("gmsh", 3, (seed, folder) =>
        {
            File.WriteAllBytes(Path.Combine(folder, "m.msh"), Mutation.Of(Mesh(seed), seed));
            return new Attempt("check", Write(folder, "a.toml", Section));
        }),
        new("hdf5", 1, ReadResult),
        new("protocol", 5, (seed, folder) =>
        {
            string path = Damaged(folder, "a.toml", Protocol, seed);
            return seed % 20 != 0 ? new Attempt("check", path)
                : new Attempt("run", path, "-o", Path.Combine(folder, "r.h5"), "--force") { Shortcut = () => RunForAMoment(path) };
        }),
    ];

    private static int ReadTargets(string path) => Reporting(() =>
    {
        TargetsFile file = TargetsFile.Read(path);
        new Calibrator(file.Parameters, file.Targets, new CaseTargets(file, path).Run);
    });

    // As 'fv fit' does, without the picture, which would take most of the time.
    private static int FitLaw(string path, string name) => Reporting(() =>
    {
        DataSource source = DataSource.Read(path);
        double[] values = source.Signed(source.Names[^1]);
        ILaw law = LawCatalogue.Create(name);
        double[][] columns = [.. source.Inputs(law.Inputs, [source.Names[^1], ""]).Select(source.Signed)];
        Fit.Run(law, new(columns, values, null));
    });

    private static T Of<T>(IReadOnlyList<T> list, int seed) => list[Math.Abs(seed) % list.Count];

    private static byte[] Mesh(int seed) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Of(Meshes, seed)));

    /// <summary>Points of no law in particular, with the columns that a law asks for.</summary>
    internal static string Points(string law)
    {
        IReadOnlyList<string> inputs = LawCatalogue.Create(law).Inputs;
        IEnumerable<string> Row(int i) => [.. inputs.Select((_, k) => $"{i + k % 2 * (i % 3)}"), $"{0.1 * i * i + 1}"];
        return string.Join('\n', Enumerable.Range(1, 8).Select(Row).Prepend([.. inputs, "y"]).Select(row => string.Join(',', row))) + "\n";
    }

    private static string Library(string name) => CaseLibrary.Find(name)!;

    private static int Reporting(Action body)
    {
        try
        {
            body();
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IOException)
        {
            throw new InputException("", 0, "", "", e.Message.TrimEnd('.'));
        }
    }

    /// <summary>The bytes of a small result, which is written to a file unless it is there.</summary>
    internal static byte[] Result(string path)
    {
        if (!File.Exists(path))
            CaseRun.Start(CaseReader.Read("single", ["mesh.psg_cells=12", "mesh.wo3_cells=4"]), path, "").Run(null, default);
        return File.ReadAllBytes(path);
    }

    private static Attempt ReadResult(int seed, string folder)
    {
        string good = Path.Combine(folder, "good.h5"), bad = Path.Combine(folder, "bad.h5");
        byte[] whole = Result(good);
        // Without the digest at the end damage is not noticed as such.
        byte[] bytes = seed % 8 == 0 ? whole : whole[..^40];
        File.WriteAllBytes(bad, seed >= 0 && seed % 4 == 1 ? Mutation.Swapped(bytes, seed) : Mutation.Of(bytes, seed));
        return (seed & 15) switch
        {
            3 => new Attempt("diff", bad, good),
            5 => new Attempt("diff", good, bad),
            7 => new Attempt("export", bad, "-o", Path.Combine(folder, "export"), "--force"),
            9 => new Attempt("run", "single", "--set", "mesh.psg_cells=12", "--set", "mesh.wo3_cells=4", "--from", bad, "--force",
                "-o", Path.Combine(folder, "r.h5"), "--no-picture"),
            _ => new Attempt("info", bad),
        };
    }

    private static int RunForAMoment(string path)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            CaseRun.Start(CaseReader.Read(path), "", "").RunUnwritten(null, end.Token);
        }
        catch (OperationCanceledException)
        {
            // Long protocols are allowed; that they end when they are told to is what is looked at.
        }
        return 0;
    }

    private static string Damaged(string folder, string name, string text, int seed) => Write(folder, name, Mutation.Of(text, seed));

    private static string Write(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        return path;
    }
}
