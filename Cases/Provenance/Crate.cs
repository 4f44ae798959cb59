using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.Provenance;

/// <summary>
/// An RO-Crate 1.1 beside a result: a folder with the inputs of a run, its result, and <c>ro-crate-metadata.json</c>, which says by what
/// command and version the one came from the others, with digests of all.
/// </summary>
/// <remarks>https://w3id.org/ro/crate/1.1; the run is a CreateAction, the program its instrument.</remarks>
public static class Crate
{
    /// <summary>Name of the metadata within a crate.</summary>
    public const string MetadataName = "ro-crate-metadata.json";

    private const string Inputs = "inputs", StartName = "inputs/start.h5", Program = "#fvsolver", Run = "#run";

    /// <summary>Folder of the crate of a result.</summary>
    public static string FolderOf(string output) => Path.ChangeExtension(output, null) + ".crate";

    /// <summary>Refuses, before the work, cases whose files cannot be put into a crate, and folders
    /// that are no crate of this program.</summary>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public static void Require(CaseDefinition definition, string folder, bool overwriteForeign)
    {
        if (definition.Files.Select(NameOf).FirstOrDefault(f => Path.IsPathRooted(f) || f.Split('/', '\\').Contains("..")) is { } outside)
            throw new OutputException(folder, $"a crate holds its inputs, and {outside} is not beside or below the case; copy it there");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
            && !File.Exists(Path.Combine(folder, MetadataName)))
            throw new OutputException(folder, "is no crate; choose another output");
        OutputFile.Check(overwriteForeign, Path.Combine(folder, MetadataName));
    }

    /// <summary>Writes the crate of a finished run.</summary>
    /// <param name="folder">Folder; made when it is not there.</param>
    /// <param name="definition">The case.</param>
    /// <param name="from">Result that the run started from, or null.</param>
    /// <param name="output">Result file.</param>
    /// <param name="result">What is in it.</param>
    /// <param name="licence">Licence of the data as an SPDX identifier or an address; null when it is not stated.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Write(string folder, CaseDefinition definition, string? from, string output, Result result, string? licence)
    {
        var files = new List<JsonObject>();
        string Put(string name, byte[] content, string what, string format)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            OutputFile.WriteBytes(path, content);
            files.Add(new()
            {
                ["@id"] = name,
                ["@type"] = "File",
                ["description"] = what,
                ["encodingFormat"] = format,
                ["contentSize"] = content.Length.ToString(CultureInfo.InvariantCulture),
                ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)),
            });
            return name;
        }

        var inputs = new List<string>
        {
            Put($"{Inputs}/{Path.GetFileName(definition.SourceName)}", Encoding.UTF8.GetBytes(definition.SourceText), "the case",
                "application/toml"),
        };
        foreach (string name in definition.Files.Select(NameOf))
            inputs.Add(Put($"{Inputs}/{name.Replace('\\', '/')}", File.ReadAllBytes(Path.Combine(definition.Directory, name)),
                "a file that the case names", "application/octet-stream"));
        if (from is not null)
            inputs.Add(Put(StartName, File.ReadAllBytes(from), "the result whose final state the run started from", "application/x-hdf5"));
        string outcome = Put(Path.GetFileName(output), File.ReadAllBytes(output), "the result", "application/x-hdf5");
        files[^1]["contentDigest"] = ResultDigest.Of(result);
        OutputFile.WriteText(Path.Combine(folder, MetadataName),
            JsonText.Write(Metadata(definition, result.Header, files, inputs, outcome, licence)) + "\n");
    }

    /// <summary>Reads a crate.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="OutputException">It is no crate of this program, or an input is not what its digest says.</exception>
    public static CrateContent Read(string folder)
    {
        string metadata = Path.Combine(folder, MetadataName);
        if (!File.Exists(metadata))
            throw new OutputException(folder, $"is no crate: there is no {MetadataName} in it");
        try
        {
            JsonNode[] graph = [.. JsonNode.Parse(File.ReadAllText(metadata))!["@graph"]!.AsArray().OfType<JsonNode>()];
            JsonNode Entity(string id) => graph.First(e => (string?)e["@id"] == id);
            JsonNode run = Entity(Run), outcome = Entity((string)run["result"]!["@id"]!);
            string[] inputs = [.. run["object"]!.AsArray().Select(o => (string)o!["@id"]!)];
            foreach (string input in inputs)
                if (Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, input))))
                    != (string?)Entity(input)["sha256"])
                    throw new OutputException(Path.Combine(folder, input), "is not what its digest in the crate says: it has been changed");
            return new(
                Path.Combine(folder, inputs[0]), (string)run["caseName"]!, [.. run["settings"]!.AsArray().Select(s => (string)s!)],
                (bool)run["acceptsImplausible"]!,
                inputs.Contains(StartName) ? Path.Combine(folder, StartName) : null,
                Path.Combine(folder, (string)outcome["@id"]!), (string)outcome["contentDigest"]!, (string)Entity(Program)["version"]!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or IOException
            or FormatException)
        {
            throw new OutputException(metadata, $"does not describe a run of this program: {e.Message}", e);
        }
    }

    private static JsonObject Metadata(
        CaseDefinition definition, ResultHeader header, List<JsonObject> files, List<string> inputs, string outcome, string? licence) =>
            new()
            {
                ["@context"] = new JsonArray("https://w3id.org/ro/crate/1.1/context", new JsonObject
                {
                    // Terms that the context does not have.
                    ["sha256"] = "https://w3id.org/ro/terms/workflow-run#sha256",
                    ["contentDigest"] = "https://w3id.org/ro/terms/fvsolver#contentDigest",
                    ["settings"] = "https://w3id.org/ro/terms/fvsolver#settings",
                    ["caseName"] = "https://w3id.org/ro/terms/fvsolver#caseName",
                    ["acceptsImplausible"] = "https://w3id.org/ro/terms/fvsolver#acceptsImplausible",
                }),
                ["@graph"] = new JsonArray(
            [
                new JsonObject
                {
                    ["@id"] = MetadataName,
                    ["@type"] = "CreativeWork",
                    ["conformsTo"] = Id("https://w3id.org/ro/crate/1.1"),
                    ["about"] = Id("./"),
                },
                new JsonObject
                {
                    ["@id"] = "./",
                    ["@type"] = "Dataset",
                    ["name"] = header.Title,
                    ["description"] = definition.Description.Length > 0 ? definition.Description
                        : $"Run of {definition.SourceName} with {OutputFile.Mark}",
                    ["datePublished"] = Date(header.Created),
                    ["license"] = licence is null
                        ? "Not stated for the data. The program that made them is under the MIT licence."
                        : Id(licence.Contains(':') ? licence : $"https://spdx.org/licenses/{licence}"),
                    ["hasPart"] = new JsonArray([.. files.Select(f => Id((string)f["@id"]!))]),
                    ["mentions"] = Id(Run),
                },
                new JsonObject
                {
                    ["@id"] = Program,
                    ["@type"] = "SoftwareApplication",
                    ["name"] = OutputFile.Mark,
                    ["version"] = header.CodeVersion,
                    ["license"] = Id("https://spdx.org/licenses/MIT"),
                },
                new JsonObject
                {
                    ["@id"] = Run,
                    ["@type"] = "CreateAction",
                    ["name"] = header.CommandLine,
                    ["endTime"] = Date(header.Created),
                    ["instrument"] = Id(Program),
                    ["object"] = new JsonArray([.. inputs.Select(Id)]),
                    ["result"] = Id(outcome),
                    ["caseName"] = definition.SourceName,
                    ["settings"] = new JsonArray([.. definition.Settings.Select(s => JsonValue.Create(s))]),
                    ["acceptsImplausible"] = definition.AcceptsImplausible,
                },
                .. files,
            ]),
            };

    private static JsonObject Id(string id) => new() { ["@id"] = id };

    private static string Date(DateTime time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    // Name and digest of a file, parted by the last space.
    private static string NameOf(string mark) => mark[..mark.LastIndexOf(' ')];
}

/// <summary>What a crate says about its run.</summary>
/// <param name="Case">The case file.</param>
/// <param name="CaseName">What the user called the case, by which messages and references name it.</param>
/// <param name="Settings">Changes on top, as path=value.</param>
/// <param name="AcceptsImplausible">True when values outside their plausible ranges were accepted.</param>
/// <param name="From">Result that the run started from, or null.</param>
/// <param name="Output">The result.</param>
/// <param name="Digest">Digest of its content; see <see cref="ResultDigest"/>.</param>
/// <param name="CodeVersion">Version of the program.</param>
public sealed record CrateContent(
    string Case, string CaseName, IReadOnlyList<string> Settings, bool AcceptsImplausible, string? From, string Output, string Digest,
    string CodeVersion);
