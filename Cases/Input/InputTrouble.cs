namespace FvSolver.Cases.Input;

/// <summary>Lets what sweeps, fits and calibrations say about bad input reach the user as bad input.</summary>
internal static class InputTrouble
{
    /// <summary>Runs a command's body.</summary>
    /// <exception cref="InputException">The body found its input wrong.</exception>
    public static int Report(Func<int> body)
    {
        try
        {
            return body();
        }
        catch (Exception e) when (Cause(e) is InvalidDataException or ArgumentException or IOException)
        {
            throw new InputException("", 0, "", "", Cause(e).Message.TrimEnd('.'));
        }
    }

    /// <summary>What went wrong: work on several cores wraps what its parts failed with.</summary>
    public static Exception Cause(Exception e) => e is AggregateException { InnerException: { } inner } ? Cause(inner) : e;
}
