using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using FvSolver.Cases.Figures;
using FvSolver.Tests.House;
using FvSolver.Validation;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Report;
using Spectre.Console;
using Xunit;

namespace FvSolver.Tests.Validation;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly TemporaryDirectory _work = new();

    private string Folder => _work["report"];

    public void Dispose() => _work.Dispose();

    [Fact]
    public void ReturnsZeroAndWritesBothReportsWhenAllPass()
    {
        (int code, string text) = Invoke([new Fake("limits.a", 1), new Fake("limits.b", 1)]);
        Assert.Equal(0, code);
        Assert.Contains("2 of 2 cases pass", text);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "validation.json")));
        Assert.True(json.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(2, json.RootElement.GetProperty("cases").GetArrayLength());
    }

    [Fact]
    public void ReturnsOneWhenOneNumberLeavesItsBand()
    {
        (int code, string text) = Invoke([new Fake("limits.a", 1), new Fake("limits.b", 1.2)]);
        Assert.Equal(1, code);
        Assert.Contains("1 of 2 cases pass", text);
    }

    [Fact]
    public void ACaseThatThrowsFailsWithItsReasonAndTheOthersGoOn()
    {
        (int code, string text) = Invoke([new Fake("limits.a", double.NaN), new Fake("limits.b", 1)]);
        Assert.Equal(1, code);
        Assert.Contains("no number here", text);
        Assert.Contains("1 of 2 cases pass", text);
    }

    [Fact]
    public void ControlsFailTheRunWhenAMistakeIsNotCaught()
    {
        Assert.Equal(0, Invoke([new Fake("limits.a", 1) { Wrong = 2 }], "--controls").Code);
        (int code, string text) = Invoke([new Fake("limits.a", 1) { Wrong = 1 }], "--controls");
        Assert.Equal(1, code);
        Assert.Contains("NOT caught", text);
    }

    [Fact]
    public void AMistakeThatOnlyThrowsIsNotCaught() =>
        Assert.Equal(1, Invoke([new Fake("limits.a", 1) { Wrong = double.NaN }], "--controls").Code);

    [Fact]
    public void OnlyAndQuickChoose()
    {
        ValidationCase[] suite = [new Fake("limits.a", 1), new Fake("limits.b", 5), new Fake("twin.a", 5) { Slow = true }];
        Assert.Equal(0, Invoke(suite, "--only", "limits.a").Code);
        Assert.Equal(0, Invoke(suite, "--only", "*.a", "--quick").Code);
        Assert.Equal(1, Invoke(suite, "--only", "*.a").Code);
        Assert.Equal(2, Invoke(suite, "--only", "nothing").Code);
    }

    [Fact]
    public void ListRunsNothing()
    {
        (int code, string text) = Invoke([new Fake("limits.a", 5)], "--list");
        Assert.Equal(0, code);
        Assert.Contains("limits.a", text);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void ThePageNeedsNothingElse()
    {
        Invoke([new Fake("limits.a", 1)]);
        string page = File.ReadAllText(Path.Combine(Folder, "validation.html"));
        Assert.DoesNotMatch(new Regex(@"\b(src|href)\s*=\s*""(?!#|data:)|@import|url\(|<script|<link"), page);
        Assert.Contains("<svg", page);
        Assert.Contains("1 &lt; 2", page);
    }

    [Theory]
    [InlineData("c_fix", "<i>c</i><sub>fix</sub>")]
    [InlineData("e^{-a/kT}", "<i>e</i><sup>−<i>a</i>/<i>kT</i></sup>")]
    [InlineData("Gamma_0 < 1", "<i>Γ</i><sub>0</sub> &lt; 1")]
    [InlineData("2 sinh(x)", "2 sinh(<i>x</i>)")]
    public void EquationsBecomeHtml(string text, string html) => Assert.Equal($"<div>{html}</div>", MathText.Equation(text));

    private (int Code, string Text) Invoke(ValidationCase[] suite, params string[] options)
    {
        var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(text), Interactive = InteractionSupport.No });
        int code = ValidateCommand.Create(suite, console).Parse([.. options, "-o", Folder]).Invoke();
        return (code, text.ToString());
    }

    private sealed class Fake(string id, double value) : ValidationCase
    {
        public bool Slow { get; init; }
        public double Wrong { get; init; } = 2;
        public override string Id => id;
        public override string Title => "1 < 2";
        public override CaseGroup Group => CaseGroup.Limits;
        public override string Equation => "x = 1";
        public override string Source => "arithmetic";
        public override bool Quick => !Slow;
        public override Control Control { get; } = new("x is another number");

        public override ValidationOutcome Run(RunContext context)
        {
            double x = context.Perturbed ? Wrong : value;
            return double.IsNaN(x)
                ? throw new InvalidOperationException("no number here")
                : new(new Check("x", "1", x, 1, Band.Relative(0.1)))
                { Charts = [new("x", "t", "x", new Curve("x", CurveStyle.Markers, [1, 2], [x, x]))] };
        }
    }
}
