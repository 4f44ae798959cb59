using FvSolver.Materials;

namespace FvSolver.Cases.Output;

/// <summary>One resolved parameter of a run, with its origin.</summary>
/// <param name="Path">Path as in a case file, e.g. <c>electrolyte.hop_distance</c>; the points become groups.</param>
/// <param name="Symbol">Symbol of the equations.</param>
/// <param name="Unit">SI unit as text; 1 when dimensionless.</param>
/// <param name="Value">double, int, bool or string (enumerations by name, lists as a case file says them).</param>
/// <param name="Kind">Origin of the value.</param>
/// <param name="Reference">Key of a source, or the reason for the value.</param>
public sealed record StoredParameter(string Path, string Symbol, string Unit, object Value, Kind Kind, string Reference);
