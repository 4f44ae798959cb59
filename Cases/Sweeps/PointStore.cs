using System.Text.Json;

namespace FvSolver.Cases.Sweeps;

/// <summary>Result files of a sweep, one per point: each is whole or absent, whatever kills the process.</summary>
/// <param name="directory">Where the files are; made when absent.</param>
/// <param name="study">Fingerprint of the study; files of another are refused.</param>
public sealed class PointStore(string directory, string study)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Where the files are.</summary>
    public string Directory { get; } = directory;

    /// <summary>File of a point.</summary>
    public string PathOf(int index) => Path.Combine(Directory, $"point-{index:d6}.json");

    /// <summary>Writes a result under a temporary name and renames it.</summary>
    public void Write(PointResult result)
    {
        System.IO.Directory.CreateDirectory(Directory);
        string path = PathOf(result.Index), temporary = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        // Not forced to the disk, which would cost more than many a point: what a power failure damages is run again.
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            JsonSerializer.Serialize(stream, result with { Study = study }, Json);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Result of a point; null when there is none or its file is damaged, so that it is run again.</summary>
    /// <exception cref="InvalidDataException">The file belongs to another study.</exception>
    public PointResult? Read(int index)
    {
        string path = PathOf(index);
        if (!File.Exists(path))
            return null;
        PointResult? result;
        try
        {
            result = JsonSerializer.Deserialize<PointResult>(File.ReadAllText(path), Json);
        }
        catch (JsonException)
        {
            return null;
        }
        if (result is not null && result.Study != study)
            throw new InvalidDataException($"{path} belongs to another study: the study, its base case or its outputs have changed. Use another directory, or remove the old results.");
        return result?.Index == index ? result : null;
    }

    /// <summary>Removes all results and left-over temporary files.</summary>
    public void Clear()
    {
        if (!System.IO.Directory.Exists(Directory))
            return;
        foreach (string file in System.IO.Directory.EnumerateFiles(Directory, "point-*.json*"))
            File.Delete(file);
    }
}
