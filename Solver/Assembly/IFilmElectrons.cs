using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Assembly;

/// <summary>Electrons of WO3 with space charge.</summary>
internal interface IFilmElectrons<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>
{
    /// <summary>Their charge in excess of rest, -q sum of V (n - n_ref) [C].</summary>
    P ChargeOf(P[] x);

    /// <summary>Their free energy above that at rest [J].</summary>
    P Energy(P[] x);
}
