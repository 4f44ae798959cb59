namespace FvSolver.Cases.Files;

/// <summary>Text from files, fit for a terminal: control characters could move the cursor or hide what was written before.</summary>
internal static class PlainText
{
    /// <summary>The text with a space in place of each control character and line end.</summary>
    public static string Line(string text) => text.Any(IsControl) ? string.Concat(text.Select(c => IsControl(c) ? ' ' : c)) : text;

    /// <summary>True for characters that do something instead of being shown, those that turn the
    /// direction of writing among them.</summary>
    public static bool IsControl(char c) => char.IsControl(c)
        || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
