using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Materials;

namespace FvSolver.Pages.Explore;

/// <summary>A case that is changed and run again and again: behind a live page, and without one in tests.</summary>
/// <remarks>
/// A change is made in the text of the case, and that text is what runs: saved, it is a case that runs to the same bits. The solver runs by
/// itself, never in lanes with others.
/// </remarks>
internal sealed partial class Explorer
{
    private readonly string _text, _source, _directory;
    private readonly bool _force;
    private readonly List<(string Name, Result Result)> _pins = [];
    private (string Name, Result Result)? _last;

    /// <summary>A case to start from.</summary>
    /// <param name="definition">The case, with its settings.</param>
    /// <exception cref="InputException">It has no protocol that could be followed.</exception>
    public Explorer(CaseDefinition definition)
    {
        if (definition.Study is not null)
            throw new InputException(definition.SourceName, 0, "study", "", "a study runs many cases; explore one of them, e.g. single");
        (_source, _directory, _force) = (Path.GetFileName(definition.SourceName), definition.Directory, definition.AcceptsImplausible);
        _text = CaseText.With(definition.SourceText, _source, definition.Settings);
    }

    /// <summary>The last run; null before the first.</summary>
    public Result? Last => _last?.Result;

    /// <summary>Text of the case with the changes.</summary>
    /// <exception cref="InputException">A change is not allowed.</exception>
    public string Text(ExploreState state) =>
        CaseText.With(_text, _source, state.Settings.Select(s => $"{s.Key}={s.Value}"), state.Protocol);

    /// <summary>Runs the case with the changes.</summary>
    /// <returns>Data of the page, see <see cref="PageData"/>, with <c>values</c> of all parameters and <c>seconds</c>.</returns>
    /// <exception cref="InputException">A change is not allowed.</exception>
    /// <exception cref="RunFailure">The integration failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public byte[] Run(ExploreState state, Action<CaseRun>? progress, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        CaseDefinition definition = Read(state);
        if (definition.Study is not null)
            throw new InputException(_source, 0, "study", "", "a study cannot be explored");
        Result result = CaseRun.Start(definition, "", "fv explore").RunUnwritten(progress, cancel);
        _last = ("now", result);
        return Data(definition, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Keeps the last run beside those to come.</summary>
    /// <returns>Data of the page.</returns>
    public byte[] Pin(ExploreState state)
    {
        if (_last is { } last)
            _pins.Add((Label(state), last.Result));
        return Data(null, 0);
    }

    /// <summary>Forgets all runs that were kept.</summary>
    /// <returns>Data of the page.</returns>
    public byte[] Unpin()
    {
        _pins.Clear();
        return Data(null, 0);
    }

    /// <summary>Writes the case with its changes beside the case it came from.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="InputException">A change, or the name, is not allowed.</exception>
    /// <exception cref="OutputException">The file cannot be written, or is there and was not written by this program.</exception>
    public string Save(ExploreState state)
    {
        if (!FileName().IsMatch(state.Name))
            throw new InputException("", 0, "name", state.Name, "must be a file name of letters, digits, '.', '_', '-' and spaces");
        Read(state);
        string path = Path.Combine(_directory, state.Name.EndsWith(".toml", StringComparison.OrdinalIgnoreCase) ? state.Name
            : state.Name + ".toml");
        OutputFile.Check(false, path);
        OutputFile.WriteText(path, $"# {OutputFile.Mark}: saved by fv explore\n{Text(state)}");
        return path;
    }

    /// <summary>What the page shows before the first run: the form of the case.</summary>
    public byte[] Form()
    {
        var state = new ExploreState();
        return ExploreForm.Of(Read(state), CaseText.Steps(_text, _source));
    }

    private CaseDefinition Read(ExploreState state) => CaseReader.Parse(Text(state), _source, _directory, null, _force);

    private byte[] Data(CaseDefinition? definition, double seconds)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            PageData.Write(json, _last is { } last ? [.. _pins, last] : []);
            json.WriteNumber("pins", _pins.Count);
            if (definition is not null)
            {
                json.WriteNumber("seconds", seconds);
                json.WriteStartObject("values");
                foreach (ParameterValue value in definition.Parameters)
                {
                    json.WriteStartArray(value.Path);
                    json.WriteStringValue(ShowCommand.Shown(value));
                    json.WriteStringValue(ShowCommand.Origin(value));
                    json.WriteStringValue(value.Reference);
                    json.WriteEndArray();
                }
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private string Label(ExploreState state)
    {
        string changes = string.Join(", ", state.Settings.Select(s => $"{s.Key} = {s.Value}")
            .Concat(state.Protocol is null ? [] : ["own protocol"]));
        string name = $"pin {_pins.Count + 1}: {(changes.Length > 0 ? changes : "as in the case")}";
        return name.Length <= 60 ? name : name[..57] + "...";
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,80}\z")]
    private static partial Regex FileName();
}
