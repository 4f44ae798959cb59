using System.Text.Json;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Tests.House;
using FvSolver.Validation;
using Xunit;

namespace FvSolver.Tests.CommandLine;

/// <summary>With <c>--json</c> the output is one document and nothing else.</summary>
public sealed class JsonDocumentTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    private string At(string name) => _folder[name];

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        (var output, var error) = (new StringWriter(), new StringWriter());
        int code = await CommandApplication.RunAsync(args,
            [
                RunCommand.Create(), InfoCommand.Create(), DiffCommand.Create(), FitCommand.Create(), SweepCommand.Create(),
                ValidateCommand.Create(),
            ], output: output, error: error);
        return (code, output.ToString(), error.ToString());
    }

    private static async Task<JsonElement> Document(params string[] args)
    {
        (int code, string output, string error) = await Run([.. args, "--json"]);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    [Fact]
    public async Task List_and_show_hold_every_case_preset_and_parameter()
    {
        JsonElement list = await Document("list");
        Assert.Equal(CaseLibrary.Names, list.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.Equal(PresetLibrary.Names, list.GetProperty("presets").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        JsonElement show = await Document("show", "fig2a", "--set", "psg.thickness=5 nm");
        Assert.Equal(ParameterCatalogue.Device.Parameters.Concat(RunSettings.Catalogue.Parameters).Select(p => p.Path),
            show.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("path").GetString()));
        JsonElement thickness = show.GetProperty("parameters").EnumerateArray()
            .Single(p => p.GetProperty("path").GetString() == "psg.thickness");
        Assert.Equal((5e-9, "m", "user"), (thickness.GetProperty("value").GetDouble(), thickness.GetProperty("unit").GetString(),
            thickness.GetProperty("kind").GetString()));
        JsonElement step = show.GetProperty("protocol")[0];
        Assert.Equal(("pulses", 10.0, 1000), (step.GetProperty("type").GetString(), step.GetProperty("amplitude").GetDouble(),
            step.GetProperty("count").GetInt32()));
        Assert.Equal(10e-9, step.GetProperty("hold").GetDouble());
    }

    [Fact]
    public async Task A_run_its_info_and_its_difference_from_another_agree()
    {
        string[] few = ["--set", "protocol.0.count=2", "--set", "protocol.1.count=2", "--no-picture"];
        JsonElement run = await Document(["run", "quick", "-o", At("a.h5"), .. few]);
        await Document(["run", "quick", "-o", At("b.h5"), "--set", "psg.thickness=9 nm", .. few]);
        Assert.Equal(At("a.h5"), run.GetProperty("result").GetString());
        JsonElement info = await Document("info", At("a.h5"));
        Assert.Equal(4, info.GetProperty("pulses").GetProperty("rows").GetInt32());
        double Range(JsonElement of) => of.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "range")
            .GetProperty("value").GetDouble();
        Assert.Equal(Range(run), Range(info));

        JsonElement diff = await Document("diff", At("a.h5"), At("b.h5"));
        JsonElement changed = Assert.Single(diff.GetProperty("parameters").EnumerateArray(),
            p => p.GetProperty("path").GetString() == "psg.thickness");
        Assert.Equal((10e-9, 9e-9), (changed.GetProperty("a").GetDouble(), changed.GetProperty("b").GetDouble()));
        Assert.Equal(Range(run), diff.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "range")
            .GetProperty("a").GetDouble());
        Assert.True(File.Exists(diff.GetProperty("picture").GetString()));
        Assert.False(diff.GetProperty("same").GetBoolean());
        Assert.True((await Document("diff", At("a.h5"), At("a.h5"), "-o", At("same.png"))).GetProperty("same").GetBoolean());
        // The same for people: parameters, figures and the picture.
        (int _, string text, string _) = await Run("diff", At("a.h5"), At("b.h5"));
        Assert.Matches("(?m)^psg.thickness +10 nm +9 nm$", text);
        Assert.Contains("range of conductance on the way up", text);
        Assert.EndsWith($"picture: {At("a-b-diff.png")}{Environment.NewLine}", text);
    }

    [Fact]
    public async Task A_fit_a_sweep_and_a_check_print_documents()
    {
        File.WriteAllText(At("line.csv"), "x,y\n1,2.1\n2,3.9\n3,6.2\n4,7.8\n");
        JsonElement fit = await Document("fit", At("line.csv"), "linear", "-o", At("fit.png"));
        Assert.True(fit.GetProperty("converged").GetBoolean());
        Assert.All(fit.GetProperty("parameters").EnumerateArray(), p => Assert.True(p.GetProperty("standard_error").GetDouble() > 0));

        File.WriteAllText(At("sweep.toml"),
            "case = \"single\"\noutputs = [\"rest_voltage\"]\n[[axis]]\npath = \"psg.thickness\"\nvalues = [\"9 nm\", \"10 nm\"]\n");
        JsonElement sweep = await Document("sweep", At("sweep.toml"), "-o", At("sweep"));
        Assert.Equal((2, 0), (sweep.GetProperty("points").GetInt32(), sweep.GetProperty("failed").GetInt32()));
        Assert.True(File.Exists(sweep.GetProperty("table").GetString()));

        JsonElement check = await Document("check", "fig2c");
        Assert.Equal("endurance", check.GetProperty("study").GetString());
        JsonElement validate = await Document("validate", "--only", "verification.interface-rates", "--quick", "-o", At("report"));
        Assert.True(validate.GetProperty("passed").GetBoolean());
    }

    [Fact]
    public async Task What_is_wrong_is_one_line_on_the_error_stream()
    {
        (int code, string output, string error) = await Run("show", "fig2a", "psg.thicknes", "--json");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("did you mean 'psg.thickness'?", error);
    }

    [Fact]
    public async Task Every_parameter_acts_in_files_that_exist()
    {
        string[] used = [.. ParameterCatalogue.Device.Parameters.Concat(RunSettings.Catalogue.Parameters).SelectMany(p =>
        {
            Assert.NotEmpty(ParameterUse.FilesOf(p));
            return ParameterUse.FilesOf(p);
        })];
        Assert.All(used.Distinct(), f => Assert.True(File.Exists(Path.Combine(Checkout.Root, f)), f));
        (int _, string card, string _) = await Run("show", "fig2a", "psg.hop_law");
        Assert.Contains("https://doi.org/10.1126/science.abp8064", card);
        Assert.Contains("one of sinh", card);
        Assert.Contains("acts in   Solver/", card);
    }

    [Fact]
    public void Every_work_has_a_citation_of_plain_text()
    {
        Assert.Equal(PresetLibrary.Bibliography().Split('\n').Count(l => l.StartsWith('@')), Bibliography.Works.Count);
        Assert.All(Bibliography.Works.Values, w => Assert.DoesNotMatch(@"[\\{}$]", w.Citation));
        Assert.Equal("Murat Onen et al., Nanosecond protonic programmable resistors for analog deep learning, Science 377, 539-543 (2022)",
            Bibliography.Works["onen2022"].Citation);
        Assert.StartsWith("H. B\u00e4ssler, ", Bibliography.Works["bassler1993"].Citation);
    }
}
