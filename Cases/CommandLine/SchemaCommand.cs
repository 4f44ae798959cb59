using System.CommandLine;
using FvSolver.Cases.Output;
using FvSolver.Cases.Schema;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv schema</c>: JSON Schemas of the input files, for editors and checkers.</summary>
public static class SchemaCommand
{
    /// <summary>Makes the command. Its errors are <see cref="OutputException"/>s, which the root turns into exit code 2.</summary>
    public static Command Create()
    {
        var kind = new Argument<string>("KIND")
        {
            Description = $"Kind of file: {string.Join(", ", FileForms.All.Select(f => f.Name))}.",
            Arity = ArgumentArity.ZeroOrOne
        };
        kind.AcceptOnlyFromAmong([.. FileForms.All.Select(f => f.Name)]);
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder into which the schemas of all kinds are written.",
            HelpName = "DIR"
        };
        Option<bool> force = ForceOption.Create();
        var command = new Command("schema", "Print the JSON Schema (draft 7) of case, sweep, targets and preset files.") { kind, output,
            force };
        command.SetAction(parsed =>
        {
            TextWriter text = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(output) is not { } folder)
            {
                text.Write(JsonSchema.Write(FileForms.Find(parsed.GetValue(kind) ?? "case")));
                return ExitCode.Success;
            }
            (string Path, FileForm Form)[] files = [.. FileForms.All
                .Where(f => parsed.GetValue(kind) is not { } one || f.Name == one)
                .Select(f => (Path.Combine(folder, f.Name + ".json"), f))];
            OutputFile.Check(parsed.GetValue(force), files.Select(f => f.Path));
            foreach ((string path, FileForm form) in files)
            {
                OutputFile.WriteText(path, JsonSchema.Write(form));
                text.WriteLine(path);
            }
            return ExitCode.Success;
        });
        return command;
    }
}
