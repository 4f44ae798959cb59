using FvSolver.Cases.CommandLine;
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
        await page.Page.EvaluateExpressionAsync("document.getElementById('theme').click()");
        await page.Draw();
        await page.Picture("explore-other-theme");
        await page.RequireSound(server.Address);
    }

    [BrowserTheory]
    [InlineData(1280)]
    public async Task Pulses_that_maps_give_are_said(int width)
    {
        CaseDefinition definition = CaseReader.Read("single", ["mesh.psg_cells=12", "mesh.wo3_cells=4", "protocol.0.count=200"]);
        await using ExploreServer server = await ExploreServer.Start(new Explorer(definition.With(FastOption.Setting)), "maps", 0);
        await using WatchedPage page = await browser.Open(server.Address, width);
        await Runs(page, 1);
        Assert.EndsWith("; maps are used", await page.Get<string>("document.getElementById('status').textContent"));
        Assert.Matches("^Maps are used: [0-9]+ pulses mapped, [0-9]+ computed.$",
            await page.Get<string>("document.querySelector('.maps').textContent"));
        // Without them nothing is said.
        await Type(page, "p-solver.pulse_map", "never");
        await Runs(page, 2);
        Assert.DoesNotContain("maps", await page.Get<string>("document.getElementById('status').textContent"));
        Assert.False(await page.Get<bool>("Boolean(document.querySelector('.maps'))"));
    }

    [BrowserTheory]
    [InlineData(1280)]
    public async Task A_foreign_page_gets_nothing_even_if_it_knew_the_address(int width)
    {
        const string hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";
        CaseDefinition definition = CaseReader.Parse(
            CaseLibrary.Find("single")!.Replace("The elementary event", hostile, StringComparison.Ordinal), "single.toml", _work.Folder);
        await using ExploreServer server = await ExploreServer.Start(new Explorer(definition), hostile, 0);
        await using (WatchedPage own = await browser.Open(server.Address, width))
        {
            await Runs(own, 1);
            Assert.Equal(hostile, await own.Get<string>("document.querySelector('h1').textContent"));
            Assert.Contains(hostile, await own.Get<string>("document.getElementById('form').textContent"));
            await own.RequireSound(server.Address);
        }

        File.WriteAllText(_work.File("foreign.html"), $$"""
            <!DOCTYPE html><title>foreign</title><iframe name="frame" src="{{server.Address}}"></iframe>
            <form method="post" target="frame" action="{{server.Address}}save" enctype="text/plain"><input name="{" value="}"></form>
            <script>
              window.got = [];
              const address = '{{server.Address}}', asked = [];
              const note = (what, p) => asked.push(p.then(() => window.got.push(what), () => {}));
              for (const method of ['GET', 'POST', 'PUT'])
                for (const path of ['', 'run', 'save', 'pin', 'page.js'])
                  note(`${method} ${path}`, fetch(address + path, { method, body: method === 'GET' ? undefined : '{}' }));
              const load = (what, element) => note(what, new Promise((yes, no) => {
                Object.assign(element, { onload: yes, onopen: yes, onerror: no });
                if (element instanceof Element) document.head.append(element);
              }));
              load('script', Object.assign(document.createElement('script'), { src: address + 'page.js' }));
              load('style', Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address + 'page.css' }));
              load('image', Object.assign(new Image(), { src: address }));
              load('socket', new WebSocket(address.replace('http', 'ws') + 'run'));
              document.querySelector('form').submit();
              Promise.all(asked).then(() => { window.done = true; });
            </script>
            """);
        await using WatchedPage foreign = await browser.Open("file://" + _work.File("foreign.html"), width);
        await foreign.Until("window.done");
        Assert.Empty(await foreign.Get<string[]>("window.got"));
        // The frame shows nothing of the page, and nothing was saved.
        Assert.False(await foreign.Get<bool>(
            "(() => { try { return Boolean(frames[0].document.querySelector('#form')); } catch { return false; } })()"));
        Assert.DoesNotContain(Directory.GetFiles(_work.Folder), f => f.EndsWith(".toml", StringComparison.Ordinal));
    }
}
