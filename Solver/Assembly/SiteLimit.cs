namespace FvSolver.Solver.Assembly;

/// <summary>Says to the compiler that densities are bounded by c_max.</summary>
internal readonly struct SiteLimit;

/// <summary>Says to the compiler that they are not: loops in which no call can be keep their numbers in registers.</summary>
internal readonly struct NoSiteLimit;
