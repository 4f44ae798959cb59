using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Validation.Bench;

/// <summary>On what kind of machine, and when, the times were taken.</summary>
internal sealed record MachineInfo
{
    /// <summary>Date and time, UTC.</summary>
    public DateTime Date { get; } = DateTime.UtcNow;

    /// <summary>Model of the processor as the system names it.</summary>
    public string Processor { get; } = ProcessorName();

    /// <summary>Processors that this process may use.</summary>
    public int ProcessorCount { get; } = Environment.ProcessorCount;

    /// <summary>Number of the processor that the work was pinned to; null where it was not.</summary>
    public required int? PinnedTo { get; init; }

    /// <summary>Runtime.</summary>
    public string Runtime { get; } = RuntimeInformation.FrameworkDescription;

    /// <summary>Operating system and architecture.</summary>
    public string System { get; } = $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.OSArchitecture}";

    /// <summary>Bits of the widest vectors that the hardware accelerates.</summary>
    public int VectorBits { get; } = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>True for a build with optimisation; times of another are worth nothing.</summary>
    public bool IsOptimised { get; } =
#if DEBUG
        false;
#else
        true;
#endif

    private static string ProcessorName()
    {
        const string linux = "/proc/cpuinfo";
        string? line = File.Exists(linux) ? File.ReadLines(linux).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
    }
}
