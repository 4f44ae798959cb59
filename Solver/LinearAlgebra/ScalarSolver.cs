using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>A solver of doubles under the number type of the physics: the same memory, read as <see cref="Scalar"/>.</summary>
public sealed class ScalarSolver(ILinearSolver<double> inner) : ILinearSolver<Scalar>
{
    /// <summary>The solver that does the work.</summary>
    public ILinearSolver<double> Inner { get; } = inner;

    /// <inheritdoc/>
    public string Name => Inner.Name;

    /// <inheritdoc/>
    public int Size => Inner.Size;

    /// <inheritdoc/>
    public Span<Scalar> Values => MemoryMarshal.Cast<double, Scalar>(Inner.Values);

    /// <inheritdoc/>
    public int Slot(int row, int column) => Inner.Slot(row, column);

    /// <inheritdoc/>
    public int Factorise() => Inner.Factorise();

    /// <inheritdoc/>
    public void Solve(Span<Scalar> rhs) => Inner.Solve(MemoryMarshal.Cast<Scalar, double>(rhs));

    /// <inheritdoc/>
    public void Dispose() => Inner.Dispose();
}
