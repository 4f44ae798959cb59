using System.Text;
using FvSolver.Cases.Fits;
using FvSolver.Cases.Fits.Laws;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output.Hdf5;
using FvSolver.Mesh;
using SharpFuzz;

namespace FvSolver.Tests.Fuzzing.Host;

/// <summary>A parser whose inputs afl++ chooses by the branches that they reach; see the script <c>guided</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">Name of the file that it reads.</param>
/// <param name="Originals">Inputs to begin with.</param>
/// <param name="Read">Reads the file; whatever it throws but <see cref="IsRefusal">refusals</see> is a fault.</param>
internal sealed record Guided(string Name, string File, Func<IEnumerable<byte[]>> Originals, Action<string> Read)
{
    private static GmshOptions Layers => new()
    {
        Materials = new Dictionary<string, MaterialKind>
        {
            ["gate"] = MaterialKind.GateMetal,
            ["psg"] = MaterialKind.Electrolyte,
            ["channel"] = MaterialKind.Channel,
        },
        Depth = 1e-6,
        Scale = 1e-9,
        YPointsUp = true,
        Repair = true,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Guided> All { get; } =
    [
        new("case", "a.toml", () => [.. CaseLibrary.Names.Select(n => Encoding.UTF8.GetBytes(CaseLibrary.Find(n)!))],
            path => CaseReader.Read(path)),
        new("waveform", "w.csv", () => [Encoding.UTF8.GetBytes(Subject.Waveform)],
            path => CaseReader.Parse("[[protocol]]\ntype = \"table\"\nfile = \"w.csv\"", "a.toml", Path.GetDirectoryName(path))),
        new("points", "d.csv", () => LawCatalogue.Names.Select(n => Encoding.UTF8.GetBytes(Subject.Points(n))), path =>
        {
            DataSource source = DataSource.Read(path);
            foreach (string name in source.Names)
                source.Column(name);
        }),
        new("gmsh", "m.msh", () => Directory.GetFiles(AppContext.BaseDirectory, "*.msh").Select(System.IO.File.ReadAllBytes),
            path => GmshReader.Read(path, Layers)),
        new("hdf5", "r.h5", Headers, path =>
        {
            using FileStream file = System.IO.File.OpenRead(path);
            Screening.Refuse(file);
        }),
    ];

    /// <summary>Writes the inputs to begin with into a folder.</summary>
    public void WriteOriginals(string folder)
    {
        foreach ((int number, byte[] bytes) in Originals().ToList().Index())
            System.IO.File.WriteAllBytes(Path.Combine(folder, $"{number}"), bytes);
    }

    /// <summary>Reads one input after the other as afl++ sends them.</summary>
    public void Run()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("guided-").FullName, File);
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using (FileStream file = System.IO.File.Create(path))
                stream.CopyTo(file);
            try
            {
                Read(path);
            }
            catch (Exception e) when (IsRefusal(e))
            {
            }
        });
    }

    private static bool IsRefusal(Exception e) => e is InputException or MeshException or InvalidDataException;

    // The pieces of a result that are screened: a whole one is mostly numbers, which are not.
    private static IEnumerable<byte[]> Headers()
    {
        byte[] whole = Subject.Result(Path.Combine(Directory.CreateTempSubdirectory("guided-").FullName, "r.h5"));
        for (int at = 0; at < whole.Length; at += 2048)
            if (whole[at..Math.Min(at + 2048, whole.Length)] is var piece
                && (piece.AsSpan().IndexOf("OHDR"u8) >= 0 || piece.AsSpan().IndexOf("GCOL"u8) >= 0))
                yield return piece;
    }
}
