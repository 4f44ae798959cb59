using System.Text;
using FvSolver.Cases.Files;

namespace FvSolver.Cases.Input;

/// <summary>Bad input of a user: one line that says where, what, and what is allowed.</summary>
public sealed class InputException : Exception
{
    private const int LongestValue = 60;

    /// <summary>Describes bad input; empty texts and line 0 are left out of the message.</summary>
    /// <param name="file">File, or <c>--set</c>.</param>
    /// <param name="line">Line in the file, from 1; 0 when there is none.</param>
    /// <param name="key">Full key, e.g. <c>psg.thickness</c>.</param>
    /// <param name="value">Value as written.</param>
    /// <param name="allowed">What is wrong and what is allowed, e.g. <c>must be greater than 0 m</c>.</param>
    public InputException(string file, int line, string key, string value, string allowed)
        : base(Compose(file, line, key, value, allowed))
    {
        File = file;
        Line = line;
        Key = key;
        Value = value;
        Allowed = allowed;
    }

    internal InputException(SourcePosition position, string key, string value, string allowed)
        : this(position.File, position.Line, key, value, allowed)
    {
    }

    /// <summary>File, or <c>--set</c>.</summary>
    public string File { get; }

    /// <summary>Line in the file, from 1; 0 when there is none.</summary>
    public int Line { get; }

    /// <summary>Full key.</summary>
    public string Key { get; }

    /// <summary>Value as written.</summary>
    public string Value { get; }

    /// <summary>What is wrong and what is allowed.</summary>
    public string Allowed { get; }

    private static string Compose(string file, int line, string key, string value, string allowed)
    {
        var text = new StringBuilder();
        if (file.Length > 0)
            text.Append(file).Append(':');
        if (line > 0)
            text.Append(line).Append(':');
        if (text.Length > 0)
            text.Append(' ');
        if (key.Length > 0)
            text.Append(Shorten(key)).Append(value.Length > 0 ? " = " : ": ");
        if (value.Length > 0)
            text.Append(Shorten(value)).Append(": ");
        return PlainText.Line(text.Append(allowed).ToString());
    }

    /// <summary>What the user wrote, cut to a length that a message can hold.</summary>
    /// <param name="value">Key or value as written.</param>
    internal static string Shorten(string value) =>
        value.Length <= LongestValue ? value : value[..LongestValue] + "...";
}
