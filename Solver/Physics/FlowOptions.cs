namespace FvSolver.Solver.Physics;

/// <summary>Mobile protons are bounded by c_max: the law is compiled once for either case.</summary>
public readonly struct SiteLimit;

/// <summary>Mobile protons are not bounded.</summary>
public readonly struct NoSiteLimit;

/// <summary>Temperature is an unknown.</summary>
public readonly struct Warm;

/// <summary>One temperature throughout, for which rates are worked out beforehand.</summary>
public readonly struct Isothermal;
