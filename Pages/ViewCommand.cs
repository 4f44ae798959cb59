using System.CommandLine;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;

namespace FvSolver.Pages;

/// <summary><c>fv view</c>: one page of one or several results, which works from the disk without a network.</summary>
public static class ViewCommand
{
    /// <summary>Makes the command. Its errors are <see cref="OutputException"/>s, which the root turns into exit code 2.</summary>
    public static Command Create()
    {
        var results = new Argument<string[]>("RESULT")
        {
            Description = "Results of runs, sweeps or calibrations (.h5); several are laid over each other.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Page, by default beside the first result.",
            HelpName = "FILE.html"
        };
        Option<bool> force = ForceOption.Create();
        var command = new Command("view",
            "Write a page of results: curves, fields in time, maps with cuts, differences. It is one file and needs no network.")
        {
            results, output, force,
        };
        command.SetAction(parsed =>
        {
            string[] paths = parsed.GetRequiredValue(results);
            string page = parsed.GetValue(output) ?? Path.ChangeExtension(paths[0], ".html");
            if (Path.GetExtension(page).ToLowerInvariant() is not (".html" or ".htm"))
                throw new OutputException(page, "the ending of a page must be .html");
            foreach (string path in paths)
                OutputFile.RequireApart(page, path);
            OutputFile.Check(parsed.GetValue(force), page);
            (string, Result)[] read = [.. Overlay.Names(paths).Zip(paths, (name, path) => (name, ResultFile.Read(path)))];
            OutputFile.WriteBytes(page, Page.Alone(string.Join(", ", read.Select(r => r.Item2.Header.Title).Distinct()),
                PageData.Of(read)));
            parsed.InvocationConfiguration.Output.WriteLine(page);
            return ExitCode.Success;
        });
        return command;
    }
}
