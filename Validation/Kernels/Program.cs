using BenchmarkDotNet.Running;
using FvSolver.Validation.Kernels;

BenchmarkSwitcher.FromAssembly(typeof(StepKernels).Assembly).Run(args);
