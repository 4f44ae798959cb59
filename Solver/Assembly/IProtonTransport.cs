using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Assembly;

/// <summary>Protons and potential of PSG, whatever the hop law.</summary>
internal interface IProtonTransport<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>
{
    /// <summary>Energy of the field in PSG [J].</summary>
    P FieldEnergy(P[] state);
}
