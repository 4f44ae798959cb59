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
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IOException)
        {
            throw new InputException("", 0, "", "", e.Message.TrimEnd('.'));
        }
    }
}
