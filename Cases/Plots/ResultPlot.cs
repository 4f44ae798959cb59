using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots.Views;

namespace FvSolver.Cases.Plots;

/// <summary>A picture that can be drawn of a result.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Description">What it shows.</param>
/// <param name="Draw">Makes the figure.</param>
public sealed record PlotView(string Name, string Description, Func<FigureSpec> Draw);

/// <summary>Pictures of a result: first those that its case stored, then the built-in views that its data can fill.</summary>
public static class ResultPlot
{
    private const int FewPulses = 5;

    private static readonly (string Name, string Description, Func<Result, FigureSpec?> Make)[] BuiltIn =
    [
        ("staircase", "conductance against pulse number", StaircaseView.Of),
        ("along", "composition and potential along the channel of a cross-section, at the sampled times", AlongView.Of),
        ("step", "step per pulse against conductance, up and down", StepView.Of),
        ("updates", "distribution of a weight under random updates, and its steps against its value", UpdatesView.Of),
        ("pulse", "gate voltage, current and protons during and after the first pulse, or without pulses", PulseView.Of),
        ("profiles", "fields over depth, or over the cross-section", ProfilesView.Of),
        ("energy", "energies per pulse", EnergyView.Of),
    ];

    /// <summary>Every picture that this result can fill; the first one is drawn by default.</summary>
    public static IReadOnlyList<PlotView> Views(Result result)
    {
        var views = new List<PlotView>();
        foreach (FigureSpec figure in result.Plots)
            views.Add(new PlotView(figure.Name, figure.Title, () => figure));
        foreach ((string name, string description, Func<Result, FigureSpec?> make) in BuiltIn)
            if (views.All(v => v.Name != name) && make(result) is { } figure)
                views.Add(new PlotView(name, description, () => figure));
        // A staircase of a few pulses says little: what they did is seen along the channel, or inside the first of them.
        if (result.Plots.Count == 0 && result.Record.Pulses.Count is > 0 and <= FewPulses
            && (views.Find(v => v.Name == "along") ?? views.Find(v => v.Name == "pulse")) is { } telling)
        {
            views.Remove(telling);
            views.Insert(0, telling);
        }
        return views;
    }

    /// <summary>A figure of a result by name, or the default one.</summary>
    /// <exception cref="OutputException">There is no such figure, or nothing to draw at all.</exception>
    public static FigureSpec Figure(Result result, string? view = null)
    {
        IReadOnlyList<PlotView> views = Views(result);
        if (views.Count == 0)
            throw new OutputException("there is nothing to draw: no pulses, no series, no fields and no stored figures in this result");
        PlotView chosen = view is null
            ? views[0]
            : views.FirstOrDefault(v => v.Name == view)
                ?? throw new OutputException(
                    $"--view: there is no view '{view}' of this result; there are {string.Join(", ", views.Select(v => v.Name))}");
        return chosen.Draw();
    }

    /// <summary>Draws a figure of a result.</summary>
    /// <param name="result">What was read.</param>
    /// <param name="path">Picture; its ending, .png, .svg or .pdf, says the format.</param>
    /// <param name="view">Name of the view; null for the default one.</param>
    /// <param name="size">Size [pixels]; null for one that suits the figure.</param>
    /// <exception cref="OutputException">No such view, or the picture cannot be written.</exception>
    public static void Save(Result result, string path, string? view = null, PictureSize? size = null) =>
        FigureImage.Save(Figure(result, view), path, new() { Size = size });
}
