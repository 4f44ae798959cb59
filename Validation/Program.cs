using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Compact;
using FvSolver.Cases.Electrochemistry;
using FvSolver.Cases.Fits;
using FvSolver.Cases.Fits.Calibration;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Sweeps;
using FvSolver.Validation;
using FvSolver.Validation.Bench;

ExitCode exitCodes = new ExitCode()
    .Map<OutputException>(ExitCode.BadInput)
    .Map<RunFailure>(ExitCode.NumericalFailure);
return await CommandApplication.RunAsync(
    args,
    CommandApplication.Needed(args,
    [
        ("run", RunCommand.Create),
        ("plot", PlotCommand.Create),
        ("info", InfoCommand.Create),
        ("steady", SteadyCommand.Create),
        ("iv", IvCommand.Create),
        ("impedance", ImpedanceCommand.Create),
        ("compact", CompactCommand.Create),
        ("sweep", SweepCommand.Create),
        ("sweep-task", SweepCommand.CreateTask),
        ("fit", FitCommand.Create),
        ("calibrate", CalibrateCommand.Create),
        ("validate", ValidateCommand.Create),
        ("bench", BenchCommand.Create),
    ]),
    exitCodes);
