using System.Text.Json;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Output;
using FvSolver.Cases.Provenance;
using FvSolver.Tests.House;
using FvSolver.Tests.Output;
using Xunit;

namespace FvSolver.Tests.Provenance;

/// <summary>A crate holds what a run needs, and running it again gives the same bits.</summary>
public sealed class CrateTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    private string At(string name) => _folder[name];

    private static async Task<(int Code, string Text)> Run(params string[] args)
    {
        (var output, var error) = (new StringWriter(), new StringWriter());
        int code = await CommandApplication.RunAsync(args, [RunCommand.Create(), ReproduceCommand.Create()],
            new ExitCode().Map<OutputException>(ExitCode.BadInput), output, error);
        return (code, output.ToString() + error);
    }

    private async Task<string> Crate(string name, params string[] args)
    {
        (int code, string text) = await Run([.. args, "-o", At(name + ".h5"), "--no-picture", "--crate"]);
        Assert.True(code == 0, text);
        Assert.Contains($"crate: {At(name + ".crate")}", text);
        return At(name + ".crate");
    }

    [Fact]
    public async Task Runs_from_rest_from_a_result_with_files_and_studies_are_reproduced_to_the_last_bit()
    {
        File.WriteAllText(At("waveform.csv"), "time [ns],voltage [V]\n0,0\n2,4\n5,4\n7,0\n");
        File.WriteAllText(At("own.toml"),
            "[[protocol]]\ntype = \"table\"\nfile = \"waveform.csv\"\n[[protocol]]\ntype = \"rest\"\nduration = \"1 s\"\n");
        string[] crates =
        [
            await Crate("rest", "run", "single", "--set", "psg.thickness=9 nm"),
            await Crate("file", "run", At("own.toml")),
            await Crate("from", "run", "single", "--from", At("file.h5")),
            await Crate("study", "run", "speed-limit", "--set", "study.count=20"),
        ];
        // The crates stand alone: nothing beside them is needed.
        foreach (string file in Directory.EnumerateFiles(_folder.Path))
            File.Delete(file);
        (int code, string text) = await Run(["reproduce", .. crates]);
        Assert.True(code == 0, text);
        Assert.All(crates, c => Assert.Contains($"{c}: the same to the last bit", text));
    }

    [Fact]
    public async Task A_processor_without_vectors_of_eight_gives_the_same_bits()
    {
        // The program itself begins anew there, with settings of the compiler: arguments, output and exit code pass through.
        string crate = await Crate("a", "run", "single", "--set", "heat.enabled=true");
        string program = Path.Combine(AppContext.BaseDirectory, "fv.dll");
        (int code, string text) = NeedsProgramFactAttribute.Run("env",
            $"-u DOTNET_JitInlineBudget -u DOTNET_JitMaxLocalsToTrack DOTNET_EnableAVX512=0 dotnet {program} reproduce {crate}");
        Assert.True(code == 0, text);
        Assert.Contains($"{crate}: the same to the last bit", text);
        (code, text) = NeedsProgramFactAttribute.Run("env",
            $"-u DOTNET_JitInlineBudget -u DOTNET_JitMaxLocalsToTrack DOTNET_EnableAVX512=0 dotnet {program} reproduce {_folder.Path}");
        Assert.Equal(2, code);
        Assert.Contains("is no crate", text);
    }

    [Fact]
    public async Task What_was_changed_is_found()
    {
        string crate = await Crate("a", "run", "single"), metadata = Path.Combine(crate, "ro-crate-metadata.json"),
            input = Path.Combine(crate, "inputs/single.toml");
        string described = File.ReadAllText(metadata), text = File.ReadAllText(input);
        File.WriteAllText(input, text.Replace("10 V", "9 V"));
        (int code, string said) = await Run("reproduce", crate);
        Assert.Equal(2, code);
        Assert.Contains("it has been changed", said);
        File.WriteAllText(input, text);
        // Another thickness than that of the result.
        File.WriteAllText(metadata, described.Replace("\"settings\": []", "\"settings\": [\"psg.thickness=9 nm\"]"));
        (code, said) = await Run("reproduce", crate);
        Assert.Equal(3, code);
        Assert.Contains("DIFFERS", said);
        Assert.Contains("psg.thickness: 1E-08 before, 9E-09 now", said);
        File.WriteAllText(metadata, "{}");
        Assert.Equal(2, (await Run("reproduce", crate)).Code);
        Assert.Equal(2, (await Run("reproduce", _folder.Path)).Code);
    }

    [Fact]
    public async Task The_digest_sees_a_single_bit_and_no_circumstances()
    {
        await Crate("a", "run", "single");
        Result result = ResultFile.Read(At("a.h5"));
        string digest = ResultDigest.Of(result);
        Assert.Equal(digest, ResultDigest.Of(result with
        { Header = result.Header with { CommandLine = "other", CodeVersion = "other", Created = DateTime.UnixEpoch } }));
        Assert.NotEqual(digest, ResultDigest.Of(result with { Header = result.Header with { Title = "other" } }));
        double[] state = result.Checkpoint!.Doubles.Values.First(v => v.Length > 0);
        state[0] = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(state[0]) ^ 1);
        Assert.NotEqual(digest, ResultDigest.Of(result));
    }

    [Fact]
    public async Task The_metadata_is_what_RO_Crate_asks_for()
    {
        string crate = await Crate("a", "run", "single", "--licence", "CC-BY-4.0");
        JsonElement[] graph = [.. JsonDocument.Parse(
            File.ReadAllText(Path.Combine(crate, "ro-crate-metadata.json"))).RootElement.GetProperty("@graph").EnumerateArray()];
        JsonElement Entity(string id) => graph.Single(e => e.GetProperty("@id").GetString() == id);
        string Id(JsonElement reference) => reference.GetProperty("@id").GetString()!;
        Assert.Equal("https://w3id.org/ro/crate/1.1", Id(Entity("ro-crate-metadata.json").GetProperty("conformsTo")));
        Assert.Equal("./", Id(Entity("ro-crate-metadata.json").GetProperty("about")));
        JsonElement root = Entity("./");
        Assert.Equal("https://spdx.org/licenses/CC-BY-4.0", Id(root.GetProperty("license")));
        Assert.All((string[])["name", "description", "datePublished"], p => Assert.NotEmpty(root.GetProperty(p).GetString()!));
        // Every part is described, and there with the size that is said.
        Assert.All(root.GetProperty("hasPart").EnumerateArray(), part => Assert.Equal(
            Entity(Id(part)).GetProperty("contentSize").GetString(), new FileInfo(Path.Combine(crate, Id(part))).Length.ToString()));
        JsonElement run = Entity(Id(root.GetProperty("mentions")));
        Assert.Equal(("CreateAction", "SoftwareApplication"),
            (run.GetProperty("@type").GetString(), Entity(Id(run.GetProperty("instrument"))).GetProperty("@type").GetString()));
        Assert.Equal("File", Entity(Id(run.GetProperty("result"))).GetProperty("@type").GetString());
    }
}
