using FvSolver.Cases.Output;

namespace FvSolver.Cases.Studies;

/// <summary>
/// A question that takes more than one run to answer, such as one figure of the paper. A case asks for it with a
/// <c>[study]</c> table, whose <c>type</c> names it in <see cref="StudyCatalogue"/>.
/// </summary>
public interface IStudy
{
    /// <summary>Computes the answer.</summary>
    /// <param name="context">Progress, cancelling, cores, and where finished points are kept.</param>
    /// <exception cref="OperationCanceledException">Cancelled; finished points are kept.</exception>
    /// <exception cref="OutputException">A file of the study cannot be read or written.</exception>
    StudyAnswer Run(StudyContext context);
}
