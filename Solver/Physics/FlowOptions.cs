namespace FvSolver.Solver.Physics;

// Options of flows as types: the JIT compiles loops once for each, without what does not apply.

/// <summary>Mobile protons are bounded by c_max.</summary>
public readonly struct SiteLimit;

/// <summary>Mobile protons are not bounded.</summary>
public readonly struct NoSiteLimit;

/// <summary>One temperature throughout, for which rates are worked out beforehand.</summary>
public readonly struct Isothermal;

/// <summary>One temperature throughout, but dissipated heat is added up.</summary>
public readonly struct Metered;

/// <summary>Temperature is an unknown, and what is dissipated warms its ends.</summary>
public readonly struct Warm;

/// <summary>Rates of hops follow the field along the edge alone.</summary>
public readonly struct FieldAlong;

/// <summary>Rates of hops follow the whole field, of which a part may run across the edge.</summary>
public readonly struct FieldAround;

/// <summary>What flows has a charge: it runs down the electric potential, whose equation goes with it.</summary>
public readonly struct Charged;

/// <summary>What flows has a negative charge: it runs up the electric potential.</summary>
public readonly struct Negative;

/// <summary>What flows has no charge.</summary>
public readonly struct Neutral;
