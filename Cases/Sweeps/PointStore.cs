using System.Text.Json;
using System.Text.RegularExpressions;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.Sweeps;

/// <summary>Result files of a sweep, one per point: each is whole or absent, whatever kills the process.</summary>
/// <param name="directory">Where the files are; made when absent.</param>
/// <param name="fingerprint">Fingerprint of the sweep; files of another are refused.</param>
public sealed partial class PointStore(string directory, string fingerprint)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Where the files are.</summary>
    public string Directory { get; } = directory;

    /// <summary>File of a point.</summary>
    public string PathOf(int index) => Path.Combine(Directory, $"point-{index:d6}.json");

    /// <summary>Writes a result, whole at once.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(PointResult result)
    {
        System.IO.Directory.CreateDirectory(Directory);
        string path = PathOf(result.Index);
        if (!IsOurs(path))
            throw new OutputException(path, Foreign);
        // Not forced to the disk, which would cost more than many a point: what a power failure damages is run again.
        OutputFile.Write(path, file => JsonSerializer.Serialize(file, result with { Fingerprint = fingerprint }, Json));
    }

    /// <summary>Result of a point; null when there is none or its file is damaged, so that it is run again.</summary>
    /// <exception cref="InvalidDataException">The file belongs to another sweep.</exception>
    public PointResult? Read(int index)
    {
        string path = PathOf(index);
        if (!File.Exists(path))
            return null;
        if (!IsOurs(path))
            throw new OutputException(path, Foreign);
        PointResult? result;
        try
        {
            result = JsonSerializer.Deserialize<PointResult>(File.ReadAllText(path), Json);
        }
        catch (JsonException)
        {
            return null;
        }
        if (result is not null && result.Fingerprint != fingerprint)
            throw new InvalidDataException(
                $"{path} belongs to another sweep: the sweep, its base case or its outputs have changed. Use another directory, or remove "
                    + "the old results.");
        return result?.Index == index ? result : null;
    }

    /// <summary>Number of results in a folder, of whatever sweep.</summary>
    public static int Count(string directory) => Files(directory).Count();

    /// <summary>Removes the results in a folder, and the folder when nothing else is in it.</summary>
    public static void Clear(string directory)
    {
        foreach (string file in Files(directory))
            File.Delete(file);
        if (System.IO.Directory.Exists(directory) && !System.IO.Directory.EnumerateFileSystemEntries(directory).Any())
            System.IO.Directory.Delete(directory);
    }

    private const string Foreign = "is no result of a sweep's point; move it elsewhere or choose another folder";

    // Files of the program's own: other files may lie beside them, even under such a name.
    private static IEnumerable<string> Files(string directory) => !System.IO.Directory.Exists(directory) ? []
        : System.IO.Directory.EnumerateFiles(directory, "point-*").Where(f => Name().IsMatch(Path.GetFileName(f)) && IsOurs(f)).ToArray();

    /// <summary>True for a result, for a part of one, and for what a power failure makes of it: a file of zeros, or an empty one.</summary>
    private static bool IsOurs(string path)
    {
        if (!File.Exists(path))
            return true;
        Span<byte> start = stackalloc byte[Start.Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        return Start.StartsWith(start) || start.IndexOfAnyExcept((byte)0) < 0;
    }

    private static ReadOnlySpan<byte> Start => "{\"index\":"u8;

    [GeneratedRegex(@"^point-\d{6,}\.json(\..{8}\.partial)?$")]
    private static partial Regex Name();
}
