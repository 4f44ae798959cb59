using System.CommandLine;
using System.Diagnostics;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Output;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Claims;
using FvSolver.Validation.Report;
using FvSolver.Validation.Running;
using Spectre.Console;

namespace FvSolver.Validation;

/// <summary>The command <c>validate</c>.</summary>
public static class ValidateCommand
{
    /// <summary>The command over the whole suite; its action returns 0 only if every case passes.</summary>
    public static Command Create() => Create(Suite.Cases, AnsiConsole.Console);

    internal static Command Create(IReadOnlyList<ValidationCase> suite, IAnsiConsole console)
    {
        var only = new Option<string[]>("--only")
        { Description = "Run the cases whose id matches; * and ? stand for any text, a part of the id is enough" };
        var quick = new Option<bool>("--quick") { Description = "Run only the cases that take seconds" };
        var list = new Option<bool>("--list") { Description = "List the cases and run nothing" };
        var controls = new Option<bool>("--controls") { Description = "Run every case again with the mistake that it must catch" };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for validation.html, claims.html and validation.json",
            DefaultValueFactory = _ => "results/validation"
        };
        var jobs = new Option<int>("--jobs") { Description = "Cases at a time", DefaultValueFactory = _ => Environment.ProcessorCount };
        jobs.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() < 1)
                r.AddError("--jobs must be at least 1.");
        });
        Option<bool> force = ForceOption.Create();
        var command = new Command("validate", "Run the validation suite and write its report") { only, quick, list, controls, output, jobs,
            force };
        var json = new JsonOption(command);
        command.SetAction((parsed, cancel) =>
        {
            string[] patterns = parsed.GetValue(only) ?? [];
            ValidationCase[] cases = [.. suite.Where(c => IdPattern.Matches(c.Id, patterns) && (!parsed.GetValue(quick) || c.Quick))];
            if (cases.Length == 0)
            {
                Console.Error.WriteLine(
                    $"No case matches --only {string.Join(" ", patterns)}{(parsed.GetValue(quick) ? " with --quick" : "")}; --list shows "
                        + "the ids.");
                return Task.FromResult(2);
            }
            if (parsed.GetValue(list))
            {
                int width = cases.Max(c => c.Id.Length);
                foreach (ValidationCase c in cases)
                    console.Profile.Out.Writer.WriteLine($"{c.Id.PadRight(width)}  {(c.Quick ? "quick" : "     ")}  {c.Title}");
                return Task.FromResult(0);
            }
            // A file that cannot be written is better known before the run than after it.
            OutputFile.Check(parsed.GetValue(force), Files(parsed.GetValue(output)!));
            var runner = new Runner(parsed.GetValue(quick), parsed.GetValue(controls), parsed.GetValue(jobs));
            IAnsiConsole words = json.IsSet(parsed)
                ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(json.Words(parsed)) })
                : console;
            int code = Run(words, cases, runner, Selection(cases.Length, suite.Count, parsed.GetValue(quick)), parsed.GetValue(output)!,
                cancel);
            if (json.IsSet(parsed) && code is 0 or 1)
                parsed.InvocationConfiguration.Output.WriteLine(File.ReadAllText(Files(parsed.GetValue(output)!)[0]));
            return Task.FromResult(code);
        });
        return command;
    }

    private static int Run(IAnsiConsole console, ValidationCase[] cases, Runner runner, string selection, string folder,
        CancellationToken cancel)
    {
        (DateTime started, long start) = (DateTime.UtcNow, Stopwatch.GetTimestamp());
        string[] files = Files(folder);
        try
        {
            IReadOnlyList<CaseResult> results = Running.Progress.Follow(console, cases.Length,
                finished => runner.Run(cases, finished, cancel));
            var info = new RunInfo(started, Stopwatch.GetElapsedTime(start).TotalSeconds, selection);
            Directory.CreateDirectory(folder);
            OutputFile.WriteText(files[0], JsonReport.Write(results, info));
            OutputFile.WriteText(files[1], HtmlReport.Write(results, info));
            OutputFile.WriteText(files[2], ClaimsPage.Write(PaperClaims.All, results, info));
            foreach ((bool? passed, string text) in TextTable.Lines(results))
                console.Profile.Out.Writer.WriteLine(console.Profile.Capabilities.Interactive && passed == false ? $"\e[31m{text}\e[0m"
                    : text);
            bool good = results.All(r => r.Passed);
            console.Profile.Out.Writer.WriteLine();
            console.Profile.Out.Writer.WriteLine(
                $"{results.Count(r => r.Run.Passed)} of {results.Count} cases pass{Caught(results)} in {Numbers.Seconds(info.Seconds)}; "
                    + $"{files[1]}");
            return good ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped; no report was written.");
            return 130;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Cannot write the report to '{folder}': {e.Message}");
            return 2;
        }
    }

    private static string[] Files(string folder) =>
        [Path.Combine(folder, "validation.json"), Path.Combine(folder, "validation.html"), Path.Combine(folder, "claims.html")];

    private static string Selection(int chosen, int all, bool quick) =>
        chosen == all ? "all cases" : $"{chosen} of {all} cases{(quick ? " (quick)" : "")}";

    private static string Caught(IReadOnlyList<CaseResult> results)
    {
        int tried = results.Count(r => r.MistakeCaught != null);
        return tried == 0 ? "" : $", {results.Count(r => r.MistakeCaught == true)} of {tried} mistakes caught";
    }
}
