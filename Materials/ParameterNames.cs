using System.Text;

namespace FvSolver.Materials;

/// <summary>How names of the code are written in case files: <c>HopDistance</c> as <c>hop_distance</c>, choices with hyphens.</summary>
public static class ParameterNames
{
    /// <summary>Name of a property in a case file, e.g. <c>wo3_cells</c> for <c>Wo3Cells</c>.</summary>
    public static string Snake(string name) => Separate(name, '_');

    /// <summary>Name of a choice in a case file, e.g. <c>gaussian-disorder</c>; <c>rodas4p</c> for <c>Rodas4P</c>.</summary>
    public static string Choice(Enum value) => Separate(value.ToString(), '-');

    /// <summary>Every name of an enumeration, in the order of its declaration.</summary>
    public static IReadOnlyList<string> Choices(Type enumeration) =>
        [.. Enum.GetNames(enumeration).Select(name => Separate(name, '-'))];

    /// <summary>The value that a name of a case file stands for, or null when there is none.</summary>
    public static object? ParseChoice(Type enumeration, string text)
    {
        string[] names = Enum.GetNames(enumeration);
        int index = Array.FindIndex(names, name => Separate(name, '-') == text);
        return index < 0 ? null : Enum.GetValues(enumeration).GetValue(index);
    }

    // A capital starts a word unless it is a lone one after a digit (Rodas4P).
    private static string Separate(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            bool starts = i > 0 && char.IsUpper(name[i])
                && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (starts)
                text.Append(separator);
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
