using FvSolver.Materials;

namespace FvSolver.Cases.Input;

/// <summary>A named set of parameter values.</summary>
/// <param name="Name">Name or file.</param>
/// <param name="Title">What it is, in one line.</param>
/// <param name="Description">What it assumes, in words.</param>
public sealed record Preset(string Name, string Title, string Description);

/// <summary>Finds and reads presets: by name from the library, else from a file.</summary>
internal static class PresetReader
{
    /// <summary>The preset of the parameter records themselves.</summary>
    public const string DefaultName = "default";

    /// <summary>Reads a preset into a set of parameters.</summary>
    /// <param name="name">Name of a preset, or a file.</param>
    /// <param name="asked">The value that names it, for messages; null for the default.</param>
    /// <param name="files">Where a file is looked up.</param>
    /// <param name="into">Receives the values.</param>
    public static Preset Read(string name, InputNode? asked, CaseFiles files, ParameterSet into)
    {
        string text;
        string source = name;
        if (PresetLibrary.Find(name) is string known)
        {
            text = known;
            source = $"preset {name}";
        }
        else if (files.Find(name) is string file)
        {
            text = InputFile.Read(file, name);
        }
        else
        {
            string allowed = "there is neither a preset nor a file of this name" + NearestName.Suggest(name, [.. PresetLibrary.Names]);
            throw asked is null ? new InputException("", 0, "preset", name, allowed) : InputValue.Error(asked, "preset", allowed);
        }
        return Parse(name, text, source, into);
    }

    /// <summary>Title and description of a preset of the library.</summary>
    public static Preset Describe(string name) => Read(name, null, new CaseFiles(""), new ParameterSet());

    private static Preset Parse(string name, string text, string source, ParameterSet into)
    {
        var root = new TableReader(TomlDocument.Parse(text, source), "");
        var preset = new Preset(name, root.OptionalText("title") ?? name, root.OptionalText("description") ?? "");
        into.ReadPreset(root);
        root.Finish();
        return preset;
    }
}
