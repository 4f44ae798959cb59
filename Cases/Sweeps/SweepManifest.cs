using System.Text.Json;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.Sweeps;

/// <summary>What the tasks of a distributed sweep read: which points each runs, and where results go.</summary>
public sealed record SweepManifest
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true
    };

    /// <summary>Absolute path of the base case, or the name of a case of the library.</summary>
    public required string Case { get; init; }

    /// <summary>Names of the outputs.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Fingerprint of the sweep.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Directory of the points' results, absolute.</summary>
    public required string PointDirectory { get; init; }

    /// <summary>Points of each task.</summary>
    public required IReadOnlyList<IReadOnlyList<ManifestPoint>> Tasks { get; init; }

    /// <summary>A point as it stands in the file.</summary>
    /// <param name="Index">Number of the point.</param>
    /// <param name="Settings">Values by path: numbers to the last bit, or texts.</param>
    public sealed record ManifestPoint(int Index, IReadOnlyList<ManifestSetting> Settings)
    {
        /// <summary>The point.</summary>
        public SweepPoint ToPoint() => new(Index,
            [.. Settings.Select(s => new Setting(s.Path, s.Text is { } t ? new SweepValue(t) : new SweepValue(s.Number ?? double.NaN)))]);
    }

    /// <summary>A setting as it stands in the file: one of the two values is given.</summary>
    public sealed record ManifestSetting(string Path, double? Number, string? Text);

    /// <summary>Bundles points into tasks.</summary>
    public static SweepManifest Of(SweepJob job, int pointsPerTask) => new()
    {
        Case = job.Sweep.Case,
        Outputs = job.Sweep.Outputs,
        Fingerprint = job.Fingerprint,
        PointDirectory = Path.GetFullPath(job.Store.Directory),
        Tasks = [.. job.Points.Chunk(pointsPerTask).Select(chunk => chunk.Select(p => new ManifestPoint(p.Index,
            [.. p.Settings.Select(s => new ManifestSetting(s.Path, s.Value.Text is null ? s.Value.Number : null, s.Value.Text))]))
            .ToArray())],
    };

    /// <summary>Writes the manifest under a temporary name and renames it.</summary>
    public void Write(string path) => OutputFile.WriteText(path, JsonSerializer.Serialize(this, Json));

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is damaged.</exception>
    public static SweepManifest Read(string path)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"{path}: there is no such manifest.");
        try
        {
            return JsonSerializer.Deserialize<SweepManifest>(File.ReadAllText(path), Json)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Runs the points of one task that have no result yet: the body of <c>fv sweep-task MANIFEST --task N</c>.</summary>
    /// <returns>Number of points that failed.</returns>
    /// <exception cref="ArgumentException">There is no such task.</exception>
    public int RunTask(int task, PointRunner runner, CancellationToken cancellation = default)
    {
        if (task < 0 || task >= Tasks.Count)
            throw new ArgumentException($"Task {task} is not in the manifest; it has tasks 0 to {Tasks.Count - 1}.");
        var store = new PointStore(PointDirectory, Fingerprint);
        int failed = 0;
        foreach (SweepPoint point in Tasks[task].Select(p => p.ToPoint()))
        {
            if (store.Read(point.Index) is { Succeeded: true })
                continue;
            PointResult result = LocalBackend.RunPoint(runner, point, cancellation);
            store.Write(result);
            failed += result.Succeeded ? 0 : 1;
        }
        return failed;
    }
}
