using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(StepKernels).Assembly).Run(args);
