using System.Diagnostics;
using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Materials;
using FvSolver.Tests.House;
using FvSolver.Validation.Twin;
using Xunit;

namespace FvSolver.Tests.Compact;

/// <summary>What the tests of emitted files write, and how they read it back.</summary>
internal static class Emitted
{
    public static readonly Device Device = ReferenceSets.Held;
    public static readonly CompactParameterTable Table = CompactParameterTable.FromDevice("default", Device);
    public static readonly UpdateCurve Curve = UpdateCurve.Of(Table, 10, -8.5, 5e-9, 300);
    public static readonly UpdateNoise Noise = UpdateNoise.Of(Device, Table, Curve, 2000);
    public static readonly ArraySpread Spread = new(0.1, 0.02, 0.01, 1e5);

    /// <summary>Output of a program in Python that is given one argument.</summary>
    public static string Python(TemporaryDirectory directory, string program, string argument)
    {
        File.WriteAllText(directory["consumer.py"], program);
        using Process process = Process.Start(new ProcessStartInfo("python3",
            [directory["consumer.py"], argument])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output;
    }
}
