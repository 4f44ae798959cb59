using System.CommandLine;
using System.Globalization;
using FvSolver.Cases.Comparison;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Files;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv diff A B</c>: in what two results differ.</summary>
public static class DiffCommand
{
    /// <summary>Makes the command. Its errors are <see cref="OutputException"/>s, which the root turns into exit code 2.</summary>
    public static Command Create()
    {
        var first = new Argument<string>("A") { Description = "result file of a run (.h5)" };
        var second = new Argument<string>("B") { Description = "another one" };
        var view = new Option<string?>("--view") { Description = "What to lay over each other ('fv plot A --list').", HelpName = "NAME" };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Picture (default: beside B, named after both).",
            HelpName = "FILE"
        };
        view.CompletionSources.Add(context => PlotCommand.ViewsOf(context.ParseResult.GetValue(first)));
        Option<bool> force = ForceOption.Create();
        var command = new Command("diff", "Compare two results: parameters, figures, and one picture with what is between them.") { first,
            second, view, output, force };
        var json = new JsonOption(command);
        command.SetAction(parsed =>
        {
            string pathA = parsed.GetRequiredValue(first), pathB = parsed.GetRequiredValue(second);
            (string nameA, string nameB) = Names(pathA, pathB);
            string picture = parsed.GetValue(output)
                ?? Path.Combine(Path.GetDirectoryName(pathB) ?? "", $"{Stem(pathA)}-{Stem(pathB)}-diff.png");
            FigureImage.RequireFormat(picture);
            foreach (string input in (string[])[pathA, pathB])
                OutputFile.RequireApart(picture, input);
            Result a = ResultFile.Read(pathA), b = ResultFile.Read(pathB);
            var difference = new ResultDifference(a, b);
            FigureSpec? figure = Together(a, nameA, b, nameB, parsed.GetValue(view));
            if (figure is not null)
            {
                OutputFile.Check(parsed.GetValue(force), picture);
                FigureImage.Save(figure, picture);
            }
            if (json.Write(parsed, () => Json(difference, pathA, pathB, figure is null ? null : picture)))
                return ExitCode.Success;
            TextWriter text = parsed.InvocationConfiguration.Output;
            Write(text, difference, nameA, nameB);
            text.WriteLine(figure is null ? "no picture: the two have no view in common" : $"picture: {picture}");
            return ExitCode.Success;
        });
        return command;
    }

    private static FigureSpec? Together(Result a, string nameA, Result b, string nameB, string? view)
    {
        string? name = view ?? Overlay.Common([a, b]);
        return name is null ? null : DifferencePicture.Of(ResultPlot.Figure(a, name), nameA, ResultPlot.Figure(b, name), nameB);
    }

    private static void Write(TextWriter text, ResultDifference difference, string nameA, string nameB)
    {
        if (difference.IsSame)
            text.WriteLine("parameters, figures, pulses and series are the same to the last bit");
        foreach (string note in difference.Notes)
            text.WriteLine($"note: {note}");
        if (difference.Parameters.Count > 0)
            WriteTable(text, ["parameter", nameA, nameB], difference.Parameters.Select(p =>
                new[] { p.Path, Shown(p.A, p.Unit), Shown(p.B, p.Unit) }));
        FigureDifference[] figures = [.. difference.Figures.Where(f => f.Difference != 0)];
        if (figures.Length > 0)
            WriteTable(text, ["figure", nameA, nameB, "difference"], figures.Select(f =>
                new[] { f.Label, WithError(f.A), WithError(f.B), Change(f) }));
        ColumnDifference[] columns = [.. difference.Columns.Where(c => c.Largest > 0)];
        if (columns.Length > 0)
            WriteTable(text, ["column", "largest difference", "of the largest value"], columns.Select(c =>
                new[] { $"{c.Table}/{c.Name}", ResultSummary.Text(c.Largest, c.Unit), Percent(c.Relative) }));
    }

    private static string Shown(object? value, string unit) => value switch
    {
        null => "none",
        double number => ResultSummary.Text(number, unit),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string WithError(Solver.Observe.Figure? figure) => figure is null ? "none"
        : ResultSummary.Text(figure.Value, figure.Unit)
            + (double.IsNaN(figure.NumericalError) ? "" : $" \u00b1 {ResultSummary.Text(figure.NumericalError, figure.Unit)}");

    private static string Change(FigureDifference f) => double.IsNaN(f.Difference) ? ""
        : ResultSummary.Text(f.Difference, f.Unit) + (double.IsNaN(f.Relative) ? "" : $" ({Percent(f.Relative)})");

    private static string Percent(double part) => (100 * part).ToString("g3", CultureInfo.InvariantCulture) + " %";

    private static void WriteTable(TextWriter text, string[] heads, IEnumerable<string[]> rows)
    {
        string[][] all = [heads, .. rows.Select(r => r.Select(PlainText.Line).ToArray())];
        int[] widths = [.. heads.Select((_, i) => all.Max(r => r[i].Length))];
        text.WriteLine();
        foreach (string[] row in all)
            text.WriteLine(string.Join("  ", row.Select((c, i) => c.PadRight(widths[i]))).TrimEnd());
    }

    private static object Json(ResultDifference difference, string a, string b, string? picture) => new
    {
        A = a,
        B = b,
        Same = difference.IsSame,
        difference.Notes,
        difference.Parameters,
        Figures = difference.Figures.Select(f => new
        {
            f.Name,
            f.Label,
            f.Unit,
            A = f.A?.Value,
            B = f.B?.Value,
            f.Difference,
            f.Relative,
            ErrorA = f.A?.NumericalError,
            ErrorB = f.B?.NumericalError,
        }),
        Columns = difference.Columns.Select(c => new { c.Table, c.Name, c.Unit, LargestDifference = c.Largest, c.Relative }),
        Picture = picture,
    };

    // Results of one name in two folders are told apart by the folders.
    private static (string A, string B) Names(string a, string b) => Stem(a) == Stem(b) ? (a, b) : (Stem(a), Stem(b));

    private static string Stem(string path) => Path.GetFileNameWithoutExtension(path);
}
