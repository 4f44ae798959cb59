using System.Reflection;

namespace FvSolver.Pages;

/// <summary>plotly.js, the charting library of pages, as its .NET package brings it.</summary>
internal static class PlotlyScript
{
    private const string Library = "Plotly.NET.dll", Resource = "Plotly.NET.plotly-2.28.0.min.js";

    /// <summary>The minified script [UTF-8].</summary>
    /// <exception cref="InvalidOperationException">The library is not beside the program.</exception>
    public static byte[] Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, Library);
        if (!File.Exists(path))
            throw new InvalidOperationException($"{Library} is missing beside the program; build it again");
        using Stream stream = Assembly.LoadFrom(path).GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Library} holds no {Resource}");
        var script = new byte[stream.Length];
        stream.ReadExactly(script);
        return script;
    }
}
