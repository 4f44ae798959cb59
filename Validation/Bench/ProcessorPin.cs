using System.Diagnostics;
using System.Numerics;

namespace FvSolver.Validation.Bench;

/// <summary>Keeps the calling thread, and the programs it starts, on one processor until disposed.</summary>
internal sealed class ProcessorPin : IDisposable
{
    private readonly nint _before;

    /// <summary>Pins to the last processor that the process may use, which is the least likely to serve interrupts.</summary>
    public ProcessorPin()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return;
        using var self = Process.GetCurrentProcess();
        _before = self.ProcessorAffinity;
        int last = 63 - BitOperations.LeadingZeroCount((ulong)_before);
        self.ProcessorAffinity = (nint)(1L << last);
        Processor = last;
    }

    /// <summary>Number of the processor; null where the platform cannot pin.</summary>
    public int? Processor { get; }

    public void Dispose()
    {
        if (Processor is null || (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()))
            return;
        using var self = Process.GetCurrentProcess();
        self.ProcessorAffinity = _before;
    }
}
