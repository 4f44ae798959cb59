using System.CommandLine;
using FvSolver.Cases.Electrochemistry;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.CommandLine;

/// <summary>What the electrochemical commands share: the case, the state to start from, result and picture.</summary>
internal sealed class PotentiostatArguments
{
    private readonly CaseArguments _case;
    private readonly Option<string?> _output, _from;
    private readonly Option<bool> _noPicture;
    private readonly string _ending;

    /// <summary>Adds the arguments to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="ending">What the result's name has after that of the case.</param>
    public PotentiostatArguments(Command command, string ending)
    {
        _ending = ending;
        _case = new(command);
        _output = new("--output", "-o") { Description = $"Result file (default: results/CASE-{ending}.h5).", HelpName = "FILE" };
        _from = new("--from") { Description = "Start from the final state of a result instead of rest.", HelpName = "RESULT" };
        _noPicture = new("--no-picture") { Description = "Write no picture beside the result." };
        foreach (Option option in new Option[] { _output, _from, _noPicture })
            command.Options.Add(option);
    }

    /// <summary>The case, after a look whether result and picture can be written.</summary>
    public CaseDefinition Read(ParseResult parsed)
    {
        CaseDefinition definition = _case.Read(parsed);
        string path = PathOf(parsed, definition);
        string[] files = [path, RunPicture.PathOf(path)];
        _case.RequireApart(parsed, files);
        OutputFile.Check(_case.IsForced(parsed), files);
        return definition;
    }

    /// <summary>The device in its initial state, connected to a potentiostat.</summary>
    public Potentiostat Potentiostat(ParseResult parsed, CaseDefinition definition) => new(definition, parsed.GetValue(_from));

    /// <summary>True when the run does not start at rest.</summary>
    public bool IsFrom(ParseResult parsed) => parsed.GetValue(_from) is not null;

    /// <summary>Writes what was measured, prints its figures and draws the picture.</summary>
    public void Finish(
        ParseResult parsed, CaseDefinition definition, Potentiostat potentiostat, string title, Table series,
        IReadOnlyDictionary<string, Figure> figures, FigureSpec plot)
    {
        TextWriter text = parsed.InvocationConfiguration.Output;
        int width = figures.Values.Max(f => f.LongName.Length);
        foreach (Figure figure in figures.Values)
            text.WriteLine($"{figure.LongName.PadRight(width)}  {Show(figure)}");
        string path = PathOf(parsed, definition);
        OutputFolder.Ensure(path);
        string line = CommandApplication.Line;
        Result result = potentiostat.Collect(title, line, series, figures, [plot]);
        ResultFile.Write(path, result);
        foreach (string warning in result.Record.Warnings)
            text.WriteLine($"note: {warning}");
        text.WriteLine($"result: {path}");
        if (parsed.GetValue(_noPicture))
            return;
        string picture = RunPicture.PathOf(path);
        FigureImage.Save(plot, picture);
        text.WriteLine($"picture: {picture}");
    }

    private string PathOf(ParseResult parsed, CaseDefinition definition) => parsed.GetValue(_output)
        ?? Path.Combine("results", $"{Path.GetFileNameWithoutExtension(definition.SourceName)}-{_ending}.h5");

    private static string Show(Figure figure) =>
        QuantityText.Format(double.Parse(figure.Value.ToString("g5")), figure.Unit);
}
