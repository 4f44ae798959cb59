using System.Net;
using System.Net.Sockets;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Input;

namespace FvSolver.Validation.Site;

/// <summary>Serves the files of a folder on the loopback interface: browsers show neither equations
/// nor navigation of pages from disk.</summary>
public static class SiteServer
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff"] = "font/woff",
        [".woff2"] = "font/woff2",
        [".cs"] = "text/plain; charset=utf-8",
        [".md"] = "text/plain; charset=utf-8",
    };

    /// <summary>Serves until cancelled.</summary>
    /// <param name="folder">Folder of the files.</param>
    /// <param name="port">Port on 127.0.0.1; 0 for a free one.</param>
    /// <param name="text">Takes the address.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InputException">The port is in use.</exception>
    public static async Task RunAsync(string folder, int port, TextWriter text, CancellationToken cancel)
    {
        if (port == 0)
            port = FreePort();
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        try
        {
            listener.Start();
        }
        catch (HttpListenerException)
        {
            throw PortOption.InUse(port);
        }
        text.WriteLine($"http://127.0.0.1:{port}/ (Ctrl+C ends it)");
        text.Flush();
        using CancellationTokenRegistration stop = cancel.Register(listener.Stop);
        try
        {
            while (true)
                Answer(folder, await listener.GetContextAsync());
        }
        catch (Exception e) when (cancel.IsCancellationRequested && e is HttpListenerException or InvalidOperationException)
        {
            throw new OperationCanceledException(cancel);
        }
    }

    private static void Answer(string folder, HttpListenerContext context)
    {
        using HttpListenerResponse response = context.Response;
        try
        {
            string path = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(context.Request.Url!.AbsolutePath).TrimStart('/')));
            if (Directory.Exists(path))
                path = Path.Combine(path, "index.html");
            bool isInside = path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
            if (!isInside || !File.Exists(path))
            {
                response.StatusCode = (int)HttpStatusCode.NotFound;
                return;
            }
            byte[] content = File.ReadAllBytes(path);
            response.ContentType = Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
            response.ContentLength64 = content.Length;
            if (context.Request.HttpMethod != "HEAD")
                response.OutputStream.Write(content);
        }
        catch (Exception e) when (e is IOException or HttpListenerException or ArgumentException or UnauthorizedAccessException)
        {
            // The browser has gone, or asks for what is no file name; the next request is another matter.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
