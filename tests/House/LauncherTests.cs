using System.Diagnostics;
using FvSolver.Tests.Runs;
using Xunit;

namespace FvSolver.Tests.House;

/// <summary>The script <c>fv</c>, with a <c>dotnet</c> in its place that tells what it is asked to run.</summary>
public class LauncherTests
{
    [Fact]
    public void It_finds_its_checkout_through_links()
    {
        using var work = new Workspace();
        Checkout(work, built: true);
        Directory.CreateDirectory(work.File("bin"));
        File.CreateSymbolicLink(work.File("bin/once"), work.File("checkout/fv"));
        File.CreateSymbolicLink(work.File("bin/twice"), "once");
        File.CreateSymbolicLink(work.File("link"), work.File("checkout"));
        foreach (string call in (string[])["checkout/fv", "bin/once", "bin/twice", "link/fv"])
        {
            (int code, string output, string error) = Run(work, work.File(call), "info", "two words");
            Assert.Equal((0, ""), (code, error));
            Assert.EndsWith("/Validation/bin/fv/fv.dll info two words\n", output);
        }
    }

    [Theory]
    [InlineData(false, 1, "is not built yet")]
    [InlineData(true, 0, "this is the older program")]
    public void In_a_checkout_of_another_user_it_says_what_to_do(bool built, int expectedCode, string expected)
    {
        using var work = new Workspace();
        Checkout(work, built);
        File.SetLastWriteTimeUtc(work.File("checkout/Mesh/A.cs"), DateTime.UtcNow.AddHours(1));
        bool isRoot = Environment.IsPrivilegedProcess;
        Process.Start("chmod", ["-R", "a+rX,a-w", work.File("checkout")]).WaitForExit();
        Process.Start("chmod", ["a+rx", work.Folder]).WaitForExit();
        string[] user = isRoot ? ["setpriv", "--reuid=65534", "--clear-groups"] : [];
        (int code, _, string error) = Run(work, [.. user, work.File("checkout/fv"), "list"]);
        Process.Start("chmod", ["-R", "u+w", work.File("checkout")]).WaitForExit();
        Assert.Equal(expectedCode, code);
        Assert.Contains(expected, Assert.Single(error.TrimEnd('\n').Split('\n')));
    }

    private static void Checkout(Workspace work, bool built)
    {
        Directory.CreateDirectory(work.File("path"));
        work.Case("path/dotnet", "#!/bin/sh\necho \"$@\"\n");
        foreach (string part in (string[])["Mesh", "Materials", "Solver", "Cases", "Pages", "Validation"])
        {
            Directory.CreateDirectory(work.File($"checkout/{part}"));
            File.WriteAllText(work.File($"checkout/{part}/A.cs"), "");
        }
        File.Copy(Path.Combine(House.Checkout.Root, "fv"), work.File("checkout/fv"));
        foreach (string script in (string[])["path/dotnet", "checkout/fv"])
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(work.File(script), (UnixFileMode)0b111_101_101);
        if (!built)
            return;
        Directory.CreateDirectory(work.File("checkout/Validation/bin/fv"));
        Directory.CreateDirectory(work.File("checkout/Validation/obj"));
        File.WriteAllText(work.File("checkout/Validation/bin/fv/fv.dll"), "");
        File.WriteAllText(work.File("checkout/Validation/obj/fv.stamp"), "");
        File.SetLastWriteTimeUtc(work.File("checkout/Validation/obj/fv.stamp"), DateTime.UtcNow.AddSeconds(10));
    }

    private static (int Code, string Output, string Error) Run(Workspace work, params string[] command)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["PATH"] = work.File("path") + ":" + Environment.GetEnvironmentVariable("PATH");
        using Process process = Process.Start(info)!;
        string output = process.StandardOutput.ReadToEnd(), error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error);
    }
}
