using System.Text.Json.Serialization;
using FvSolver.Cases.Files;

namespace FvSolver.Cases.Sweeps;

/// <summary>What one point of a sweep gave.</summary>
public sealed record PointResult
{
    /// <summary>Number of the point.</summary>
    public required int Index { get; init; }

    /// <summary>Fingerprint of the sweep it belongs to.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>True when the run came to its end.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>Why it failed, in one line; empty when it did not.</summary>
    public string Message { get; init; } = "";

    /// <summary>Figures by name [SI units]; empty when it failed.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public IReadOnlyDictionary<string, double> Outputs { get; init; } = new Dictionary<string, double>();

    /// <summary>Units of the figures by name.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();

    /// <summary>True when the field in the film went beyond its breakdown.</summary>
    public bool IsBeyondBreakdown { get; init; }

    /// <summary>Time that the run took [s]; not part of the table, which must not depend on it.</summary>
    public double Seconds { get; init; }

    /// <summary>The result of a run that ended in an error.</summary>
    public static PointResult Failed(int index, string message) =>
        new() { Index = index, Succeeded = false, Message = PlainText.Line(message.ReplaceLineEndings(" ")) };
}

/// <summary>Runs one point. It may throw: the point is then kept as failed with the message.</summary>
/// <remarks>Called from several threads at once.</remarks>
public delegate PointResult PointRunner(SweepPoint point, CancellationToken cancellation);

/// <summary>Runs points side by side, which is cheaper than one after another; a point's error is a failed result.</summary>
/// <remarks>Called from several threads at once.</remarks>
public delegate IReadOnlyList<PointResult> BlockRunner(IReadOnlyList<SweepPoint> points, CancellationToken cancellation);
