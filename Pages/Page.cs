using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace FvSolver.Pages;

/// <summary>Puts a page together: the template, its style, scripts and data.</summary>
internal static class Page
{
    /// <summary>Script of all pages, script of live pages, and style, by the names under which a server gives them out.</summary>
    public const string Script = "page.js", LiveScript = "explore.js", Style = "page.css", Plotly = "plotly.js";

    /// <summary>A page that needs nothing beside itself.</summary>
    /// <param name="title">Title of the page.</param>
    /// <param name="data">What it shows, see <see cref="PageData"/> [UTF-8 JSON].</param>
    /// <remarks>A browser runs the two scripts whose digests the page names, and asks for nothing: not even
    /// what a hostile title asks for gets out.</remarks>
    public static byte[] Alone(string title, byte[] data)
    {
        byte[] plotly = PlotlyScript.Read(), script = Asset(Script);
        // Parallel coordinates compile their drawing code; no other chart does.
        bool compiles = data.AsSpan().IndexOf("\"points\":{"u8) >= 0;
        string policy = $"default-src 'none'; script-src {Digest(plotly)} {Digest(script)}{(compiles ? " 'unsafe-eval'" : "")}; "
            + "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";
        return Fill(title, data,
            head: [$"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><style>", Asset(Style), "</style>"],
            scripts: ["<script>", plotly, "</script><script>", script, "</script>"]);
    }

    /// <summary>A page whose scripts and style come from the server that gives it out.</summary>
    /// <param name="title">Title of the page.</param>
    /// <param name="data">What it shows at first [UTF-8 JSON].</param>
    public static byte[] Live(string title, byte[] data) => Fill(title, data,
        head: [$"<link rel=\"stylesheet\" href=\"{Style}\">"],
        scripts: [.. new[] { Plotly, Script, LiveScript }.Select(s => $"<script src=\"{s}\"></script>")]);

    /// <summary>One of the page's own files.</summary>
    public static byte[] Asset(string name)
    {
        using Stream stream = typeof(Page).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource '{name}' is missing from the assembly.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static byte[] Fill(string title, byte[] data, object[] head, object[] scripts)
    {
        string[] template = Encoding.UTF8.GetString(Asset("page.html")).Split("{{", 4);
        var places = new Dictionary<string, object[]>
        {
            ["title"] = [WebUtility.HtmlEncode(title)],
            ["head"] = head,
            ["scripts"] = ["<script type=\"application/json\" id=\"data\">", data, "</script>", .. scripts],
        };
        var page = new MemoryStream();
        Write(page, template[0]);
        foreach (string part in template.Skip(1))
        {
            int end = part.IndexOf("}}", StringComparison.Ordinal);
            foreach (object piece in places[part[..end]])
                Write(page, piece);
            Write(page, part[(end + 2)..]);
        }
        return page.ToArray();
    }

    private static void Write(MemoryStream page, object piece) => page.Write(piece as byte[] ?? Encoding.UTF8.GetBytes((string)piece));

    private static string Digest(byte[] script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(script))}'";
}
