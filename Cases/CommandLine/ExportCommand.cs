using System.CommandLine;
using FvSolver.Cases.Files;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.CommandLine;

/// <summary>The command <c>export RESULT</c>.</summary>
public static class ExportCommand
{
    /// <summary>Makes the command. Its errors are <see cref="OutputException"/>s, which the root turns into exit code 2.</summary>
    public static Command Create()
    {
        var result = new Argument<string>("RESULT") { Description = "result file of a run (.h5)" };
        var output = new Option<string?>("--output",
            "-o")
        { Description = "Folder for the files (default: that of the result, with its name and -csv).", HelpName = "DIR" };
        Option<bool> force = ForceOption.Create();
        var command = new Command("export",
            "Write series, pulses, profiles, impedance and figures of a result as CSV, impedance as Touchstone too.") { result, output,
                force };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(result);
            IReadOnlyList<(string Name, string Text)> files = CsvExport.Files(ResultFile.Read(path));
            string folder = parsed.GetValue(output) ?? Path.ChangeExtension(path, null) + "-csv";
            var export = new ExportFolder(folder, files);
            export.Check(parsed.GetValue(force));
            export.Write();
            foreach ((string name, _) in files)
                parsed.InvocationConfiguration.Output.WriteLine(Path.Combine(folder, name));
            return 0;
        });
        return command;
    }
}
