using System.CommandLine;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Fits;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;

namespace FvSolver.Tests.Fuzzing;

/// <summary>How a command ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Error">What it said on the error stream.</param>
internal sealed record Ending(int Code, string Error)
{
    private static readonly ExitCode Codes = new ExitCode()
        .Map<OutputException>(ExitCode.BadInput)
        .Map<FitFailure>(ExitCode.NumericalFailure)
        .Map<RunFailure>(ExitCode.NumericalFailure);

    /// <summary>True when it ended as documented: by a code of the manual, and with one plain line unless all went well.</summary>
    public bool IsDocumented => Code switch
    {
        ExitCode.Success => Error.Length == 0,
        ExitCode.BadInput or ExitCode.NumericalFailure => Error.StartsWith("fv: ", StringComparison.Ordinal)
            && Error.EndsWith('\n') && !Error.AsSpan(0, Error.Length - 1).ContainsAnyInRange('\0', '\u001f'),
        _ => false,
    };

    /// <summary>Runs a command line in this process.</summary>
    public static Ending Of(params string[] arguments) => Of(arguments, CommandsOf(arguments[0]));

    /// <summary>Runs a body as the program runs a command.</summary>
    public static Ending Of(Func<int> body)
    {
        var command = new Command("body", "");
        command.SetAction(_ => body());
        return Of(["body"], [command]);
    }

    private static Ending Of(string[] arguments, IEnumerable<Command> commands)
    {
        var error = new StringWriter();
        int code = CommandApplication.RunAsync(arguments, commands, Codes, TextWriter.Null, error).GetAwaiter().GetResult();
        return new(code, error.ToString());
    }

    private static Command[] CommandsOf(string name) => name switch
    {
        "run" => [RunCommand.Create()],
        "info" => [InfoCommand.Create()],
        "diff" => [DiffCommand.Create()],
        "export" => [ExportCommand.Create()],
        "fit" => [FitCommand.Create()],
        "sweep" => [SweepCommand.Create()],
        _ => [],
    };
}
