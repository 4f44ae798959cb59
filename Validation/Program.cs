using FvSolver.Cases.CommandLine;

return await CommandApplication.RunAsync(args);
