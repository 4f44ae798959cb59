using System.CommandLine;
using System.Reflection;
using FvSolver.Cases.Input;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv cite CASE</c>: BibTeX of the program and of the works that a case used.</summary>
public static class CiteCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("cite", "Print BibTeX of the program and of the works whose numbers and laws a case used.");
        var arguments = new CaseArguments(command);
        var json = new JsonOption(command);
        command.SetAction(parsed =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            IReadOnlyList<CitedWork> works = CitedWorks.Of(definition);
            if (json.Write(parsed, () => new
            {
                Case = definition.SourceName,
                Program = Program(),
                Works = works.Select(w => new { w.Work.Key, w.Work.Citation, w.Work.Doi, Bibtex = w.Work.BibTeX, w.Parameters }),
            }))
                return ExitCode.Success;
            TextWriter output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"% {definition.SourceName}: the program, and the works behind the values and laws in use");
            output.WriteLine(Program());
            foreach (CitedWork work in works)
            {
                output.WriteLine();
                output.WriteLine($"% {string.Join(", ", work.Parameters)}");
                output.WriteLine(work.Work.BibTeX);
            }
            return ExitCode.Success;
        });
        return command;
    }

    private static string Program() => $$$"""
        @software{fvsolver,
          author  = {{The FvSolver authors}},
          title   = {FvSolver: a finite-volume solver for nanosecond protonic programmable resistors},
          version = {{{{Version}}}},
          license = {MIT}
        }
        """;

    private static string Version =>
        typeof(CiteCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
