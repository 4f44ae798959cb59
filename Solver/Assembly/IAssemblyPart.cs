using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;

namespace FvSolver.Solver.Assembly;

/// <summary>One part of the equations of a device. Convention: M du/dt = F(t, u), with inflow positive in F.</summary>
internal interface IAssemblyPart<P>
    where P : struct, IParameter<P>
{
    /// <summary>Declares the entries of the Jacobian that the part writes.</summary>
    void Declare(PatternBuilder pattern);

    /// <summary>Looks up where those entries live.</summary>
    void Bind(ILinearSolver<P> solver);

    /// <summary>Adds the entries that never change, and the masses.</summary>
    void AddConstants(P[] jacobian, P[] mass);

    /// <summary>Adds to F.</summary>
    void AddResidual(P[] x, P[] f);

    /// <summary>Adds to F and to dF/du, except for its constant entries: what both need is worked out once.</summary>
    void AddLinearised(P[] x, P[] f, Span<P> jacobian);
}
