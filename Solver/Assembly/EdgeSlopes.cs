namespace FvSolver.Solver.Assembly;

/// <summary>Derivatives of what flows along edges, or of what it dissipates, edge e at place e.</summary>
/// <param name="ByLeft">By the density on the left.</param>
/// <param name="ByRight">By the density on the right.</param>
/// <param name="ByFall">By the fall of the electric potential; empty without charge.</param>
/// <param name="ByLeftTemperature">By the temperature on the left; empty in isothermal runs.</param>
/// <param name="ByRightTemperature">By that on the right; what depends on the mean of both has one array for both.</param>
internal readonly record struct EdgeSlopes<P>(P[] ByLeft, P[] ByRight, P[] ByFall, P[] ByLeftTemperature, P[] ByRightTemperature);
