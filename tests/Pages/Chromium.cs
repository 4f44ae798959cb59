using System.Text.Json;
using Deque.AxeCore.Commons;
using FvSolver.Tests.Output;
using PuppeteerSharp;
using Xunit;

namespace FvSolver.Tests.Pages;

/// <summary>A Chromium for all tests of pages.</summary>
public sealed class Chromium : IAsyncLifetime
{
    internal static readonly string[] Candidates = ["chromium", "chromium-browser", "google-chrome"];
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (NeedsProgramFactAttribute.Find("--version", Candidates) is not { } program)
            return;
        string path = NeedsProgramFactAttribute.Run("which", program).Output.Trim();
        _browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
    }

    /// <summary>Opens a page and watches it.</summary>
    internal async Task<WatchedPage> Open(string address, int width)
    {
        IPage page = await _browser!.NewPageAsync();
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900 });
        var watched = new WatchedPage(page);
        await page.GoToAsync(address, WaitUntilNavigation.Load);
        return watched;
    }
}

/// <summary>A page whose errors, requests and dialogs are noted.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    public WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, e) =>
        {
            if (e.Message.Type is ConsoleType.Error or ConsoleType.Warning
                && !e.Message.Text.Contains("GPU stall", StringComparison.Ordinal))
                Errors.Add(e.Message.Text);
        };
        page.PageError += (_, e) => Errors.Add(e.Message);
        page.Request += (_, e) => Requests.Add(e.Request.Url);
        page.Dialog += async (_, e) =>
        {
            Errors.Add("dialog: " + e.Dialog.Message);
            await e.Dialog.Dismiss();
        };
    }

    public IPage Page { get; }

    public List<string> Errors { get; } = [];

    public List<string> Requests { get; } = [];

    /// <summary>Waits until an expression is true.</summary>
    public Task Until(string expression) => Page.WaitForFunctionAsync($"() => {expression}",
        new WaitForFunctionOptions { Timeout = 30_000 });

    public Task<T> Get<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    /// <summary>Brings charts into sight, so that they are drawn; all of them when no part of a name is given.</summary>
    public async Task Draw(string label = "")
    {
        int undrawn = await Page.EvaluateFunctionAsync<int>("""
            async label => {
              let undrawn = 0;
              for (const p of [...document.querySelectorAll('.chart')].filter(p =>
                   !p.closest('details:not([open])') && p.getAttribute('aria-label').includes(label))) {
                p.scrollIntoView({ block: 'center' });
                for (let k = 0; k < 200 && p.dirty; k++) await new Promise(r => setTimeout(r, 10));
                if (p.dirty || !p.classList.contains('js-plotly-plot')) undrawn++;
              }
              return undrawn;
            }
            """, label);
        Assert.Equal(0, undrawn);
    }

    /// <summary>Nothing sticks out to the side, nothing is wrong for those who read by ear or by key, and nothing went wrong.</summary>
    public async Task RequireSound(string from)
    {
        await Page.EvaluateExpressionAsync(Axe);
        string[] violations = await Page.EvaluateFunctionAsync<string[]>("""
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })).violations
              .map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 150)).join(' | ')}`)
            """);
        bool isWhole = await Get<bool>("document.documentElement.scrollWidth <= window.innerWidth");
        IEnumerable<string> outward = Requests.Where(
            r => !r.StartsWith(from, StringComparison.Ordinal) && !r.StartsWith("data:", StringComparison.Ordinal)
            && !r.StartsWith("blob:", StringComparison.Ordinal)).Select(r => "asks for " + r);
        string[] wide = isWhole ? [] : ["wider than its window: " + await Get<string>(
            "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).slice(0, "
                + "5).map(e => e.outerHTML.slice(0, 80)).join(' | ')")];
        string[] problems = [.. violations, .. Errors, .. outward, .. wide];
        Assert.Empty(problems);
    }

    /// <summary>A picture of the whole page, where FV_SCREENSHOTS names a folder for it.</summary>
    public async Task Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("FV_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.EvaluateExpressionAsync("window.scrollTo(0, 0)");
            await Page.ScreenshotAsync(Path.Combine(folder, $"{name}-{Page.Viewport.Width}.png"),
                new ScreenshotOptions { FullPage = true });
        }
    }

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}

/// <summary>Tests that share the browser run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}

/// <summary>A test in a browser: skipped with the reason where there is none; with CI=true it runs, and fails.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true"
            && NeedsProgramFactAttribute.Find("--version", Chromium.Candidates) is null)
            Skip = "Chromium is not installed";
    }
}
