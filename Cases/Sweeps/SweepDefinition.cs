using System.Security.Cryptography;
using System.Text;

namespace FvSolver.Cases.Sweeps;

/// <summary>What a sweep varies about a base case, and what it keeps of each run.</summary>
public sealed record SweepDefinition
{
    /// <summary>Most points of a sweep: each has a file of its own.</summary>
    public const int MostPoints = 1_000_000;

    /// <summary>Name; it titles the table.</summary>
    public required string Name { get; init; }

    /// <summary>Path of the base case.</summary>
    public required string Case { get; init; }

    /// <summary>Axes of the grid; every combination is a cell. The last axis runs fastest.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; init; } = [];

    /// <summary>True to walk all axes together instead of combining them; they must be equally long.</summary>
    public bool Zip { get; init; }

    /// <summary>Points sampled in each cell of the grid, or null.</summary>
    public SampleBlock? Sample { get; init; }

    /// <summary>Names of the figures kept of each run.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Paths of all parameters that vary, in the order of a point's settings.</summary>
    public IReadOnlyList<string> Paths => [.. Axes.Select(a => a.Path), .. Sample?.Parameters.Select(p => p.Path) ?? []];

    /// <summary>All points, always the same for the same sweep.</summary>
    /// <param name="baseValue">Value of a parameter in the base case, asked for relative spreads only.</param>
    /// <exception cref="ArgumentException">The sweep contradicts itself; one line.</exception>
    public IReadOnlyList<SweepPoint> Points(Func<string, double>? baseValue = null)
    {
        Check();
        int[] lengths = [.. Axes.Select(a => a.Values.Count)];
        double size = (Zip ? lengths.FirstOrDefault(1) : lengths.Aggregate(1.0, (a, b) => a * b)) * (Sample?.Count ?? 1);
        if (size > MostPoints)
            throw new ArgumentException($"Sweep '{Name}' has {size:g6} points; at most {MostPoints} are possible.");
        int cells = Zip ? lengths.FirstOrDefault(1) : lengths.Aggregate(1, (a, b) => a * b);
        double[] factor = [.. Sample?.Parameters.Select(p => !p.Relative ? 1 : baseValue?.Invoke(p.Path)
            ?? throw new ArgumentException($"'{p.Path}' is spread relative to the base case, whose value is not at hand.")) ?? []];
        var points = new List<SweepPoint>();
        for (int cell = 0; cell < cells; cell++)
        {
            var grid = new Setting[Axes.Count];
            int rest = cell;
            for (int k = Axes.Count - 1; k >= 0; k--)
            {
                int at = Zip ? cell : rest % lengths[k];
                rest /= Zip ? 1 : lengths[k];
                grid[k] = new Setting(Axes[k].Path, Axes[k].Values[at]);
            }
            if (Sample is null)
            {
                points.Add(new SweepPoint(points.Count, grid));
                continue;
            }
            foreach (double[] unit in Sample.UnitPoints(cell))
                points.Add(new SweepPoint(points.Count,
                    [.. grid, .. Sample.Parameters.Select((p, d) =>
                        new Setting(p.Path, new SweepValue(factor[d] * p.Distribution.Quantile(unit[d]))))]));
        }
        return points;
    }

    /// <summary>
    /// Mark of the sweep's points and outputs: results of one sweep are not taken for those of another.
    /// </summary>
    /// <param name="points">The points.</param>
    /// <param name="baseCase">Text of the base case, so that a changed case is another sweep.</param>
    public string Fingerprint(IEnumerable<SweepPoint> points, string baseCase)
    {
        var text = new StringBuilder(baseCase).Append('\0').AppendJoin('\0', Outputs);
        foreach (SweepPoint point in points)
            foreach (Setting setting in point.Settings)
                text.Append('\0').Append(setting.Path).Append('=').Append(setting.Value);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32].ToLowerInvariant();
    }

    private void Check()
    {
        if (Axes.Count == 0 && Sample is null)
            throw new ArgumentException($"Sweep '{Name}' varies nothing: it needs an axis or a sample.");
        if (Outputs.Count == 0)
            throw new ArgumentException($"Sweep '{Name}' keeps nothing: outputs are needed.");
        if (Paths.GroupBy(p => p).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Sweep '{Name}' varies '{twice.Key}' twice.");
        if (Axes.FirstOrDefault(a => a.Values.Count == 0) is { } empty)
            throw new ArgumentException($"Axis '{empty.Path}' has no values.");
        if (Zip && Axes.Select(a => a.Values.Count).Distinct().Count() > 1)
            throw new ArgumentException(
                $"Sweep '{Name}' walks its axes together, but they have {string.Join(", ", Axes.Select(a => a.Values.Count))} values.");
        if (Sample is { } sample && (sample.Count < 1 || sample.Parameters.Count == 0))
            throw new ArgumentException($"Sweep '{Name}': a sample needs at least one point and one parameter.");
    }
}
