using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Layout;

/// <summary>Entries of the Jacobian and of the mass matrix, as the parts of an assembly name them.</summary>
/// <remarks>
/// Parts name them twice in the same order: first they are declared, then, once the pattern is built and has a solver, they have places
/// and constants are added. An entry of an absent row or column, -1, is none.
/// </remarks>
/// <param name="size">Number of unknowns.</param>
internal sealed class MatrixEntries<P>(int size)
    where P : struct, IParameter<P>
{
    /// <summary>What has been declared, until entries have places.</summary>
    public PatternBuilder Pattern { get; private set; } = new();

    /// <summary>The solver, in whose layout entries have places; null while they are declared.</summary>
    public ILinearSolver<P>? Solver { get; private set; }

    /// <summary>Entries of the Jacobian that never change.</summary>
    public P[] Constants { get; private set; } = [];

    /// <summary>Diagonal of the mass matrix.</summary>
    public P[] Mass { get; } = AlignedArray.Create<P>(size);

    /// <summary>Its entries off the diagonal.</summary>
    public List<MassCoupling<P>> Couplings { get; } = [];

    /// <summary>Begins the second pass.</summary>
    public void Place(ILinearSolver<P> solver) =>
        (Solver, Constants, Pattern) = (solver, AlignedArray.Create<P>(solver.Values.Length), new());

    /// <summary>Place of an entry that the part will write; -1 for none, and as long as entries are declared.</summary>
    public int Slot(int row, int column)
    {
        if (row < 0 || column < 0)
            return -1;
        if (Solver is not null)
            return Solver.Slot(row, column);
        Pattern.Add(row, column);
        return -1;
    }

    /// <summary>Declares that each row depends on each column, whether it is written or not.</summary>
    public void Declare(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns)
    {
        if (Solver is null)
            Pattern.Add(rows, columns);
    }

    /// <summary>Adds to an entry that never changes.</summary>
    public void Add(int row, int column, P value)
    {
        if (Slot(row, column) is >= 0 and var slot)
            Constants[slot] += value;
    }

    /// <summary>Adds what flows from one row to another, conductance times the difference of two unknowns.</summary>
    public void AddFlow(int leftRow, int rightRow, int left, int right, P conductance)
    {
        Add(leftRow, left, -conductance);
        Add(leftRow, right, conductance);
        Add(rightRow, right, -conductance);
        Add(rightRow, left, conductance);
    }

    /// <summary>Adds to the diagonal of the mass matrix.</summary>
    public void AddMass(int row, P value)
    {
        if (Solver is not null && row >= 0)
            Mass[row] += value;
    }

    /// <summary>Adds to the diagonal of the mass matrix in consecutive rows.</summary>
    public void AddMass(int row, P[] values)
    {
        for (int i = 0; i < values.Length; i++)
            AddMass(row + i, values[i]);
    }

    /// <summary>Adds an entry of the mass matrix off its diagonal, if it has a column.</summary>
    public void Couple(int row, int column, P value)
    {
        if (Slot(row, column) >= 0)
            Couplings.Add(new(row, column, value));
    }
}
