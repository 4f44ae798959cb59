namespace FvSolver.Solver.LinearAlgebra;

/// <summary>The fronts of a matrix in the order of their elimination: the symbolic half of a multifrontal factorisation.</summary>
internal sealed class FrontTree
{
    /// <summary>Finds the fronts of a matrix.</summary>
    public FrontTree(CompressedColumns matrix)
    {
        var dissection = new NestedDissection(matrix);
        IReadOnlyList<int[]> groups = dissection.Groups;
        Unknowns = [.. groups.SelectMany(g => g)];
        var place = new int[matrix.Size];
        var owner = new int[matrix.Size];
        for (int k = 0, f = 0, end = groups[0].Length; k < Unknowns.Length; k++)
        {
            while (k == end)
                end += groups[++f].Length;
            (place[Unknowns[k]], owner[k]) = (k, f);
        }
        ILookup<int, int> children = Enumerable.Range(0, groups.Count).ToLookup(f => dissection.Parent[f]);
        Fronts = new Front[groups.Count];
        for (int f = 0; f < groups.Count; f++)
        {
            int[] pivots = [.. groups[f].Select(u => place[u])];
            int[] own = [.. children[f]];
            int last = pivots[^1];
            var border = new SortedSet<int>(own.SelectMany(c => Fronts[c].Places.Skip(Fronts[c].Pivots)).Where(p => p > last));
            foreach (int u in groups[f])
                foreach (int v in dissection.Neighbours(u))
                    if (place[v] > last)
                        border.Add(place[v]);
            Fronts[f] = new Front([.. pivots, .. border], pivots.Length, own);
            foreach (int c in own)
                Fronts[c].SetParent(Fronts[f]);
        }
        ILookup<int, FrontEntry> entries = EntriesOf(matrix, place).ToLookup(e => owner[Math.Min(e.Row, e.Column)]);
        Entries = [.. Enumerable.Range(0, groups.Count).SelectMany(f => entries[f])];
        Targets = [.. Fronts.SelectMany((front, f) => entries[f].Select(e => front.TargetOf(e.Row, e.Column)))];
        for (int f = 0; f < groups.Count; f++)
            Fronts[f].Entries = entries[f].Count();
        foreach (Front front in Fronts)
        {
            front.LowerStart = LowerLength;
            LowerLength += front.LowerLength;
        }
        // A solve takes U from the last front to the first.
        foreach (Front front in Fronts.Reverse())
        {
            front.UpperStart = UpperLength;
            UpperLength += front.UpperLength;
        }
        Shapes = [.. Fronts.Select(f => new FrontShape(f.Pivots, f.Border))];
        BorderPlaces = [.. Fronts.SelectMany(f => f.Places.Skip(f.Pivots))];
        RestLength = PlaceRests([.. children[-1]]);
    }

    /// <summary>Fronts, children before their parents.</summary>
    public Front[] Fronts { get; }

    /// <summary>Size of each front: what a solve needs to know of it, close together.</summary>
    public FrontShape[] Shapes { get; }

    /// <summary>Border places of all fronts, one after the other.</summary>
    public int[] BorderPlaces { get; }

    /// <summary>Unknown at each place of the elimination order.</summary>
    public int[] Unknowns { get; }

    /// <summary>Entries of the matrix, front by front.</summary>
    public FrontEntry[] Entries { get; }

    /// <summary>Where each of them goes in the work space of its front.</summary>
    public int[] Targets { get; }

    /// <summary>Numbers that L takes.</summary>
    public long LowerLength { get; }

    /// <summary>Numbers that U takes.</summary>
    public long UpperLength { get; }

    /// <summary>Numbers of the largest work space of a front.</summary>
    public int WorkLength => Fronts.Max(f => f.WorkLength);

    /// <summary>Numbers that rests on their way to the parents take.</summary>
    public long RestLength { get; }

    /// <summary>Most places in a front, with padding.</summary>
    public int LargestFront => Fronts.Max(f => f.PaddedPivots + f.PaddedBorder);

    /// <summary>Floating-point operations of one factorisation, about.</summary>
    public double Operations => Fronts.Sum(f => f.Pivots * (2.0 / 3 * f.Pivots * f.Pivots + 2.0 * f.Border * (f.Pivots + f.Border)));

    // Rests of siblings stand side by side until their parent has taken them up; each generation has a region of its own.
    private long PlaceRests(int[] roots)
    {
        long start = 0;
        for (int[] generation = roots; generation.Length > 0; generation = [.. generation.SelectMany(f => Fronts[f].Children)])
        {
            long largest = 0;
            foreach (int parent in generation)
            {
                long next = start;
                foreach (int child in Fronts[parent].Children)
                {
                    Fronts[child].RestStart = next;
                    next += Fronts[child].RestLength;
                }
                largest = Math.Max(largest, next - start);
            }
            start += largest;
        }
        return start;
    }

    private static IEnumerable<FrontEntry> EntriesOf(CompressedColumns matrix, int[] place)
    {
        for (int j = 0; j < matrix.Size; j++)
            for (int k = matrix.Pointers[j]; k < matrix.Pointers[j + 1]; k++)
                yield return new(k, place[matrix.Rows[k]], place[j]);
    }
}

/// <summary>An entry of the matrix.</summary>
/// <param name="Source">Where it stands in the compressed columns.</param>
/// <param name="Row">Place of its row in the elimination order.</param>
/// <param name="Column">Place of its column.</param>
internal readonly record struct FrontEntry(int Source, int Row, int Column);

/// <summary>Size of a front.</summary>
/// <param name="Pivots">Number of pivots.</param>
/// <param name="Border">Number of border places.</param>
internal readonly record struct FrontShape(int Pivots, int Border);
