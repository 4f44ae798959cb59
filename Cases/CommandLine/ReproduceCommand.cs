using System.CommandLine;
using FvSolver.Cases.Comparison;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Provenance;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Studies;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv reproduce CRATE</c>: runs what a crate describes and compares every bit of the result.</summary>
public static class ReproduceCommand
{
    /// <summary>Makes the command. Its errors are <see cref="OutputException"/>s, which the root turns into exit code 2.</summary>
    public static Command Create()
    {
        var crates = new Argument<string[]>("CRATE")
        { Description = "Crate of a run ('fv run CASE --crate'); several are reproduced in turn.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("reproduce", "Run again what a crate describes, and compare the result bit by bit.") { crates };
        var json = new JsonOption(command);
        command.SetAction((parsed, cancel) =>
        {
            var outcomes = new List<(string Crate, bool Same, IReadOnlyList<string> Notes)>();
            foreach (string crate in parsed.GetRequiredValue(crates))
            {
                (bool same, IReadOnlyList<string> notes) = Reproduce(crate, cancel);
                outcomes.Add((crate, same, notes));
                TextWriter text = json.Words(parsed);
                text.WriteLine($"{crate}: {(same ? "the same to the last bit" : "DIFFERS")}");
                foreach (string note in notes)
                    text.WriteLine($"  {note}");
                text.Flush();
            }
            json.Write(parsed, () => new
            {
                Crates = outcomes.Select(o => new { o.Crate, o.Same, o.Notes }),
                Same = outcomes.All(o => o.Same)
            });
            return Task.FromResult(outcomes.All(o => o.Same) ? ExitCode.Success : ExitCode.NumericalFailure);
        });
        return command;
    }

    private static (bool Same, IReadOnlyList<string> Notes) Reproduce(string folder, CancellationToken cancel)
    {
        CrateContent crate = Crate.Read(folder);
        Result before = ResultFile.Read(crate.Output);
        if (ResultDigest.Of(before) != crate.Digest)
            throw new OutputException(crate.Output, "is not what its digest in the crate says: it has been changed");
        CaseDefinition definition = CaseReader.Parse(
            File.ReadAllText(crate.Case), crate.CaseName, Path.GetDirectoryName(Path.GetFullPath(crate.Case)), crate.Settings,
            crate.AcceptsImplausible);
        string here = Directory.CreateTempSubdirectory("fv-reproduce-").FullName;
        try
        {
            Result again = Run(definition, Path.Combine(here, Path.GetFileName(crate.Output)), crate.From, cancel);
            var notes = new List<string>();
            if (again.Header.CodeVersion != crate.CodeVersion)
                notes.Add($"computed by version {crate.CodeVersion}, reproduced by {again.Header.CodeVersion}");
            bool same = ResultDigest.Of(again) == crate.Digest;
            if (!same)
                notes.AddRange(Differences(before, again));
            return (same, notes);
        }
        finally
        {
            Directory.Delete(here, recursive: true);
        }
    }

    private static Result Run(CaseDefinition definition, string output, string? from, CancellationToken cancel) => definition.Study is null
        ? CaseRun.Start(definition, output, "fv reproduce", from).Run(null, cancel)
        : StudyRun.Run(definition, StudyCatalogue.Read(definition),
            new StudyContext { Output = output, CommandLine = "fv reproduce", Cancel = cancel }).Result;

    private static IEnumerable<string> Differences(Result before, Result again)
    {
        var difference = new ResultDifference(before, again);
        foreach (ParameterDifference p in difference.Parameters)
            yield return $"{p.Path}: {p.A} before, {p.B} now";
        foreach (FigureDifference f in difference.Figures.Where(f => f.Difference != 0))
            yield return $"{f.Label}: {f.A?.Value} before, {f.B?.Value} now";
        foreach (ColumnDifference c in difference.Columns.Where(c => c.Largest > 0))
            yield return $"{c.Table}/{c.Name}: up to {ResultSummary.Text(c.Largest, c.Unit)} apart";
        if (difference.IsSame)
            yield return "fields, pictures, texts or the final state differ; parameters, figures, pulses and series are the same";
    }
}
