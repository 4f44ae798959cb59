using System.Net;
using System.Text;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Report;

/// <summary>Draws a <see cref="Chart"/> as SVG whose colours follow the page, for light, dark and print.</summary>
internal static class SvgChart
{
    private const int Width = 460, Height = 300, Left = 66, Right = 12, Top = 12, Bottom = 46;

    /// <summary>The figure with its legend, as a piece of HTML.</summary>
    public static string Draw(Chart chart)
    {
        ChartAxis x = new(chart.Curves.SelectMany(c => c.X), chart.LogX, Left, Width - Right);
        ChartAxis y = new(chart.Curves.SelectMany(c => c.Y), chart.LogY, Height - Bottom, Top);
        var svg = new StringBuilder();
        svg.Append($"""<figure><figcaption>{Encode(chart.Title)}</figcaption><svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{Encode(chart.Title)}">""");
        foreach ((double value, string label) in x.Ticks())
        {
            string p = Numbers.Coordinate(x.Position(value));
            svg.Append($"""<path class="grid" d="M{p} {Top}V{Height - Bottom}"/><text x="{p}" y="{Height - Bottom + 17}" text-anchor="middle">{Encode(label)}</text>""");
        }
        foreach ((double value, string label) in y.Ticks())
        {
            double p = y.Position(value);
            svg.Append($"""<path class="grid" d="M{Left} {Numbers.Coordinate(p)}H{Width - Right}"/><text x="{Left - 6}" y="{Numbers.Coordinate(p + 4)}" text-anchor="end">{Encode(label)}</text>""");
        }
        svg.Append($"""<rect class="frame" x="{Left}" y="{Top}" width="{Width - Left - Right}" height="{Height - Top - Bottom}"/>""");
        int points = 0, lines = 0;
        var legend = new StringBuilder();
        foreach (Curve curve in chart.Curves)
        {
            string colour = curve.Mark == Mark.Points ? $"c{points++ % 4}" : $"c{lines++ % 4}";
            (double X, double Y)[] places = [.. curve.X.Zip(curve.Y).Where(v => x.Shows(v.First) && y.Shows(v.Second))
                .Select(v => (x.Position(v.First), y.Position(v.Second)))];
            svg.Append(curve.Mark == Mark.Points ? Points(places, colour) : Line(places, colour, curve.Mark));
            if (curve.Name.Length > 0)
                legend.Append($"""<span class="key {(curve.Mark == Mark.Points ? "dot" : "rule")} {colour}">{Encode(curve.Name)}</span>""");
        }
        svg.Append($"""<text x="{(Left + Width - Right) / 2}" y="{Height - 8}" text-anchor="middle">{Encode(chart.XLabel)}</text>""");
        svg.Append($"""<text transform="translate(13 {(Top + Height - Bottom) / 2}) rotate(-90)" text-anchor="middle">{Encode(chart.YLabel)}</text>""");
        return svg.Append($"""</svg><div class="legend">{legend}</div></figure>""").ToString();
    }

    private static string Points((double X, double Y)[] places, string colour) => string.Concat(places.Select(p =>
        $"""<circle class="{colour}" cx="{Numbers.Coordinate(p.X)}" cy="{Numbers.Coordinate(p.Y)}" r="3.4"/>"""));

    private static string Line((double X, double Y)[] places, string colour, Mark mark) => places.Length == 0 ? "" :
        $"""<path class="line {colour}{(mark == Mark.Dashes ? " dashed" : "")}" d="M{string.Join('L', places.Select(p => $"{Numbers.Coordinate(p.X)} {Numbers.Coordinate(p.Y)}"))}"/>""";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
