using System.CommandLine;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.CommandLine;

/// <summary>The option <c>--json</c>: one document on the output, for scripts; what is said on the way goes to the error stream.</summary>
public sealed class JsonOption
{
    private readonly Option<bool> _option = new("--json")
    {
        Description = "Print one JSON document on the standard output; progress and notes go to the error stream.",
    };

    /// <summary>Adds the option to a command.</summary>
    public JsonOption(Command command) => command.Options.Add(_option);

    /// <summary>True when the document is asked for.</summary>
    public bool IsSet(ParseResult arguments) => arguments.GetValue(_option);

    /// <summary>Where words for people go.</summary>
    public TextWriter Words(ParseResult arguments) =>
        IsSet(arguments) ? arguments.InvocationConfiguration.Error : arguments.InvocationConfiguration.Output;

    /// <summary>Prints the document, if it is asked for.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="document">Makes the document; see <see cref="JsonText"/>.</param>
    /// <returns>True when it was asked for.</returns>
    public bool Write(ParseResult arguments, Func<object> document)
    {
        if (!IsSet(arguments))
            return false;
        arguments.InvocationConfiguration.Output.WriteLine(JsonText.Write(document()));
        return true;
    }
}
