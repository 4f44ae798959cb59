using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FvSolver.Cases.Input;
using FvSolver.Cases.Schema;
using FvSolver.Materials;
using FvSolver.Solver.Observe;
using FvSolver.Tests.House;
using FvSolver.Validation;
using FvSolver.Validation.Site;
using Xunit;

namespace FvSolver.Tests.Documentation;

/// <summary>The documentation site: built without a warning, with a page for every key, served on this machine only.</summary>
public class SiteTests
{
    [Fact]
    public void The_reference_has_every_key_every_parameter_every_column_and_every_validation_case()
    {
        Dictionary<string, string> pages = ReferencePages.All().ToDictionary(p => p.Name, p => p.Content);
        Assert.All(ParameterCatalogue.Device.Parameters.Concat(RunSettings.Catalogue.Parameters),
            p => Assert.Contains($"| `{p.Path}` | `{p.Symbol}` |", pages["parameters.md"]));
        Assert.All(SeriesTable.Columns, c => Assert.Contains($"| `{c.Name}` |", pages["columns.md"]));
        Assert.All(PulseTable.Columns, c => Assert.Contains($"| `{c.Name}` |", pages["columns.md"]));
        Assert.All(Suite.Cases, c => Assert.Contains($"| `{c.Id}` |", pages["validation.md"]));
        foreach (FileForm file in FileForms.All)
            Assert.All(Keys(JsonNode.Parse(JsonSchema.Write(file))!).Distinct(),
                key => Assert.Contains($"`{key}`", pages[$"keys-{file.Name}.md"]));
        Assert.All(pages.Keys.Where(n => n != "toc.yml"), n => Assert.Contains(n, pages["toc.yml"]));
    }

    /// <summary>Every key that a schema allows, but for the words that name a kind.</summary>
    private static IEnumerable<string> Keys(JsonNode schema) => schema switch
    {
        JsonObject o => (o["properties"] as JsonObject ?? []).Where(p => p.Value!["const"] is null).Select(p => p.Key)
            .Concat(o.SelectMany(p => p.Value is null ? [] : Keys(p.Value))),
        JsonArray a => a.SelectMany(item => item is null ? [] : Keys(item)),
        _ => [],
    };

    [Fact]
    public void The_site_builds_without_a_warning()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "fv.dll"), "docs", "--build"])
        {
            WorkingDirectory = Checkout.Root,
            RedirectStandardError = true,
        })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        string site = Path.Combine(Checkout.Root, "docs", "_site");
        Assert.Contains("class=\"math\"", File.ReadAllText(Path.Combine(site, "theory", "hopping.html")));
        Assert.True(File.Exists(Path.Combine(site, "api", "FvSolver.Materials.Device.html")));
        Assert.Contains("psg.hop_distance", File.ReadAllText(Path.Combine(site, "reference", "parameters.html")));
        Assert.True(File.Exists(Path.Combine(site, "source", "Solver", "Physics", "Poisson.cs")));
    }

    [Fact]
    public async Task A_port_in_use_is_bad_input()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var folder = new TemporaryDirectory();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        InputException error = await Assert.ThrowsAsync<InputException>(
            () => SiteServer.RunAsync(folder.Path, port, TextWriter.Null, default));
        Assert.Equal($"--port = {port}: is in use; choose another one, or 0 for any that is free", error.Message);
    }

    [Fact]
    public async Task The_site_is_served_on_loopback_and_nothing_beside_it_is()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder["site"]);
        File.WriteAllText(folder["site/index.html"], "<p>pages</p>");
        File.WriteAllText(folder["secret.html"], "no");
        using var stop = new CancellationTokenSource();
        var text = new StringWriter();
        Task serving = SiteServer.RunAsync(folder["site"], 0, text, stop.Token);
        string address = text.ToString().Split(' ')[0];
        using var client = new HttpClient();
        Assert.Equal("<p>pages</p>", await client.GetStringAsync(address));
        Assert.Equal("text/html; charset=utf-8", (await client.GetAsync(address + "index.html")).Content.Headers.ContentType!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(address + "%2e%2e/secret.html")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(address + "none.html")).StatusCode);
        Assert.StartsWith("http://127.0.0.1:", address);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }
}
