using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;

namespace FvSolver.Solver.Assembly;

/// <summary>One part of the equations of a device. Convention: M du/dt = F(t, u), with inflow positive in F.</summary>
internal interface IAssemblyPart<P>
    where P : struct, IParameter<P>
{
    /// <summary>Names the entries of the Jacobian that the part writes, and adds those that never change and the masses.</summary>
    void Enter(MatrixEntries<P> entries);

    /// <summary>Adds to F.</summary>
    void AddResidual(P[] x, P[] f);

    /// <summary>Adds to F and to dF/du, except for its constant entries: what both need is worked out once. Linear parts have no
    /// others.</summary>
    void AddLinearised(P[] x, P[] f, Span<P> jacobian) => AddResidual(x, f);
}
