using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CsCheck;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Pages.Explore;
using FvSolver.Solver.Observe;
using FvSolver.Tests.Runs;
using Xunit;

namespace FvSolver.Tests.Pages;

/// <summary>Behind the live page: what is saved runs to the same bits, and nobody but the page is answered.</summary>
public sealed class ExplorerTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    private Explorer Single() => new(CaseReader.Parse(CaseLibrary.Find("single")!, "single.toml", _work.Folder,
        ["mesh.psg_cells=12", "mesh.wo3_cells=4"]));

    private static readonly Gen<ExploreState> States =
        from thickness in Gen.Double[7, 14]
        from distance in Gen.Double[0.8, 1.2]
        from permittivity in Gen.Double[3, 8]
        from temperature in Gen.Double[280, 340]
        from amplitude in Gen.Double[6, 10]
        from width in Gen.Double[3, 20]
        from count in Gen.Int[1, 3]
        from preset in Gen.Int[0, 2].Select(k => new[] { "default", "n2", "trapping" }[k])
        from shape in Gen.Int[0, 3]
        select new ExploreState
        {
            Name = "saved",
            Settings = new Dictionary<string, string>
            {
                ["psg.thickness"] = FormattableString.Invariant($"{thickness:g6} nm"),
                ["psg.hop_distance"] = FormattableString.Invariant($"{5.7e-10 * distance}"),
                ["psg.relative_permittivity"] = FormattableString.Invariant($"{permittivity:g4}"),
                ["heat.ambient_temperature"] = FormattableString.Invariant($"{temperature:g5} K"),
                ["preset"] = preset,
                ["heat.enabled"] = shape == 1 ? "true" : "false",
            },
            Protocol = shape == 0 ? null
                : [
                    new() { ["type"] = "pulses", ["amplitude"] = FormattableString.Invariant($"{amplitude:g4} V"),
                        ["width"] = FormattableString.Invariant($"{width:g4} ns"), ["count"] = $"{count}", ["rest"] = "1 ms" },
                    .. shape == 2 ? [new Dictionary<string, string> { ["type"] = "repeat", ["count"] = "2",
                        ["steps"] = "[{ type = \"pulses\", amplitude = [\"8 V\", -6.5], width = \"5 ns\", rest = 1e-3 }]" }]
                        : Array.Empty<Dictionary<string, string>>(),
                ],
        };

    [Fact]
    public void A_saved_case_runs_to_the_bits_that_were_seen_for_a_hundred_random_settings()
    {
        Explorer explorer = Single();
        States.Sample(state =>
        {
            explorer.Run(state, null, default);
            Result seen = explorer.Last!;
            // As 'fv run' reads it, from the file.
            Result run = CaseRun.Start(CaseReader.Read(explorer.Save(state)), "", "fv run").RunUnwritten(null, default);
            foreach ((Table a, Table b) in new[] { (seen.Record.Pulses, run.Record.Pulses), (seen.Record.Series, run.Record.Series) })
                foreach (Column column in a.Columns)
                    Assert.Equal(a[column.Name].Select(BitConverter.DoubleToInt64Bits),
                        b[column.Name].Select(BitConverter.DoubleToInt64Bits));
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void A_case_of_the_library_in_its_own_words_is_the_case_itself()
    {
        foreach (string name in CaseLibrary.Names)
        {
            CaseDefinition given = CaseReader.Read(name),
                written = CaseReader.Parse(CaseText.With(CaseLibrary.Find(name)!, name, []), name + ".toml");
            Assert.Equal(given.Parameters.Select(p => (p.Path, p.ValueText, p.Kind)),
                written.Parameters.Select(p => (p.Path, p.ValueText, p.Kind)));
            Assert.Equal(given.Protocol.Select(p => p.ToString()), written.Protocol.Select(p => p.ToString()));
        }
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a\nb")]
    public void A_name_is_a_name_and_no_path(string name) =>
        Assert.Equal("name", Assert.Throws<InputException>(() => Single().Save(new() { Name = name })).Key);

    [Fact]
    public void What_another_program_wrote_is_not_replaced()
    {
        _work.Case("mine.toml", "title = \"mine\"\n");
        Assert.Contains("--force", Assert.Throws<OutputException>(() => Single().Save(new() { Name = "mine" })).Message);
    }

    [Fact]
    public async Task Only_the_page_itself_is_answered()
    {
        await using ExploreServer server = await ExploreServer.Start(Single(), "x", 0);
        var own = new Uri(server.Address);
        string origin = $"http://127.0.0.1:{own.Port}";
        using var client = new HttpClient();
        async Task<HttpStatusCode> Ask(HttpMethod method, string address, string? host = null, string? from = null)
        {
            using var request = new HttpRequestMessage(method,
                address)
            { Content = method == HttpMethod.Get ? null : new StringContent("{}") };
            if (host is not null)
                request.Headers.Host = host;
            if (from is not null)
                request.Headers.Add("Origin", from);
            using HttpResponseMessage response = await client.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.Forbidden)
                Assert.Empty(await response.Content.ReadAsStringAsync());
            return response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await Ask(HttpMethod.Get, server.Address));
        Assert.Equal(HttpStatusCode.OK, await Ask(HttpMethod.Post, server.Address + "run", from: origin));
        (HttpMethod Method, string Address, string? Host, string? From)[] foreign =
        [
            (HttpMethod.Get, $"{origin}/", null, null),
            (HttpMethod.Get, $"{origin}/{new string('0', 32)}/", null, null),
            (HttpMethod.Get, server.Address + "../etc/passwd", null, null),
            (HttpMethod.Get, server.Address + "run", null, null),
            (HttpMethod.Get, server.Address.TrimEnd('/'), null, null),
            (HttpMethod.Get, server.Address + "%2e%2e/%2e%2e/etc/passwd", null, null),
            (HttpMethod.Get, server.Address + "/page.js", null, null),
            (HttpMethod.Get, server.Address + "PAGE.JS", null, null),
            (HttpMethod.Get, $"{origin}/?{own.AbsolutePath.Trim('/')}", null, null),
            (HttpMethod.Get, $"{origin}{own.AbsolutePath[..^2]}/", null, null),
            (HttpMethod.Get, server.Address, "127.0.0.1", null),
            (HttpMethod.Get, server.Address, $"127.0.0.1.evil.example:{own.Port}", null),
            (HttpMethod.Get, server.Address, $"0.0.0.0:{own.Port}", null),
            (HttpMethod.Get, server.Address, null, $"https://127.0.0.1:{own.Port}"),
            (HttpMethod.Get, server.Address, null, $"http://localhost:{own.Port}"),
            (HttpMethod.Head, server.Address, null, null),
            (HttpMethod.Trace, server.Address, null, null),
            (HttpMethod.Delete, server.Address + "save", null, origin),
            (HttpMethod.Patch, server.Address + "save", null, origin),
            (HttpMethod.Post, server.Address + "quit", null, origin),
            (HttpMethod.Post, server.Address + "run/", null, origin),
            (HttpMethod.Post, server.Address + "pin", null, "null"),
            (HttpMethod.Post, server.Address + "save", null, "file://"),
            (HttpMethod.Get, server.Address, "evil.example", null),
            (HttpMethod.Get, server.Address, $"evil.example:{own.Port}", null),
            (HttpMethod.Get, server.Address, null, "http://evil.example"),
            (HttpMethod.Get, server.Address, null, "null"),
            (HttpMethod.Post, server.Address + "run", null, null),
            (HttpMethod.Post, server.Address + "run", null, "http://evil.example"),
            (HttpMethod.Post, server.Address + "run", null, $"http://127.0.0.1:{own.Port + 1}"),
            (HttpMethod.Post, server.Address + "run", "evil.example", "http://evil.example"),
            (HttpMethod.Post, server.Address, null, origin),
            (HttpMethod.Put, server.Address + "save", null, origin),
            (HttpMethod.Options, server.Address + "run", null, "http://evil.example"),
        ];
        foreach ((HttpMethod method, string address, string? host, string? from) in foreign)
            Assert.True(await Ask(method, address, host, from) == HttpStatusCode.Forbidden,
                $"{method} {address} {host} {from} is answered");
    }

    [Fact]
    public async Task A_new_change_ends_the_run_before_it()
    {
        await using ExploreServer server = await ExploreServer.Start(Single(), "x", 0);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Origin", $"http://127.0.0.1:{new Uri(server.Address).Port}");
        async Task<HttpResponseMessage> Post(string count) => await client.SendAsync(
            new(HttpMethod.Post, server.Address + "run")
            {
                Content = new StringContent(JsonSerializer.Serialize(
                    new { settings = new Dictionary<string, string> { ["protocol.0.count"] = count } }), Encoding.UTF8,
                    new MediaTypeHeaderValue("application/json"))
            },
            HttpCompletionOption.ResponseHeadersRead);
        using HttpResponseMessage endless = await Post("1000000000");
        using var first = new StreamReader(await endless.Content.ReadAsStreamAsync());
        Assert.Contains("\"pulses\"", await first.ReadLineAsync());
        var clock = Stopwatch.StartNew();
        using HttpResponseMessage next = await Post("1");
        string[] lines = (await next.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(JsonDocument.Parse(lines[^1]).RootElement.GetProperty("results").GetArrayLength() == 1);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
        Assert.DoesNotContain("results", await first.ReadToEndAsync());
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-HUP")]
    public async Task The_program_listens_on_the_loopback_alone_and_ends_with_a_signal(string signal)
    {
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", "http://0.0.0.0:0");
        Environment.SetEnvironmentVariable("DOTNET_URLS", "http://0.0.0.0:0");
        using Process process = _work.Start("explore", "--no-browser");
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", null);
        Environment.SetEnvironmentVariable("DOTNET_URLS", null);
        string address = (await process.StandardOutput.ReadLineAsync())!;
        Assert.StartsWith("http://127.0.0.1:", address);
        using var client = new HttpClient();
        Assert.Contains("application/json", await client.GetStringAsync(address));
        // Each socket that the process listens on: local address 0100007F is 127.0.0.1.
        string[] listening = [.. File.ReadLines($"/proc/{process.Id}/net/tcp").Skip(1)
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(l => l[3] == "0A" && Own(process.Id, l[9])).Select(l => l[1].Split(':')[0])];
        Assert.Equal(["0100007F"], listening);
        var clock = Stopwatch.StartNew();
        Process.Start("kill", [signal, $"{process.Id}"]).WaitForExit();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    private static bool Own(int process, string inode) =>
        Directory.EnumerateFiles($"/proc/{process}/fd").Any(f => new FileInfo(f).LinkTarget == $"socket:[{inode}]");

    [Fact]
    public void A_study_or_a_port_in_use_is_one_line()
    {
        (int code, _, string error) = _work.Run("explore", "fig3a", "--no-browser");
        Assert.Equal(2, code);
        Assert.Contains("a study runs many cases", error);
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        (code, _, error) = _work.Run("explore", "--no-browser", "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal(2, code);
        Assert.Contains("is in use", error);
        Assert.Single(error.Trim().Split('\n'));
    }
}
