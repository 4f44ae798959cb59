using System.Diagnostics;
using FvSolver.Tests.House;
using FvSolver.Tests.Output;
using Xunit;

namespace FvSolver.Tests.Scripting;

/// <summary>The package <c>fvsolver</c> under <c>Cases/Python</c>, in Debian's Python.</summary>
public class PythonPackageTests
{
    private const string Interpreter = "/usr/bin/python3";

    private static readonly string s_package = Path.Combine(Checkout.Root, "Cases", "Python");

    [NeedsProgramFact("xarray with h5netcdf", "-c \"import xarray,h5netcdf\"", Interpreter)]
    public void Runs_sweeps_and_errors_of_the_program_are_those_of_the_package() =>
        Run(s_package, s_package, "-W", "error::ResourceWarning", "-m", "unittest", "discover", "tests");

    [NeedsProgramFact("pip with setuptools and wheel", "-c \"import setuptools,pip,wheel,xarray,h5netcdf\"", Interpreter)]
    public void A_wheel_is_built_without_a_registry_and_has_types_and_the_version_of_the_program()
    {
        using var folder = new TemporaryDirectory();
        Copy(s_package, folder["source"]);
        Run(folder["source"], "", "-m", "pip", "-q", "wheel", ".", "--no-deps", "--no-build-isolation", "-w", folder["wheels"]);
        string wheel = Assert.Single(Directory.GetFiles(folder["wheels"], "*.whl"));
        Run(folder["source"], "", "-m", "pip", "-q", "install", "--no-index", "--no-deps", "--target", folder["installed"], wheel);
        Assert.True(File.Exists(Path.Combine(folder["installed"], "fvsolver", "py.typed")));
        string version = FileVersionInfo.GetVersionInfo(typeof(FvSolver.Validation.Suite).Assembly.Location).ProductVersion!.Split('+')[0];
        Run(folder["wheels"], folder["installed"], "-c",
            $"import fvsolver, importlib.metadata as m; assert m.version('fvsolver') == '{version}', m.version('fvsolver'); "
                + "fvsolver.run('single')");
    }

    private static void Run(string folder, string path, params string[] arguments)
    {
        var info = new ProcessStartInfo(Interpreter, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        info.Environment["PYTHONPATH"] = path;
        info.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        info.Environment["FVSOLVER_COMMAND"] = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "fv.dll")}'";
        using Process process = Process.Start(info)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string folder in Directory.GetDirectories(from)
            .Where(f => !f.EndsWith(".egg-info") && Path.GetFileName(f) is not ("build" or "__pycache__")))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
