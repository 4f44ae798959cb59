using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Edges;

/// <summary>Derivatives of what flows along edges, or of half of what it dissipates, edge e at place e.</summary>
/// <param name="ByLeft">With respect to the density on the left.</param>
/// <param name="ByRight">With respect to the density on the right.</param>
/// <param name="ByDrop">With respect to the drop of the electric potential; empty without charge.</param>
/// <param name="ByTemperature">With respect to the temperature of either end, whose mean it depends on; empty in isothermal runs.</param>
/// <param name="ByAcross">With respect to the field across, see <see cref="CrossField{P}"/>; empty without.</param>
internal sealed record EdgeSlopes<P>(P[] ByLeft, P[] ByRight, P[] ByDrop, P[] ByTemperature, P[] ByAcross)
    where P : struct, IParameter<P>
{
    /// <summary>Room for derivatives.</summary>
    /// <param name="edges">Number of edges.</param>
    /// <param name="isCharged">True with those with respect to the drop of the potential.</param>
    /// <param name="isWarm">True with those with respect to temperature.</param>
    /// <param name="isCrossed">True with those with respect to the field across.</param>
    public static EdgeSlopes<P> Create(int edges, bool isCharged, bool isWarm, bool isCrossed)
    {
        P[] Room(bool present) => present && edges > 0 ? AlignedArray.Create<P>(edges) : [];
        return new(Room(true), Room(true), Room(isCharged), Room(isWarm), Room(isCrossed));
    }
}
