using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FvSolver.Pages.Explore;

/// <summary>Gives a live page to the browser of this machine, and to nobody else.</summary>
/// <remarks>
/// It listens on the loopback address alone, whatever the environment says. The path begins with a token that only who has seen the address
/// knows; the host must be the loopback's, so that no name of a foreign page can be turned to it, and an origin must be its own.
/// Everything else is answered by 403.
/// </remarks>
internal sealed class ExploreServer : IAsyncDisposable
{
    private const int LargestRequest = 1 << 20;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly Explorer _explorer;
    private readonly WebApplication _application;
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, (string Type, Lazy<byte[]> Content)> _files;
    private CancellationTokenSource? _running;
    private int _port;

    private ExploreServer(Explorer explorer, string title, int port)
    {
        _explorer = explorer;
        _files = new()
        {
            [""] = ("text/html; charset=utf-8", new(() => Page.Live(title, explorer.Form()))),
            [Page.Plotly] = ("text/javascript; charset=utf-8", new(PlotlyScript.Read)),
            [Page.Script] = ("text/javascript; charset=utf-8", new(() => Page.Asset(Page.Script))),
            [Page.LiveScript] = ("text/javascript; charset=utf-8", new(() => Page.Asset(Page.LiveScript))),
            [Page.Style] = ("text/css; charset=utf-8", new(() => Page.Asset(Page.Style))),
        };
        // The empty builder reads no environment and no files: none of them can open another address.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { Args = [] });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, port);
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = LargestRequest;
            // The page of a busy machine may be slow to read.
            options.Limits.MinResponseDataRate = null;
        });
        _application = builder.Build();
        _application.Run(Answer);
    }

    /// <summary>Address of the page.</summary>
    public string Address => $"http://127.0.0.1:{_port}/{_token}/";

    /// <summary>Starts a server.</summary>
    /// <param name="explorer">The case.</param>
    /// <param name="title">Title of the page.</param>
    /// <param name="port">Port; 0 for any that is free.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<ExploreServer> Start(Explorer explorer, string title, int port)
    {
        var server = new ExploreServer(explorer, title, port);
        await server._application.StartAsync();
        server._port = new Uri(server._application.Urls.Single()).Port;
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _running?.Cancel();
        // Connections that a browser keeps open are cut.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (Own(request) is not { } path)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (HttpMethods.IsGet(request.Method))
        {
            context.Response.ContentType = _files[path].Type;
            byte[] content = _files[path].Content.Value;
            context.Response.ContentLength = content.Length;
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
            return;
        }
        context.Response.ContentType = "application/x-ndjson";
        using var body = new StreamReader(request.Body);
        await Act(path, await body.ReadToEndAsync(context.RequestAborted), context.Response.Body, context.RequestAborted);
    }

    /// <summary>The path behind the token of a request that may be answered; null for any other.</summary>
    private string? Own(HttpRequest request)
    {
        string host = request.Host.Value ?? "", path = request.Path.Value ?? "", origin = request.Headers.Origin.ToString();
        bool isHere = host == $"127.0.0.1:{_port}" || host == $"localhost:{_port}";
        byte[] expected = Encoding.UTF8.GetBytes($"/{_token}/"),
            given = Encoding.UTF8.GetBytes(path.Length < expected.Length ? path : path[..expected.Length]);
        if (!isHere || !CryptographicOperations.FixedTimeEquals(given, expected) || (origin.Length > 0 && origin != $"http://{host}"))
            return null;
        string rest = path[expected.Length..];
        if (HttpMethods.IsGet(request.Method))
            return _files.ContainsKey(rest) ? rest : null;
        return HttpMethods.IsPost(request.Method) && origin.Length > 0 && rest is "run" or "save" or "pin" or "unpin" ? rest : null;
    }

    /// <summary>Does what a page asks for; answers are lines of JSON, of which the last is the result,
    /// or an error with the key it is about.</summary>
    private async Task Act(string what, string sent, Stream answer, CancellationToken gone)
    {
        using var own = CancellationTokenSource.CreateLinkedTokenSource(gone);
        // A new change ends the run before it.
        CancellationTokenSource? before = Interlocked.Exchange(ref _running, own);
        try
        {
            before?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
        bool hasTurn = false;
        try
        {
            await _turn.WaitAsync(own.Token);
            hasTurn = true;
            var lines = Channel.CreateUnbounded<byte[]>();
            Task<byte[]> work = Task.Run(() => Do(what, ExploreState.Read(sent), run => lines.Writer.TryWrite(Progress(run)), own.Token),
                CancellationToken.None);
            _ = work.ContinueWith(_ => lines.Writer.Complete(), TaskScheduler.Default);
            await foreach (byte[] line in lines.Reader.ReadAllAsync(CancellationToken.None))
                await Send(answer, line, own.Token);
            await Send(answer, await work, own.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more, or a newer change does.
        }
        catch (Exception e) when (e is InputException or OutputException or RunFailure or JsonException)
        {
            await Send(answer, JsonSerializer.SerializeToUtf8Bytes(
                new { error = e.Message, key = e is InputException input ? input.Key : "" }), gone);
        }
        finally
        {
            Interlocked.CompareExchange(ref _running, null, own);
            if (hasTurn)
                _turn.Release();
        }
    }

    private byte[] Do(string what, ExploreState state, Action<CaseRun> progress, CancellationToken cancel)
    {
        if (what == "save")
            return JsonSerializer.SerializeToUtf8Bytes(new { saved = _explorer.Save(state) });
        if (what != "run")
            return what == "pin" ? _explorer.Pin(state) : _explorer.Unpin();
        var last = DateTime.UtcNow;
        return _explorer.Run(state, run =>
        {
            if (DateTime.UtcNow - last < Between)
                return;
            last = DateTime.UtcNow;
            progress(run);
        }, cancel);
    }

    private static byte[] Progress(CaseRun run) => JsonSerializer.SerializeToUtf8Bytes(
        new { pulses = run.Pulses, of = run.PulsesAtMost, conductance = run.Recorder.Readout.Conductance });

    private static async Task Send(Stream answer, byte[] line, CancellationToken cancel)
    {
        await answer.WriteAsync(line, cancel);
        await answer.WriteAsync("\n"u8.ToArray(), cancel);
        await answer.FlushAsync(cancel);
    }
}
