namespace FvSolver.Solver.Arithmetic;

/// <summary>Arrays of <see cref="AlignedArray"/> that serve one owner after the other.</summary>
/// <remarks>
/// Pinned memory that is given back to the runtime comes again in pieces in which few arrays start on a line, and soon calls for a
/// collection of everything. Who makes the same arrays again and again takes them on loan: what is made while the loan is open
/// belongs to it, and after <see cref="Return"/> to the next loan on this thread, as zeros. The owner must not touch them after that.
/// What the next one has no use for is left to the runtime when it returns its own.
/// </remarks>
internal sealed class ArrayLoan
{
    [ThreadStatic]
    private static ArrayLoan? s_open;

    [ThreadStatic]
    private static Dictionary<(Type Entries, int Length), Stack<Array>>? s_free;

    private readonly List<Array> _lent = [];

    /// <summary>Makes what holds the arrays, with the loan open.</summary>
    public void Make(Action make)
    {
        s_open = this;
        try
        {
            make();
        }
        finally
        {
            s_open = null;
        }
    }

    /// <summary>Gives the arrays back, on the thread that made them.</summary>
    public void Return()
    {
        if (_lent.Count == 0)
            return;
        s_free = [];
        foreach (Array array in _lent)
        {
            (Type, int) kind = (array.GetType().GetElementType()!, array.Length);
            if (!s_free.TryGetValue(kind, out Stack<Array>? same))
                s_free[kind] = same = new();
            same.Push(array);
        }
        _lent.Clear();
    }

    /// <summary>An array of zeros that was given back; null when there is none or no loan is open.</summary>
    public static P[]? Again<P>(int length)
        where P : struct
    {
        if (s_open is null || s_free is null || !s_free.TryGetValue((typeof(P), length), out Stack<Array>? same)
            || !same.TryPop(out Array? array))
            return null;
        Array.Clear(array);
        return (P[])array;
    }

    /// <summary>Notes an array for the loan that is open, if one is.</summary>
    public static void Note(Array array) => s_open?._lent.Add(array);
}
