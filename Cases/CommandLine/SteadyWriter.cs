using System.Text;

namespace FvSolver.Cases.CommandLine;

/// <summary>A writer that goes on when what it writes to is closed or full: a run is worth more than the words about it.</summary>
/// <param name="inner">Where the text goes.</param>
internal sealed class SteadyWriter(TextWriter inner) : TextWriter
{
    /// <summary>Why text was lost; null when none was.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (Failure is not null)
            return;
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Failure = e;
        }
    }
}
