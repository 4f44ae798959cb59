using System.Diagnostics;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Robustness;

/// <summary>Kills, two writers, vanished folders and full disks, each once; by hand a hundred times by the script <c>run</c>.</summary>
public class FaultTests
{
    [Theory]
    [InlineData("kill", "run")]
    [InlineData("kill", "sweep")]
    [InlineData("kill", "calibrate")]
    [InlineData("writers", "run")]
    [InlineData("writers", "calibrate")]
    [InlineData("vanish", "run")]
    [InlineData("vanish", "sweep")]
    [InlineData("full", "run")]
    [InlineData("full", "calibrate")]
    public void Nothing_is_lost(string fault, string command)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var work = new TemporaryDirectory();
        string program = work["fv"];
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "fv.dll")}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using Process script = Process.Start(new ProcessStartInfo(
            Path.Combine(Checkout.Root, "tests", "Robustness", "run"), [fault, "1", command])
        {
            Environment = { ["FV"] = program },
            RedirectStandardOutput = true,
        })!;
        string output = script.StandardOutput.ReadToEnd();
        script.WaitForExit();
        Assert.Equal($"{fault}: 1 of 1\n", output);
    }
}
