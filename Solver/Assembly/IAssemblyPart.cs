using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Time;

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

    /// <summary>
    /// Entries of the Jacobian that <see cref="AddLinearised"/> writes with their constants instead of adding to them, or leaves as they are
    /// since they are constant and no other part adds to them; only the first part may.
    /// </summary>
    Range Written => default;

    /// <summary>
    /// Number of the first unknowns whose point and sums the part forms itself in <see cref="AddStage"/>, and whose F it sets in
    /// <see cref="AddLinearised"/> instead of adding to it; only the first part may.
    /// </summary>
    int Formed => 0;

    /// <summary>Adds to F.</summary>
    void AddResidual(P[] x, P[] f);

    /// <summary>Forms the point and the sums of a stage for the first unknowns, see <see cref="Formed"/>, and adds to F at the point.</summary>
    void AddStage(StageSums<P> sums, P[] point, P[] rate) => throw new NotSupportedException();

    /// <summary>Adds to F and to dF/du, except for its constant entries: what both need is worked out once.</summary>
    void AddLinearised(P[] x, P[] f, Span<P> jacobian);
}
