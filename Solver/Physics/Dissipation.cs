using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Heat that a species dissipates on its way: q J A times the drop of its electrochemical potential [W].</summary>
/// <remarks>Never negative for a flux that runs down this potential. Each end of an edge is taken at
/// its own temperature and gets half.</remarks>
public static class Dissipation
{
    /// <summary>Power of a flow.</summary>
    /// <param name="flow">Flux times area [1/s].</param>
    /// <param name="drop">Drop of the chemical potential over q, with that of the electric potential for charged species [V].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Power<T, P>(T flow, T drop)
        where T : struct, IReal<T, P>
        where P : struct, IParameter<P> => flow * drop * Constants.ElementaryCharge;
}
