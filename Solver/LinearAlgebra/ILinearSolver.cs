namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Direct solver for one sparsity pattern: analysed once, factorised and solved many times.</summary>
/// <remarks>
/// The solver chooses where each entry of the matrix lives in <see cref="Values"/>, so that assembly writes
/// straight into the storage of the factorisation: blocks, compressed columns or whatever suits it.
/// <see cref="Factorise"/> must leave <see cref="Values"/> as they are.
/// </remarks>
/// <typeparam name="P">One number, or the lanes of several devices with the same pattern.</typeparam>
public interface ILinearSolver<P> : IDisposable
    where P : struct
{
    /// <summary>Name of the method and library, for the run's report.</summary>
    string Name { get; }

    /// <summary>Number of unknowns.</summary>
    int Size { get; }

    /// <summary>Entries of the matrix, in the solver's own layout; positions come from <see cref="Slot"/>.</summary>
    Span<P> Values { get; }

    /// <summary>Position in <see cref="Values"/> of an entry of the pattern.</summary>
    /// <exception cref="ArgumentException">The entry is not in the pattern.</exception>
    int Slot(int row, int column);

    /// <summary>Factorises the matrix in <see cref="Values"/>.</summary>
    /// <returns>-1, or the unknown at which the matrix was found singular.</returns>
    int Factorise();

    /// <summary>Overwrites a right-hand side with the solution.</summary>
    /// <param name="rhs">Right-hand side, <see cref="Size"/> long, in the order of the unknowns.</param>
    void Solve(Span<P> rhs);
}
