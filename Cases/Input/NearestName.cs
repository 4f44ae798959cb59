namespace FvSolver.Cases.Input;

/// <summary>What a user may have meant by a name that does not exist.</summary>
public static class NearestName
{
    private const int LongestList = 12;

    /// <summary>The candidate that is fewest edits away, or null when none is near.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length > 64)
            return null;
        int limit = Math.Max(2, name.Length / 3);
        return candidates.Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>Rest of a message about an unknown name: the nearest one, or all of a short list.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> candidates) =>
        Find(name, candidates) is string near ? $"; did you mean '{near}'?"
        : candidates.Count is > 0 and <= LongestList ? "; there are " + string.Join(", ", candidates)
        : "";

    // Edits (insert, delete, replace) between two words, by Wagner and Fischer's table kept as one row.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
