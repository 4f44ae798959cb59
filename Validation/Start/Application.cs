using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Fits;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Pages;
using FvSolver.Pages.Explore;
using FvSolver.Validation.Site;

namespace FvSolver.Validation.Start;

/// <summary>The program <c>fv</c> with all its commands.</summary>
internal static class Application
{
    private static readonly ExitCode ExitCodes = new ExitCode()
        .Map<OutputException>(ExitCode.BadInput)
        .Map<FitFailure>(ExitCode.NumericalFailure)
        .Map<RunFailure>(ExitCode.NumericalFailure);

    private static readonly CommandEntry[] Commands =
    [
        new("run", RunCommand.Create) { Computes = true },
        new("plot", PlotCommand.Create),
        // Called through lambdas: their assembly is loaded for them alone.
        new("view", () => ViewCommand.Create()),
        new("explore", () => ExploreCommand.Create()) { Computes = true },
        new("info", InfoCommand.Create),
        new("diff", DiffCommand.Create),
        new("init", InitCommand.Create),
        new("schema", SchemaCommand.Create),
        new("cite", CiteCommand.Create),
        new("reproduce", ReproduceCommand.Create) { Computes = true },
        new("completion", CompletionCommand.Create),
        new("export", ExportCommand.Create),
        new("steady", SteadyCommand.Create) { Computes = true },
        new("iv", IvCommand.Create) { Computes = true },
        new("impedance", ImpedanceCommand.Create) { Computes = true },
        new("map", MapCommand.Create) { Computes = true },
        new("noise", NoiseCommand.Create) { Computes = true },
        new("compact", CompactCommand.Create) { Computes = true },
        new("sweep", SweepCommand.Create) { Computes = true },
        new("sweep-task", SweepCommand.CreateTask) { Computes = true },
        new("fit", FitCommand.Create) { Computes = true },
        new("calibrate", CalibrateCommand.Create) { Computes = true },
        new("validate", ValidateCommand.Create) { Computes = true },
        new("bench", BenchCommand.Create) { Computes = true },
        new("docs", DocsCommand.Create),
    ];

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (CompilerSettings.AreMissing && Commands.Any(c => c.Computes && c.Name == args.FirstOrDefault())
            && CompilerSettings.BeginAnew(args) is { } code)
            return code;
        return await CommandApplication.RunAsync(args, CommandApplication.Needed(args, Commands), ExitCodes);
    }
}
