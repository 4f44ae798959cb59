using System.IO.Enumeration;

namespace FvSolver.Validation.Checks;

/// <summary>Choice of cases or workloads by their ids, as <c>--only</c> has it.</summary>
internal static class IdPattern
{
    /// <summary>True when a pattern matches: a part of the id, or the whole with * and ? for any text; no patterns match all.</summary>
    public static bool Matches(string id, IReadOnlyCollection<string> patterns) => patterns.Count == 0 || patterns.Any(p =>
        id.Contains(p, StringComparison.OrdinalIgnoreCase) || FileSystemName.MatchesSimpleExpression(p, id));
}
