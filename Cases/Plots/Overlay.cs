using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.Plots;

/// <summary>Pictures of several results laid over each other: the same panels, with the curves of all.</summary>
public static class Overlay
{
    private const int ColorsEach = 2;

    /// <summary>Names for files: without folder and ending, or with them where they would be alike.</summary>
    public static IEnumerable<string> Names(IReadOnlyList<string> paths)
    {
        string[] brief = [.. paths.Select(p => Path.GetFileNameWithoutExtension(p))];
        return brief.Distinct().Count() == brief.Length ? brief : paths.Distinct().Count() == paths.Count ? paths
            : paths.Select((p, i) => $"{p} ({i + 1})");
    }

    /// <summary>Every picture that some result can fill, with the curves of all that can.</summary>
    /// <param name="results">Results, each with the name that stands in legends.</param>
    public static IReadOnlyList<FigureSpec> Views(IReadOnlyList<(string Name, Result Result)> results)
    {
        var figures = results.SelectMany((r, member) => ResultPlot.Views(r.Result).Select(v => (r.Name, Member: member, Figure: v.Draw())))
            .ToList();
        return [.. figures.GroupBy(f => f.Figure.Name).SelectMany(view => Merge(
            [.. view.Select(f => (results.Count > 1 ? f.Name : "", f.Member, f.Figure))]))];
    }

    /// <summary>Name of the first picture of the first result that all can fill; null when there is none.</summary>
    public static string? Common(IReadOnlyList<Result> results) => ResultPlot.Views(results[0]).Select(v => v.Name)
        .FirstOrDefault(name => results.All(r => ResultPlot.Views(r).Any(v => v.Name == name)));

    /// <summary>One picture of several results.</summary>
    /// <param name="results">Results, each with the name that stands in legends.</param>
    /// <param name="view">Name of the picture; null for the first that all can fill.</param>
    /// <exception cref="OutputException">Not all of them can fill it, or their pictures have different panels.</exception>
    public static FigureSpec Figure(IReadOnlyList<(string Name, Result Result)> results, string? view)
    {
        view ??= Common([.. results.Select(r => r.Result)]) ?? throw new OutputException("the results have no picture in common");
        IReadOnlyList<FigureSpec> merged = Merge([.. results.Select((r, member) => (r.Name, member, ResultPlot.Figure(r.Result, view)))]);
        return merged.Count == 1 ? merged[0] : throw new OutputException(
            $"--view: the pictures '{view}' of these results have different panels");
    }

    /// <summary>Figures of one name as one, or, where their panels differ, each by itself.</summary>
    private static IReadOnlyList<FigureSpec> Merge(IReadOnlyList<(string Name, int Member, FigureSpec Figure)> figures)
    {
        FigureSpec first = figures[0].Figure;
        bool isAlike = figures.All(f => f.Figure.Panels.Count == first.Panels.Count
            && f.Figure.Panels.Zip(first.Panels).All(
                p => p.First.X == p.Second.X && p.First.Y == p.Second.Y && p.First.Map is null && p.Second.Map is null));
        if (!isAlike && figures.Count > 1)
            return [.. figures.Select(f => f.Figure with { Name = f.Member == 0 ? f.Figure.Name : $"{f.Figure.Name}-{f.Member + 1}",
                Title = $"{f.Name}: {f.Figure.Title}" })];
        if (figures.Count == 1)
            return [Marked(figures[0].Figure, figures[0].Name, figures[0].Member)];
        FigureSpec[] marked = [.. figures.Select(f => Marked(f.Figure, f.Name, f.Member))];
        return [first with
        {
            Title = string.Join(" and ", figures.Select(f => f.Figure.Title).Distinct()),
            Panels = [.. first.Panels.Select((panel, i) => panel with
            {
                Curves = [.. marked.SelectMany(f => f.Panels[i].Curves)],
                References = [.. marked.SelectMany(f => f.Panels[i].References).Distinct()],
            })],
        }];
    }

    private static FigureSpec Marked(FigureSpec figure, string name, int member) => figure with
    {
        Panels = [.. figure.Panels.Select(panel => panel with
        {
            Curves = [.. panel.Curves.Select((curve, k) => curve with
            {
                Member = member,
                Label = name.Length == 0 ? curve.Label : curve.Label.Length > 0 ? $"{name}: {curve.Label}"
                    // Of curves without names the first stands for the others.
                    : panel.Curves.Take(k).Any(c => c.Label.Length == 0) ? "" : name,
                Color = (curve.Color ?? k) + ColorsEach * member,
                Style = member > 0 && curve.Style == CurveStyle.Line ? CurveStyle.Dashed : curve.Style,
            })],
        })],
    };
}
