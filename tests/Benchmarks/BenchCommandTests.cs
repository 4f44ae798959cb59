using System.Text.Json;
using FvSolver.Tests.House;
using FvSolver.Validation;
using Spectre.Console;
using Xunit;

namespace FvSolver.Tests.Benchmarks;

/// <summary>fv bench: what it writes, never how long anything took.</summary>
public sealed class BenchCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_workload_leaves_its_counts_shares_and_error_in_the_file()
    {
        string file = _folder["bench.json"];
        (int code, string text, string error) = Invoke("--quick", "--only", "pulse", "-o", file);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("pulse: 1-D", text);
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement machine = json.RootElement.GetProperty("machine");
        Assert.NotEmpty(machine.GetProperty("processor").GetString()!);
        Assert.StartsWith(".NET", machine.GetProperty("runtime").GetString());
        JsonElement pulse = Assert.Single(json.RootElement.GetProperty("workloads").EnumerateArray());
        Assert.Equal("pulse", pulse.GetProperty("workload").GetString());
        Assert.Equal(143, pulse.GetProperty("unknowns").GetInt32());
        Assert.Equal(0, pulse.GetProperty("bytes_per_step").GetDouble());
        long steps = pulse.GetProperty("steps").GetInt64();
        Assert.InRange(steps, 5, 500);
        Assert.Equal(steps + pulse.GetProperty("rejections").GetInt64(), pulse.GetProperty("factorisations").GetInt64());
        Assert.NotEmpty(pulse.GetProperty("linear_solver").GetString()!);
        JsonElement shares = pulse.GetProperty("shares");
        string[] parts = ["residual", "jacobian", "factorisation", "solve", "rest"];
        Assert.Equal(1, parts.Sum(p => shares.GetProperty(p).GetDouble()), 1e-12);
        JsonElement front = json.RootElement.GetProperty("front");
        string chosen = front.GetProperty("chosen").GetProperty("relative_tolerance").GetRawText();
        JsonElement[] points = [.. front.GetProperty("points").EnumerateArray()];
        Assert.Contains(points, p => p.GetProperty("relative_tolerance").GetRawText() == chosen
            && p.GetProperty("error_max").GetDouble() <= 1e-4);
    }

    [Theory]
    [InlineData("there are pulse, train", "--only", "nothing")]
    [InlineData("there is no program '/nowhere/baseline'", "--baseline", "/nowhere/baseline")]
    public void What_cannot_be_run_is_said_in_one_line(string expected, params string[] options)
    {
        (int code, string _, string error) = Invoke([.. options, "-o", _folder["bench.json"]]);
        Assert.Equal(2, code);
        Assert.Contains(expected, Assert.Single(error.TrimEnd().Split('\n')));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_known_before_the_work()
    {
        (int code, string text, string error) = Invoke("--only", "pulse", "-o", _folder.Path);
        Assert.Equal((2, ""), (code, text));
        Assert.Contains("cannot be written", Assert.Single(error.TrimEnd().Split('\n')));
    }

    private static (int Code, string Text, string Error) Invoke(params string[] arguments)
    {
        StringWriter text = new(), error = new();
        IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(text), Interactive = InteractionSupport.No });
        int code = BenchCommand.Create(console).Parse(arguments).Invoke(new() { Error = error });
        return (code, text.ToString(), error.ToString());
    }
}
