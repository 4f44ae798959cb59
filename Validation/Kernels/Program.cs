using BenchmarkDotNet.Running;
using FvSolver.Kernels;

BenchmarkSwitcher.FromAssembly(typeof(StepKernels).Assembly).Run(args);
