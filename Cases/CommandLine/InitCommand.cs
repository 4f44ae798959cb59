using System.CommandLine;
using FvSolver.Cases.Output;
using FvSolver.Cases.Schema;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv init NAME</c>: a new input file to start from, with its schema beside it.</summary>
public static class InitCommand
{
    private sealed record Kind(string Option, string Description, string Schema, Func<string, string> Text, Func<string, string> Use);

    private static readonly Kind[] Kinds =
    [
        new("", "", "case", Scaffold.Case, file => $"fv run {file}"),
        new("--2d", "A case in two dimensions.", "case", Scaffold.Section, file => $"fv run {file}"),
        new("--sweep", "A sweep over parameters.", "sweep", Scaffold.Sweep, file => $"fv sweep {file}"),
        new("--fit", "Data for a fit (CSV).", "", Scaffold.Data, file => $"fv fit {file} joint"),
        new("--targets", "Targets of a calibration.", "targets", Scaffold.Targets, file => $"fv calibrate {file}"),
        new("--preset", "A preset.", "preset", Scaffold.Preset, file => $"fv run single --set preset={file}"),
    ];

    /// <summary>Makes the command. Its errors are <see cref="OutputException"/>s, which the root turns into exit code 2.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the file, without its ending; it may be in a folder." };
        var command = new Command("init", "Start a case of your own: a file that runs, with every other key in it as a comment.") { name };
        Option<bool>[] options = [.. Kinds.Skip(1).Select(k => new Option<bool>(k.Option) { Description = k.Description })];
        foreach (Option<bool> option in options)
            command.Options.Add(option);
        command.Validators.Add(r =>
        {
            if (options.Count(o => r.GetValue(o)) > 1)
                r.AddError($"only one of {string.Join(", ", options.Select(o => o.Name))} can be made at a time");
        });
        command.SetAction(parsed =>
        {
            Kind kind = Kinds[1 + Array.FindIndex(options, o => parsed.GetValue(o))];
            string file = Path.ChangeExtension(parsed.GetRequiredValue(name), kind.Schema.Length > 0 ? ".toml" : ".csv");
            if (File.Exists(file) || Directory.Exists(file))
                throw new OutputException(file, "is there already; choose another name");
            string? schema = kind.Schema.Length > 0 ? Path.Combine(Path.GetDirectoryName(file) ?? "", Scaffold.SchemaName(kind.Schema))
                : null;
            OutputFile.Check(overwriteForeign: false, schema is null ? [file] : [file, schema]);
            OutputFile.WriteText(file, kind.Text(Path.GetFileNameWithoutExtension(file)));
            if (schema is not null)
                OutputFile.WriteText(schema, JsonSchema.Write(FileForms.Find(kind.Schema)));
            TextWriter text = parsed.InvocationConfiguration.Output;
            text.WriteLine(schema is null ? file : $"{file}, and {schema} for editors that complete TOML");
            text.WriteLine($"next: {kind.Use(file)}");
            return ExitCode.Success;
        });
        return command;
    }
}
