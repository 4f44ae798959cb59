using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Studies;

/// <summary>Runs the study of a case and writes its result.</summary>
public static class StudyRun
{
    /// <summary>Runs a study to its end.</summary>
    /// <param name="definition">The case.</param>
    /// <param name="study">Its study.</param>
    /// <param name="context">What it runs in.</param>
    /// <returns>The answer, and the result that was written.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; finished points are kept for <c>--resume</c>.</exception>
    /// <exception cref="OutputException">The output cannot be written.</exception>
    public static (StudyAnswer Answer, Result Result) Run(CaseDefinition definition, IStudy study, StudyContext context)
    {
        using OutputLock held = OutputLock.Take(context.Output);
        context.Lock = held;
        StudyAnswer answer = study.Run(context);
        Result result = Collect(definition, context.CommandLine, answer);
        held.Renew();
        ResultFile.Write(context.Output, result);
        context.Forget();
        return (answer, result);
    }

    private static Result Collect(CaseDefinition definition, string commandLine, StudyAnswer answer)
    {
        RunRecord record = answer.Run?.Record
            ?? new() { Series = new([]), Pulses = answer.Points, Profiles = new() };
        foreach (FigureRow row in answer.Rows)
            record.Figures[row.Name] = row.Figure;
        record.Warnings.AddRange(answer.Run is null ? [.. definition.Notes, .. answer.Warnings] : answer.Warnings);
        return answer.Run is { } run
            ? run with { Plots = answer.Plots }
            : new Result
            {
                Header = CaseRun.Header(definition, commandLine),
                Record = record,
                Parameters = [.. definition.Parameters.Select(CaseRun.Store)],
                Plots = answer.Plots,
            };
    }
}
