namespace FvSolver.Materials;

/// <summary>Planes of sites in PSG, one hopping distance apart from compact layer to compact layer.</summary>
/// <remarks>A film of N hops is N a + 2 l_S thick and has N + 1 planes; the end planes, on the
/// compact layers, have half the sites.</remarks>
public static class HopLattice
{
    /// <summary>Number N of hops that fits a film's thickness best, at least 1.</summary>
    public static int Hops(Electrolyte psg) =>
        Math.Max(1, (int)Math.Round(psg.FilmThickness / psg.HopDistance));

    /// <summary>The film with its thickness rounded to whole hops.</summary>
    public static Electrolyte Round(Electrolyte psg) =>
        psg with { Thickness = Hops(psg) * psg.HopDistance + 2 * psg.SternThickness };
}
