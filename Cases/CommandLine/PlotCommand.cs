using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;
using FvSolver.Cases.Plots.Views;

namespace FvSolver.Cases.CommandLine;

/// <summary>The command <c>plot RESULT</c>.</summary>
public static class PlotCommand
{
    /// <summary>Makes the command. Its errors are <see cref="OutputException"/>s, which the root turns into exit code 2.</summary>
    public static Command Create()
    {
        var results = new Argument<string[]>("RESULT")
        {
            Description = "result files of runs (.h5); several go into one picture",
            Arity = ArgumentArity.OneOrMore
        };
        var columns = new Option<string?>("--columns")
        {
            Description = "columns of /pulses or /series instead of a view: across, then upward, e.g. time,gate_current",
            HelpName = "X,Y,..."
        };
        var log = new Option<string?>("--log") { Description = "logarithmic axes: x, y or xy" };
        log.AcceptOnlyFromAmong("x", "y", "xy");
        var view = new Option<string?>("--view") { Description = "what to draw; see --list", HelpName = "NAME" };
        view.CompletionSources.Add(context => ViewsOf(context.ParseResult.GetValue(results)?.FirstOrDefault()));
        var output = new Option<string?>("-o", "--output")
        {
            Description = "picture, .png, .svg or .pdf; by default beside the result",
            HelpName = "FILE"
        };
        var size = new Option<PictureSize?>("--size")
        {
            Description = "size in pixels, e.g. 1600x1080",
            HelpName = "WxH",
            CustomParser = ParseSize,
        };
        Option<double?> width = QuantityOption.Create(
            "--width", "m", "width in print, e.g. 85mm for one column: type of 7 to 10 points, PNG of 600 dpi", mustBePositive: true);
        var theme = new Option<string>("--theme") { Description = "paper and ink", DefaultValueFactory = _ => PictureTheme.Light.Name };
        theme.AcceptOnlyFromAmong([.. PictureTheme.All.Select(t => t.Name)]);
        var field = new Option<string?>("--field") { Description = "one field of a cross-section as a map", HelpName = "NAME" };
        var sample = new Option<int>("--sample")
        {
            Description = "with --field: which sample, from 0; the last by default",
            DefaultValueFactory = _ => -1
        };
        var cut = new Option<string?>("--cut")
        {
            Description = "with --field: curves along the line of this x instead, e.g. 75nm",
            HelpName = "X"
        };
        var film = new Option<bool>("--film") { Description = "with --field: all samples as an animated PNG" };
        var list = new Option<bool>("--list") { Description = "name the pictures that this result can fill" };
        Option<bool> force = ForceOption.Create();
        var command = new Command("plot", "Draws a picture of a result.")
        {
            results, view, columns, log, field, sample, cut, film, output, size, width, theme, list, force,
        };
        command.SetAction(parsed =>
        {
            string[] paths = parsed.GetRequiredValue(results);
            string path = paths[0];
            Result content = ResultFile.Read(path);
            if (parsed.GetValue(list))
            {
                foreach (PlotView v in ResultPlot.Views(content))
                    parsed.InvocationConfiguration.Output.WriteLine($"{v.Name,-20} {v.Description}");
                return 0;
            }
            string? name = parsed.GetValue(field);
            var style = new PictureStyle
            {
                Size = parsed.GetValue(size),
                Width = parsed.GetValue(width),
                Theme = PictureTheme.All.First(t => t.Name == parsed.GetValue(theme)),
            };
            if (style is { Size: not null, Width: not null })
                throw new OutputException("--width and --size: a picture has one of them");
            if (style.Width is < FigureImage.MinWidth or > FigureImage.MaxWidth)
                throw new OutputException($"--width: must be {1e3 * FigureImage.MinWidth} to {1e3 * FigureImage.MaxWidth} mm");
            if (parsed.GetValue(columns) is not null && (name is not null || parsed.GetValue(view) is not null))
                throw new OutputException("--columns: says what to draw, as --view and --field do; give one of them");
            if (name is not null && paths.Length > 1)
                throw new OutputException("--field: a map is of one result");
            if (name is null && (parsed.GetValue(film) || parsed.GetValue(cut) is not null))
                throw new OutputException("--film and --cut need the name of a field: --field NAME");
            if (name is not null && parsed.GetValue(film))
            {
                string animated = parsed.GetValue(output) ?? DefaultName(path, name + "-film");
                OutputFile.Check(parsed.GetValue(force), animated);
                FieldFilm.Save(content, name, animated, style);
                parsed.InvocationConfiguration.Output.WriteLine(animated);
                return 0;
            }
            IReadOnlyList<(string, Result)> all = [.. Overlay.Names(paths)
                .Zip(paths, (n, p) => (n, p == path ? content : ResultFile.Read(p)))];
            FigureSpec figure = parsed.GetValue(columns) is { } named ? ColumnsView.Of(all, named)
                : name is null && paths.Length > 1 ? Overlay.Figure(all, parsed.GetValue(view))
                : name is null ? ResultPlot.Figure(content, parsed.GetValue(view))
                : parsed.GetValue(cut) is { } line ? FieldView.Cut(content, name, Position(line))
                : FieldView.Map(content, name, parsed.GetValue(sample));
            if (parsed.GetValue(log) is { } axes)
                figure = figure with
                {
                    Panels = [.. figure.Panels.Select(
                    p => p with { X = Log(p.X, axes.Contains('x')), Y = Log(p.Y, axes.Contains('y')) })]
                };
            string picture = parsed.GetValue(output) ?? DefaultName(path, figure.Name);
            OutputFile.Check(parsed.GetValue(force), picture);
            FigureImage.Save(figure, picture, style);
            parsed.InvocationConfiguration.Output.WriteLine(picture);
            return 0;
        });
        return command;
    }

    /// <summary>Views of a result, for completions; none where it cannot be read.</summary>
    internal static IEnumerable<CompletionItem> ViewsOf(string? path)
    {
        try
        {
            return path is null ? [] : [.. ResultPlot.Views(ResultFile.Read(path)).Select(v => new CompletionItem(v.Name))];
        }
        catch (OutputException)
        {
            return [];
        }
    }

    private static AxisSpec Log(AxisSpec axis, bool isLog) => isLog ? axis with { Log = true, Min = axis.Min > 0 ? axis.Min : null } : axis;

    private static double Position(string text) => QuantityText.Parse(text, "m", out double x) is string wrong
        ? throw new OutputException($"--cut: '{text}' {wrong}")
        : x;

    private static string DefaultName(string path, string view) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{view}.png");

    private static PictureSize? ParseSize(ArgumentResult argument)
    {
        string text = argument.Tokens.Single().Value;
        string[] parts = text.Split('x', 'X');
        if (parts.Length == 2 && int.TryParse(parts[0], out int width) && int.TryParse(parts[1], out int height)
            && width is >= FigureImage.MinSide and <= FigureImage.MaxSide && height is >= FigureImage.MinSide and <= FigureImage.MaxSide)
            return new PictureSize(width, height);
        argument.AddError(
            $"--size: '{text}' is not a size; give WIDTHxHEIGHT, "
                + $"each {FigureImage.MinSide} to {FigureImage.MaxSide} pixels, e.g. 1600x1080");
        return null;
    }
}
