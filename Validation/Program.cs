using FvSolver.Cases.CommandLine;
using FvSolver.Validation.Start;

return OpenFiles.AreTooFew() ? ExitCode.BadInput : await Application.RunAsync(args);
