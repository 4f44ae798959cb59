using System.Runtime.InteropServices;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.CommandLine;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP into cancellation, and ends the process when the command does not come to its end by itself.
/// </summary>
/// <remarks>Further signals change nothing: what is being saved is saved.</remarks>
internal sealed class Interruption : IDisposable
{
    // A command ends within two seconds of a signal; what is being written may take longer, but not for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.3), LongestWrite = TimeSpan.FromSeconds(30),
        Look = TimeSpan.FromMilliseconds(20);

    private static Action? _lastWords;
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly TextWriter _error;
    private int _signals, _ended;

    /// <summary>Listens for signals.</summary>
    /// <param name="error">Where the word of a forced end goes.</param>
    public Interruption(TextWriter error)
    {
        _error = error;
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
        // nohup has the process ignore it, which is to stay.
        if (!IgnoresHangUp())
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal));
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Says what is to be saved when the command does not end in time after a signal; called from another thread.</summary>
    /// <returns>Takes it back when disposed.</returns>
    public static IDisposable Save(Action lastWords)
    {
        _lastWords = lastWords;
        return new Reset();
    }

    /// <summary>The command has ended by itself; false when the process is being ended from outside already.</summary>
    public bool End() => Interlocked.Exchange(ref _ended, 1) == 0;

    /// <summary>Leaves signals to the system again; after a first one, which ends the process,
    /// further ones go on to change nothing.</summary>
    public void Dispose()
    {
        if (Volatile.Read(ref _signals) > 0)
            return;
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
            return;
        new Thread(EndInTime) { IsBackground = true }.Start();
        _source.Cancel();
    }

    private void EndInTime()
    {
        Thread.Sleep(Patience);
        if (Volatile.Read(ref _ended) != 0)
            return;
        string message = "interrupted";
        try
        {
            Volatile.Read(ref _lastWords)?.Invoke();
        }
        catch (Exception e)
        {
            message += $"; {e.Message}";
        }
        for (TimeSpan waited = TimeSpan.Zero; OutputFile.IsWriting && waited < LongestWrite; waited += Look)
            Thread.Sleep(Look);
        if (!End())
            return;
        _error.WriteLine($"fv: {message.ReplaceLineEndings(" ")}");
        _error.Flush();
        Environment.Exit(ExitCode.Interrupted);
    }

    private static bool IgnoresHangUp()
    {
        const string status = "/proc/self/status", ignored = "SigIgn:";
        try
        {
            string? line = OperatingSystem.IsLinux()
                ? File.ReadLines(status).FirstOrDefault(l => l.StartsWith(ignored, StringComparison.Ordinal)) : null;
            return line is not null && (Convert.ToUInt64(line[ignored.Length..].Trim(), 16) & 1) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed class Reset : IDisposable
    {
        public void Dispose() => _lastWords = null;
    }
}
