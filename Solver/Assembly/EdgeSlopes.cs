using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Assembly;

/// <summary>Derivatives of what flows along edges, or of half of what it dissipates, edge e at place e.</summary>
/// <param name="ByLeft">With respect to the density on the left.</param>
/// <param name="ByRight">With respect to the density on the right.</param>
/// <param name="ByDrop">With respect to the drop of the electric potential; empty without charge.</param>
/// <param name="ByLeftTemperature">With respect to the temperature on the left; empty in isothermal runs.</param>
/// <param name="ByRightTemperature">With respect to that on the right; what depends on the mean of both has one array for both.</param>
/// <param name="ByAcross">With respect to the field across, see <see cref="CrossField{P}"/>; empty without.</param>
internal sealed record EdgeSlopes<P>(P[] ByLeft, P[] ByRight, P[] ByDrop, P[] ByLeftTemperature, P[] ByRightTemperature,
    P[] ByAcross)
    where P : struct, IParameter<P>
{
    /// <summary>Room for derivatives.</summary>
    /// <param name="edges">Number of edges.</param>
    /// <param name="isCharged">True with those with respect to the drop of the potential.</param>
    /// <param name="isWarm">True with those with respect to temperature.</param>
    /// <param name="byMean">True when these are with respect to both ends' the same.</param>
    /// <param name="isCrossed">True with those with respect to the field across.</param>
    public static EdgeSlopes<P> Create(int edges, bool isCharged, bool isWarm, bool byMean, bool isCrossed)
    {
        P[] Room(bool present) => present && edges > 0 ? AlignedArray.Create<P>(edges) : [];
        P[] left = Room(isWarm);
        return new(Room(true), Room(true), Room(isCharged), left, byMean ? left : Room(isWarm), Room(isCrossed));
    }
}
