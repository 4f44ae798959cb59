using FvSolver.Cases.Input;
using FvSolver.Pages.Explore;
using FvSolver.Tests.Runs;
using PuppeteerSharp;
using Xunit;

namespace FvSolver.Tests.Pages;

/// <summary>The live page in a real browser: change, pin, compare, save, stop, and wrong input.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ExplorePageTests(Chromium browser) : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    private static Task Type(WatchedPage page, string id, string text) => page.Page.EvaluateFunctionAsync("""
        (id, text) => { const e = document.getElementById(id); e.value = text; e.dispatchEvent(new Event('change')); }
        """, id, text);

    private static Task Runs(WatchedPage page, int atLeast) =>
        page.Until($"Number(document.documentElement.dataset.runs ?? 0) >= {atLeast} && "
            + "document.getElementById('status').textContent.startsWith('solved')");

    [BrowserTheory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task A_case_is_changed_pinned_compared_stopped_and_saved(int width)
    {
        CaseDefinition definition = CaseReader.Parse(CaseLibrary.Find("single")!, "single.toml", _work.Folder);
        await using ExploreServer server = await ExploreServer.Start(new Explorer(definition), "Explore single", 0);
        await using WatchedPage page = await browser.Open(server.Address, width);
        await Runs(page, 1);
        await page.Draw("conductance against pulse");
        const string step = "document.querySelector('[aria-label*=\"conductance against pulse\"]').data.map(t => t.y[0])";
        double usual = Assert.Single(await page.Get<double[]>(step));

        // A slider: the charts follow, and with them every value that depends on it.
        await page.Page.EvaluateExpressionAsync("for (const d of document.querySelectorAll('#form details')) d.open = true");
        await page.Page.EvaluateExpressionAsync(
            "(() => { const s = document.querySelector('input[type=range][aria-label=\"psg.thickness\"]'); s.value = Number(s.value) - "
                + "10; s.dispatchEvent(new Event('input')); })()");
        await Runs(page, 2);
        await page.Draw("conductance against pulse");
        double thinner = Assert.Single(await page.Get<double[]>(step));
        Assert.True(thinner > usual, $"{thinner} {usual}");

        // Wrong input: said at its field in the words of the command line; the picture stays.
        await Type(page, "p-psg.thickness", "-5 nm");
        await page.Until("document.getElementById('p-psg.thickness').getAttribute('aria-invalid') === 'true'");
        string words = await page.Get<string>("document.getElementById('p-psg.thickness-error').textContent");
        Assert.Contains("psg.thickness = \"-5 nm\": must be greater than 0 m", words);
        Assert.Equal(thinner, Assert.Single(await page.Get<double[]>(step)));

        // Pinned, and another run beside it.
        await Type(page, "p-psg.thickness", "9.5 nm");
        await Runs(page, 3);
        await page.Page.ClickAsync("#pin");
        await page.Until("!document.getElementById('unpin').disabled");
        await Type(page, "protocol-0-amplitude", "9 V");
        await Runs(page, 4);
        await page.Draw();
        Assert.Equal(2, (await page.Get<double[]>(step)).Length);
        await page.Picture("explore");

        // A long run reports, gives way to a change, and stops.
        await Type(page, "protocol-0-count", "1000000");
        await page.Until("document.getElementById('status').textContent.startsWith('pulse ')");
        await Type(page, "protocol-0-count", "1");
        await Runs(page, 5);
        await Type(page, "protocol-0-count", "1000000");
        await page.Until("document.getElementById('status').textContent.startsWith('pulse ')");
        await page.Page.EvaluateExpressionAsync("[...document.querySelectorAll('button')].find(b => b.textContent === 'Stop').click()");
        await page.Until("document.getElementById('status').textContent === 'stopped'");
        await Type(page, "protocol-0-count", "2");
        await Runs(page, 6);

        await Type(page, "save-name", "mine");
        await page.Page.ClickAsync("#save");
        await page.Until("document.getElementById('saved').textContent.length > 0");
        Assert.Contains("thickness = \"9.5 nm\"", File.ReadAllText(_work.File("mine.toml")));
        await page.RequireSound(server.Address);
    }
}
