using FvSolver.Cases.Input;

namespace FvSolver.Cases.CommandLine;

/// <summary>What the program returns to the shell, and which exception leads to it.</summary>
public sealed class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>A fault of the program.</summary>
    public const int Fault = 1;

    /// <summary>Bad input or bad arguments.</summary>
    public const int BadInput = 2;

    /// <summary>The numerics failed.</summary>
    public const int NumericalFailure = 3;

    /// <summary>Interrupted by the user.</summary>
    public const int Interrupted = 130;

    private readonly Dictionary<Type, int> _codes = new()
    {
        [typeof(InputException)] = BadInput,
        [typeof(OperationCanceledException)] = Interrupted,
    };

    /// <summary>Lets an exception, and those derived from it, end the program with a code and its message.</summary>
    public ExitCode Map<T>(int code)
        where T : Exception
    {
        _codes.TryAdd(typeof(T), code);
        return this;
    }

    /// <summary>The code of an exception.</summary>
    public int Of(Exception exception)
    {
        // Work on several cores fails with what its parts failed with.
        if (exception is AggregateException { InnerException: Exception inner })
            return Of(inner);
        foreach ((Type type, int code) in _codes)
            if (type.IsInstanceOfType(exception))
                return code;
        return Fault;
    }
}
