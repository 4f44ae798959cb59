using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Fits;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Validation;
using FvSolver.Validation.Site;

ExitCode exitCodes = new ExitCode()
    .Map<OutputException>(ExitCode.BadInput)
    .Map<FitFailure>(ExitCode.NumericalFailure)
    .Map<RunFailure>(ExitCode.NumericalFailure);
return await CommandApplication.RunAsync(
    args,
    CommandApplication.Needed(args,
    [
        new("run", RunCommand.Create),
        new("plot", PlotCommand.Create),
        new("info", InfoCommand.Create),
        new("diff", DiffCommand.Create),
        new("export", ExportCommand.Create),
        new("steady", SteadyCommand.Create),
        new("iv", IvCommand.Create),
        new("impedance", ImpedanceCommand.Create),
        new("map", MapCommand.Create),
        new("noise", NoiseCommand.Create),
        new("compact", CompactCommand.Create),
        new("sweep", SweepCommand.Create),
        new("sweep-task", SweepCommand.CreateTask),
        new("fit", FitCommand.Create),
        new("calibrate", CalibrateCommand.Create),
        new("validate", ValidateCommand.Create),
        new("bench", BenchCommand.Create),
        new("docs", DocsCommand.Create),
    ]),
    exitCodes);
