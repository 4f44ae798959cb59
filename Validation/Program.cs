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
    [
        RunCommand.Create(),
        PlotCommand.Create(),
        InfoCommand.Create(),
        SteadyCommand.Create(),
        IvCommand.Create(),
        ImpedanceCommand.Create(),
        CompactCommand.Create(),
        SweepCommand.Create(),
        SweepCommand.CreateTask(),
        FitCommand.Create(),
        CalibrateCommand.Create(),
        ValidateCommand.Create(),
        BenchCommand.Create(),
    ],
    exitCodes);
