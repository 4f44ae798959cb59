using System.Security.Cryptography;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Materials;

namespace FvSolver.Cases.Runs;

/// <summary>What a run comes from beside its parameters; a run may only be resumed as the same one.</summary>
/// <param name="Settings">Changes of the case that are no parameters, e.g. of its protocol or cross-section.</param>
/// <param name="Files">Files that the case names, with their digests.</param>
/// <param name="Start">Result that it started from, with its digest; empty for rest.</param>
/// <param name="Notes">What a reader should know about that start.</param>
internal sealed record RunOrigin(string[] Settings, string[] Files, string Start, string[] Notes)
{
    /// <summary>Name under which a checkpoint keeps the result that its run started from.</summary>
    public const string StartName = "start";

    private const string SettingsName = "settings", FilesName = "files", NotesName = "start_notes";

    /// <summary>The origin of a case's run.</summary>
    public static RunOrigin Of(CaseDefinition definition, string start = "", params string[] notes) => new(
        [.. definition.Settings.Where(s => definition.Parameters.All(p => p.Path != s.Split('=')[0].Trim())).Order(StringComparer.Ordinal)],
        [.. definition.Files], start, notes);

    /// <summary>The origin of the run that left a checkpoint.</summary>
    public static RunOrigin Of(Checkpoint checkpoint)
    {
        string[] Get(string name) => checkpoint.Strings.GetValueOrDefault(name) ?? [];
        return new(Get(SettingsName), Get(FilesName), Get(StartName).FirstOrDefault(""), Get(NotesName));
    }

    /// <summary>Writes it into a checkpoint.</summary>
    public void AddTo(Checkpoint checkpoint)
    {
        checkpoint.Strings[SettingsName] = Settings;
        checkpoint.Strings[FilesName] = Files;
        checkpoint.Strings[StartName] = [Start];
        checkpoint.Strings[NotesName] = Notes;
    }

    /// <summary>In what a case differs from the one that a result or checkpoint is of; null when in nothing.</summary>
    public static string? Difference(CaseDefinition definition, Result stored)
    {
        string now = CaseRun.Header(definition, "").CodeVersion;
        if (stored.Header.CodeVersion != now)
            return $"the version of the program: {stored.Header.CodeVersion} there, {now} here";
        Dictionary<string, StoredParameter> before = stored.Parameters.ToDictionary(p => p.Path);
        foreach (ParameterValue p in definition.Parameters)
            if (!before.TryGetValue(p.Path, out StoredParameter? other) || !Equals(other.Value, CaseRun.Store(p).Value))
                return $"{p.Path}: {other?.Value ?? "nothing"} there, {CaseRun.Store(p).Value} here";
        if (stored.Header.CaseText != definition.SourceText)
            return "the text of the case";
        (RunOrigin there, RunOrigin here) = (stored.Checkpoint is { } c ? Of(c) : new([], [], "", []), Of(definition));
        if (!there.Settings.SequenceEqual(here.Settings))
            return $"changes of the case: {Words(there.Settings)} there, {Words(here.Settings)} here";
        string[] files = [.. there.Files.Except(here.Files).Concat(here.Files.Except(there.Files)).Select(f => f.Split(' ')[0]).Distinct()];
        return there.Files.SequenceEqual(here.Files) ? null : $"the content of {string.Join(", ", files)}";
    }

    private static string Words(string[] settings) => settings.Length == 0 ? "none" : string.Join(", ", settings);

    /// <summary>A file with its digest, which stays the same when it is moved.</summary>
    public static string MarkOf(string path) =>
        $"{path.Replace(' ', '_')} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}";

    /// <summary>A note when the state is of a device with other parameters.</summary>
    public static string[] OtherDevice(CaseDefinition definition, Result from)
    {
        Dictionary<string, object> before = from.Parameters.ToDictionary(p => p.Path, p => p.Value);
        string[] others = [.. definition.Parameters.Where(p => ParameterCatalogue.Device.Find(p.Path) is not null
            && before.TryGetValue(p.Path, out object? value) && !Equals(value, CaseRun.Store(p).Value)).Select(p => p.Path)];
        return others.Length == 0 ? []
            : ["started from the state of another device: "
                + $"{string.Join(", ", others.Take(5))}{(others.Length > 5 ? $" and {others.Length - 5} more" : "")} differ"];
    }
}
