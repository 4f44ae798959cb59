using FvSolver.Solver.Settings;

namespace FvSolver.Solver.Time;

/// <summary>Coefficients of the methods that can be chosen.</summary>
public static class MethodTableau
{
    /// <summary>Coefficients of a method.</summary>
    public static RosenbrockTableau Tableau(this Method method) => method switch
    {
        Method.Rodas4 => RosenbrockTableau.Rodas4,
        Method.Rodas4P => RosenbrockTableau.Rodas4P,
        Method.Rodas5P => RosenbrockTableau.Rodas5P,
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
    };
}
