using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using FvSolver.Cases.Files;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.CommandLine;

/// <summary>The program <c>fv</c>: commands, one line for whatever goes wrong, and exit codes.</summary>
public static class CommandApplication
{
    /// <summary>The command line of this process, as results keep it.</summary>
    public static string Line => "fv " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1));

    /// <summary>The tree of commands.</summary>
    /// <param name="extra">Commands beside <c>list</c>, <c>show</c> and <c>check</c>, in the order of the help.</param>
    public static RootCommand Build(IEnumerable<Command> extra)
    {
        var root = new RootCommand(
            "Finite-volume solver for the Pd/PSG/WO3 nanosecond protonic resistor.\n\n"
            + "A case is a TOML file (device, protocol, mesh, accuracy) or one of the library:\n"
            + "  fv list                            what there is\n"
            + "  fv show fig2a                      every parameter with its origin\n"
            + "  fv show fig2a --set psg.thickness=5nm --set preset=n2\n\n"
            + "Exit codes: 0 success, 2 bad input, 3 numerical failure, 130 interrupted.");
        foreach (Command command in extra)
            root.Subcommands.Add(command);
        root.Subcommands.Add(ListCommand.Create());
        root.Subcommands.Add(ShowCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(CompletionCommand.CreateComplete());
        var help = new HelpAction();
        root.SetAction(parsed => help.Invoke(parsed));
        return root;
    }

    /// <summary>The commands that a command line needs: the one it names, or all, for the help and for advice on a wrong name.</summary>
    /// <remarks>Making all of them takes a tenth of the time of a short command.</remarks>
    /// <param name="args">Arguments of the program.</param>
    /// <param name="commands">Commands beside those of <see cref="Build"/>, by name.</param>
    public static IEnumerable<Command> Needed(string[] args, IReadOnlyList<CommandEntry> commands)
    {
        string asked = args.FirstOrDefault("");
        bool isOwn = asked is "list" or "show" or "check";
        var named = commands.Where(c => c.Name == asked).ToList();
        return (isOwn || named.Count > 0 ? named : commands).Select(c => c.Create());
    }

    /// <summary>Runs one command line.</summary>
    /// <param name="args">Arguments of the program.</param>
    /// <param name="extra">Commands beside those of <see cref="Build"/>.</param>
    /// <param name="exitCodes">Exit codes by exception; null for the usual ones.</param>
    /// <param name="output">Where results go; null for the console.</param>
    /// <param name="error">Where the one line of an error goes; null for the console.</param>
    /// <returns>The exit code; nothing is thrown.</returns>
    public static async Task<int> RunAsync(
        string[] args, IEnumerable<Command>? extra = null, ExitCode? exitCodes = null, TextWriter? output = null, TextWriter? error = null)
    {
        error = new SteadyWriter(error ?? Console.Error);
        SteadyWriter? console = null;
        if (output is null)
        {
            console = new SteadyWriter(Console.Out);
            Console.SetOut(console);
        }
        exitCodes ??= new ExitCode();
        using var interruption = new Interruption(error);
        (int code, string message) = await InvokeAsync(args, extra, exitCodes, output, error, interruption.Token);
        if (!interruption.End())
            await Task.Delay(Timeout.Infinite); // the process is being ended, and that has been said
        if (console?.Failure is { } lost && code == ExitCode.Success)
            (code, message) = (ExitCode.BadInput, $"the standard output cannot be written to: {OutputException.Describe(lost)}");
        if (message.Length > 0)
            error.WriteLine("fv: " + PlainText.Line(message.ReplaceLineEndings(" ")));
        return code;
    }

    private static async Task<(int Code, string Message)> InvokeAsync(
        string[] args, IEnumerable<Command>? extra, ExitCode exitCodes, TextWriter? output, TextWriter error, CancellationToken cancel)
    {
        try
        {
            if (!Directory.Exists("."))
                return (ExitCode.BadInput, "the working folder does not exist any more; change to another one");
            RootCommand root = Build(extra ?? []);
            ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
                return (ExitCode.BadInput, Explain(parsed));
            return (await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output ?? Console.Out,
                Error = error,
            }, cancel), "");
        }
        catch (AggregateException e) when (e.InnerException is OperationCanceledException)
        {
            return (ExitCode.Interrupted, "interrupted");
        }
        catch (OperationCanceledException)
        {
            return (exitCodes.Of(new OperationCanceledException()), "interrupted");
        }
        catch (Exception e)
        {
            // The last resort: users see one line, whatever happened.
            int code = exitCodes.Of(e);
            Exception cause = InputTrouble.Cause(e);
            return (code, code == ExitCode.Fault ? $"{cause.GetType().Name}: {cause.Message}" : cause.Message);
        }
    }

    private static string Explain(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        // A misspelt option may have been taken for an argument.
        string? stray = parsed.Tokens.FirstOrDefault(
            t => t.Type == TokenType.Argument && t.Value.StartsWith("--", StringComparison.Ordinal))?.Value
            ?? parsed.UnmatchedTokens.FirstOrDefault();
        if (stray is null)
            return parsed.Errors[0].Message;
        string[] names =
        [
            .. command.Subcommands.Select(c => c.Name),
            .. command.Options.Select(o => o.Name),
        ];
        string what = stray.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        return $"unknown {what} '{stray}'" + NearestName.Suggest(stray, [.. names.Where(n => n.StartsWith('-') == stray.StartsWith('-'))])
            + $" (help: fv {string.Join("", Path(parsed.CommandResult).Select(name => name + " "))}--help)";
    }

    private static IEnumerable<string> Path(CommandResult result) =>
        result.Parent is CommandResult parent ? [.. Path(parent), result.Command.Name] : [];
}
