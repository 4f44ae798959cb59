using System.Globalization;

namespace FvSolver.Mesh;

/// <summary>Lines of a mesh file with their numbers; says where a file ends early or a number is missing.</summary>
internal sealed class GmshLines(TextReader reader, string file)
{
    /// <summary>Number of the current line, from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>The next line that is not empty.</summary>
    public bool TryNext(out string line)
    {
        while (reader.ReadLine() is { } read)
        {
            LineNumber++;
            if (read.Trim() is { Length: > 0 } text)
            {
                line = text;
                return true;
            }
        }
        line = "";
        return false;
    }

    /// <summary>Words of the next line of a section.</summary>
    public string[] Next(string section, int atLeast = 1)
    {
        if (!TryNext(out string line))
            throw Error($"the file ends within {section}; it is not complete");
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < atLeast || words[0].StartsWith('$'))
            throw Error($"{section} has too few values: '{line}'");
        return words;
    }

    /// <summary>Checks that a section ends here.</summary>
    public void End(string section)
    {
        string end = "$End" + section[1..];
        if (!TryNext(out string line))
            throw Error($"the file ends within {section}; it is not complete");
        if (line != end)
            throw Error($"{end} was expected and '{line}' found");
    }

    /// <summary>Passes over an unknown section.</summary>
    public void SkipTo(string end)
    {
        while (TryNext(out string line))
            if (line == end)
                return;
        throw Error($"the file ends before {end}; it is not complete");
    }

    /// <summary>An integer among the words of a line.</summary>
    public int Integer(string[] words, int at) =>
        at < words.Length && int.TryParse(words[at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Error(at < words.Length ? $"'{words[at]}' is not an integer" : "an integer is missing at the end of the line");

    /// <summary>A finite number among the words of a line.</summary>
    public double Number(string[] words, int at) =>
        at < words.Length && double.TryParse(words[at], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Error(at < words.Length ? $"'{words[at]}' is not a finite number" : "a number is missing at the end of the line");

    /// <summary>An error at the current line.</summary>
    public MeshException Error(string message) => new(file, Math.Max(LineNumber, 1), message);
}
