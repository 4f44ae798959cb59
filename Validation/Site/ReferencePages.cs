using System.Text;
using FvSolver.Cases.Input;
using FvSolver.Cases.Schema;
using FvSolver.Materials;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;

namespace FvSolver.Validation.Site;

/// <summary>Pages that are written from the program itself: keys, parameters, recorded columns, validation cases.</summary>
public static class ReferencePages
{
    private const string ContentsName = "toc.yml";

    /// <summary>Name and content of every page, and of their table of contents.</summary>
    public static IEnumerable<(string Name, string Content)> All()
    {
        (string Name, string Title, string Content)[] pages =
        [
            .. FileForms.All.Select(f => (KeyPages.NameOf(f), $"Keys of a {f.Name} file", KeyPages.Write(f))),
            ("parameters.md", "Parameters", Parameters()),
            ("columns.md", "Recorded columns", Columns()),
            ("validation.md", "Validation cases", Cases()),
        ];
        foreach ((string name, _, string content) in pages)
            yield return (name, content);
        yield return (ContentsName, string.Concat(pages.Select(p => $"- name: {p.Title}\n  href: {p.Name}\n")));
    }

    /// <summary>Every parameter and setting by section.</summary>
    private static string Parameters()
    {
        var text = new StringBuilder(
            "# Parameters\n\nEach can stand in a case file, `[section]` and `key`, and on the command line, `--set section.key=value`. "
            + "Values are those of the program itself; presets replace some. *by rule* means that a value follows from others unless it "
            + "is set.\n");
        object device = CalibrationRules.Resolve(new Device()), settings = new RunSettings();
        foreach ((ParameterCatalogue catalogue, object root) in (ReadOnlySpan<(ParameterCatalogue, object)>)[(ParameterCatalogue.Device,
            device), (RunSettings.Catalogue, settings)])
            foreach (IGrouping<string, Parameter> section in catalogue.Parameters.GroupBy(p => p.Section))
            {
                text.Append($"\n## {section.Key}\n\n| key | symbol | default | takes | what | origin |\n|---|---|---|---|---|---|\n");
                foreach (Parameter p in section)
                    Row(text, $"`{p.Path}`", $"`{p.Symbol}`", Default(p, root), p.Allowed, p.Description,
                        $"{(p.ByRule ? "by rule, " : "")}{ParameterNames.Choice(p.Kind)}: {p.Reference}");
            }
        return text.ToString();
    }

    private static string Default(Parameter p, object root) => p.Read(root) switch
    {
        double number when double.IsNaN(number) => "",
        double number => QuantityText.Format(number, p.Unit),
        Enum choice => ParameterNames.Choice(choice),
        bool flag => flag ? "true" : "false",
        var other => other.ToString()!,
    };

    /// <summary>What a result file holds over time and per pulse.</summary>
    private static string Columns()
    {
        var text = new StringBuilder("# Recorded columns\n");
        Table("/series, over `time`", SeriesTable.Columns.Select(c => (c.Name, c.Unit, c.LongName)));
        Table("/pulses, over `pulse`", PulseTable.Columns.Select(c => (c.Name, c.Unit, c.LongName)));
        return text.ToString();

        void Table(string title, IEnumerable<(string Name, string Unit, string LongName)> columns)
        {
            text.Append($"\n## {title}\n\n| column | unit | what |\n|---|---|---|\n");
            foreach ((string name, string unit, string meaning) in columns)
                Row(text, $"`{name}`", unit, meaning);
        }
    }

    /// <summary>Every case of <c>fv validate</c> with its source and the mistake that it catches.</summary>
    private static string Cases()
    {
        var text = new StringBuilder(
            "# Validation cases\n\n`fv validate --only ID` runs one, `--controls` runs each again with the mistake that it must catch.\n");
        foreach (var group in Suite.Cases.GroupBy(c => c.Group))
        {
            text.Append($"\n## {group.Key}\n\n| id | shows | relation | known from | mistake that it catches |\n|---|---|---|---|---|\n");
            foreach (Checks.ValidationCase c in group)
                Row(text, $"`{c.Id}`", c.Title, $"`{c.Equation.Replace("\n", "; ")}`", c.Source, c.Control.Mistake);
        }
        return text.ToString();
    }

    /// <summary>A row of a table.</summary>
    internal static void Row(StringBuilder text, params string[] cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(c => c.ReplaceLineEndings(" ").Replace("|", "\\|").Replace("<", "&lt;")))
            .Append(" |\n");
}
