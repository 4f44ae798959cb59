using System.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Pages;
using FvSolver.Tests.CrossSections;
using FvSolver.Tests.Runs;
using Xunit;

namespace FvSolver.Tests.Pages;

/// <summary>Pages of results in a real browser, from the disk: whole, readable, quiet, and moving with their slider.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ViewPageTests(Chromium browser) : IDisposable
{
    private const string Times = "output.profiles_at=[\"1 ns\", \"3.9 ns\", \"1 us\"]";
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    private static Result Run(string name, params string[] settings) =>
        CaseRun.Start(CaseReader.Read(name, settings), "", "fv run").RunUnwritten(null, default);

    /// <summary>Writes results, has <c>fv view</c> make a page of them, and gives its address.</summary>
    private string View(params (string Name, Result Result)[] results)
    {
        foreach ((string name, Result result) in results)
            ResultFile.Write(_work.File(name + ".h5"), result);
        var root = new RootCommand { ViewCommand.Create() };
        var invocation = new InvocationConfiguration { Output = TextWriter.Null, EnableDefaultExceptionHandler = false };
        Assert.Equal(0, root.Parse(["view", .. results.Select(r => _work.File(r.Name + ".h5")), "-o", _work.File("page.html")])
            .Invoke(invocation));
        return "file://" + _work.File("page.html");
    }

    [BrowserTheory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Two_runs_are_laid_over_each_other_and_move_with_the_slider(int width)
    {
        string address = View(("thick", Run("single", Times)), ("thin", Run("single", Times, "psg.thickness=9 nm")));
        await using WatchedPage page = await browser.Open(address, width);
        await page.Until("document.documentElement.dataset.ready");
        await page.Draw();
        await page.Picture("view");

        // Time: the words, the fields and the mark in the picture of the pulse follow the arrow keys.
        const string density =
            "[...document.querySelectorAll('.chart')].find(p => p.getAttribute('aria-label') === 'proton density').data.find(t => t.name "
                + "=== 'thin').y[3]";
        const string marks = "document.querySelector('[aria-label*=\"gate voltage against\"]').layout.shapes.length";
        double atRest = await page.Get<double>(density);
        int before = await page.Get<int>(marks);
        await page.Draw("proton density");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Contains("1 ns after the start of pulse 1", await page.Get<string>("document.getElementById('when').textContent"));
        await page.Draw("proton density");
        Assert.NotEqual(atRest, await page.Get<double>(density));
        await page.Draw("gate voltage against");
        Assert.Equal(before + 1, await page.Get<int>(marks));

        // Differences: what is left is the second run less the first.
        double[] conductance = await page.Get<double[]>(
            "document.querySelector('[aria-label*=\"conductance against pulse\"]').data.map(t => t.y[0])");
        await page.Page.Keyboard.PressAsync("d");
        await page.Draw("conductance against pulse");
        double[] difference = await page.Get<double[]>(
            "document.querySelector('[aria-label*=\"conductance against pulse\"]').data.map(t => t.y[0])");
        Assert.Equal(conductance[1] - conductance[0], Assert.Single(difference), 1e-9);
        await page.Page.Keyboard.PressAsync("d");

        // Hover: value and unit.
        await page.Draw("gate voltage against");
        await page.Page.EvaluateExpressionAsync(
            "Plotly.Fx.hover(document.querySelector('[aria-label*=\"gate voltage against\"]'), [{ curveNumber: 0, pointNumber: 3 }])");
        Assert.Contains("V", await page.Get<string>(
            "document.querySelector('[aria-label*=\"gate voltage against\"] .hovertext').textContent"));

        Assert.Contains("psg.thickness", await page.Get<string>("document.querySelector('[aria-label=\"Parameters\"]').textContent"));
        await page.RequireSound("file:");
        await page.Page.EvaluateExpressionAsync("document.getElementById('theme').click()");
        if (width > 1000)
            await page.Draw();
        await page.Picture("view-other-theme");
        await page.RequireSound("file:");
    }

    [BrowserTheory]
    [InlineData(1280)]
    public async Task The_page_of_two_thousand_pulses_is_small_and_soon_there(int width)
    {
        string address = View(("fig2a", Run("fig2a")));
        Assert.InRange(new FileInfo(_work.File("page.html")).Length, 3_700_000, 6_000_000);
        await using WatchedPage page = await browser.Open(address, width);
        await page.Until("document.documentElement.dataset.ready && [...document.querySelectorAll('.chart')].every("
            + "c => c.getBoundingClientRect().top > window.innerHeight || !c.dirty)");
        // It waits for what is in sight alone: the other charts are drawn when they come into sight.
        Assert.True(await page.Get<bool>("[...document.querySelectorAll('.chart')].some(c => c.dirty)"));
    }

    [BrowserTheory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task A_cross_section_is_a_map_with_cuts_that_moves(int width)
    {
        CaseDefinition small = CaseReader.Parse(CrossSectionCaseTests.Small, "small.toml", null,
            ["output.profiles_at=[\"1 ns\", \"4 ns\"]"]);
        string address = View(("section", CaseRun.Start(small, "", "fv run").RunUnwritten(null, default)));
        await using WatchedPage page = await browser.Open(address, width);
        await page.Until("document.documentElement.dataset.ready");
        await page.Draw();
        const string map = "document.querySelector('[aria-label*=\"Map of a field\"]')";
        string first = await page.Get<string>($"JSON.stringify({map}.data[0].z.map(r => Array.from(r)))");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Draw("Map of a field");
        Assert.NotEqual(first, await page.Get<string>($"JSON.stringify({map}.data[0].z.map(r => Array.from(r)))"));
        // The colours are those of all samples, and the gate has its outline.
        Assert.True(await page.Get<bool>($"{map}.data[0].zmax > {map}.data[0].zmin && {map}.data.some(t => t.name === 'gate')"));
        string cut = await page.Get<string>("document.querySelector('[aria-label=\"Cut along depth\"]').layout.title.text");
        await page.Page.FocusAsync("[aria-label='cut at x']");
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        await page.Draw("Cut along depth");
        Assert.NotEqual(cut, await page.Get<string>("document.querySelector('[aria-label=\"Cut along depth\"]').layout.title.text"));
        await page.Picture("section");
        await page.RequireSound("file:");
        await page.Page.EvaluateExpressionAsync("document.getElementById('theme').click()");
        await page.RequireSound("file:");
    }

    [BrowserTheory]
    [InlineData(1280)]
    public async Task A_hostile_title_is_words_and_nothing_else(int width)
    {
        const string hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)><a href='javascript:alert(3)'>&amp;";
        Result run = Run("single", Times);
        run.Record.Warnings.Add(hostile);
        string address = View(("a", run with { Header = run.Header with { Title = hostile } }), ("b", run));
        await using WatchedPage page = await browser.Open(address, width);
        await page.Until("document.documentElement.dataset.ready");
        await page.Draw();
        Assert.Contains(hostile, await page.Get<string>("document.querySelector('h1').textContent"));
        Assert.Equal(0, await page.Get<int>("document.querySelectorAll('main img, main script, main a[href*=javascript], svg a').length"));
        Assert.Equal(0, await page.Get<int>("document.querySelectorAll('svg image[href*=x], svg [onerror]').length"));
        Assert.Empty(page.Errors);
    }

    [BrowserTheory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task A_sweep_has_parallel_coordinates_and_maps_whose_points_open_their_run(int width)
    {
        _work.Case("sweep.toml", """
            case = "single"
            outputs = ["conductance_step.last", "protons_into_wo3.last"]
            [[axis]]
            path = "psg.thickness"
            values = ["8 nm", "9 nm", "10 nm"]
            [[axis]]
            path = "protocol.0.amplitude"
            values = ["8 V", "9 V", "12 V"]
            """);
        await using WatchedPage page = await Opened(width, "sweep", "sweep.toml", "-o", "points", "points/sweep.h5");
        Assert.Equal(4, await page.Get<int>(Axes));
        Assert.Contains("fv explore single --set psg.thickness=8e-09", await page.Get<string>(Command), StringComparison.OrdinalIgnoreCase);
        const string map = "[...document.querySelectorAll('.chart')].find("
            + "p => p.getAttribute('aria-label').includes('protocol.0.amplitude against'))";
        int[] size = await page.Get<int[]>($"[{map}.data[0].z.length, {map}.data[0].z[0].length]");
        Assert.Equal([3, 3], size);
        // 12 V on 8 nm are beyond 1.5 V/nm, on 9 and 10 nm they are not.
        double[] beyond = await page.Get<double[]>($"Array.from({map}.data.find(t => t.name === 'beyond breakdown').x)");
        Assert.Equal([8e-9], beyond);

        // A press on the last of the marks.
        await page.Draw("protocol.0.amplitude against");
        double[] at = await page.Get<double[]>($"(() => {{ const g = {map}, a = g._fullLayout; "
            + "const r = g.querySelector('.nsewdrag').getBoundingClientRect(); "
            + "return [r.left + a.xaxis.d2p(1e-8), r.top + a.yaxis.d2p(9)]; })()");
        await page.Page.Mouse.MoveAsync((decimal)at[0], (decimal)at[1]);
        await page.Page.Mouse.ClickAsync((decimal)at[0], (decimal)at[1]);
        await page.Until("document.getElementById('point').value === '7'");
        Assert.Contains("psg.thickness=1e-08 --set protocol.0.amplitude=9", await page.Get<string>(Command),
            StringComparison.OrdinalIgnoreCase);
        await page.Picture("sweep");
        await page.RequireSound("file:");
    }

    [BrowserTheory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task A_calibration_has_all_its_runs_and_the_likelihood_along_each_parameter(int width)
    {
        _work.Case("targets.toml", """
            [parameter."psg.hop_distance"]
            start = "5.6 angstrom"
            lower = "5 angstrom"
            upper = "7 angstrom"
            log = true
            [parameter."wo3.rest_composition"]
            start = 3.1e-4
            lower = 1e-4
            upper = 1e-3
            log = true
            [target.high]
            case = "single"
            figure = "conductance_step.last"
            value = 1.7e-10
            sigma = 2e-12
            [target.low]
            case = "single"
            set = ["protocol.0.amplitude=8 V"]
            figure = "conductance_step.last"
            value = 1.5e-11
            sigma = 1e-12
            """);
        await using WatchedPage page = await Opened(width, "calibrate", "targets.toml", "-o", "found.toml", "found.h5");
        Assert.Equal(5, await page.Get<int>(Axes));
        const string profiles = "[...document.querySelectorAll('.chart')].filter("
            + "p => p.getAttribute('aria-label').includes('misfit along each parameter'))";
        Assert.Equal(2, await page.Get<int>($"{profiles}.length"));
        // Two points on each side of the best, which is the least.
        Assert.Equal(5, await page.Get<int>($"{profiles}[0].data[0].y.length"));
        Assert.Equal(0, await page.Get<double>($"Math.min(...{profiles}[0].data[0].y)"));
        Assert.StartsWith("fv explore single --set psg.hop_distance=", await page.Get<string>(Command), StringComparison.Ordinal);
        await page.Page.SelectAsync("[aria-label='run']", "1");
        Assert.StartsWith("fv explore single --set 'protocol.0.amplitude=8 V' --set psg.hop_distance=",
            await page.Get<string>(Command), StringComparison.Ordinal);
        await page.Picture("calibration");
        await page.RequireSound("file:");
    }

    private const string Axes = "document.querySelector('[aria-label=\"Parallel coordinates\"] .js-plotly-plot').data[0].dimensions.length";
    private const string Command = "document.getElementById('open').textContent";

    /// <summary>Runs a command that writes a result, has a page made of it, and opens that.</summary>
    private async Task<WatchedPage> Opened(int width, params string[] commandThenResult)
    {
        foreach (string[] arguments in (string[][])[commandThenResult[..^1], ["view", commandThenResult[^1]]])
        {
            (int code, string output, string error) = _work.Run(arguments);
            Assert.True(code == 0, output + error);
        }
        WatchedPage page = await browser.Open("file://" + _work.File(Path.ChangeExtension(commandThenResult[^1], ".html")), width);
        await page.Until("document.documentElement.dataset.ready");
        await page.Draw();
        return page;
    }
}
