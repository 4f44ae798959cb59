using FvSolver.Cases.Input;
using FvSolver.Cases.Studies;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Figures;

/// <summary>A case of the library that is a study, run as <c>fv run</c> runs it; its figures are judged here.</summary>
public abstract class StudyCase : ValidationCase
{
    public override CaseGroup Group => CaseGroup.Figures;

    /// <summary>Name of the case in the library.</summary>
    protected abstract string Library { get; }

    /// <summary>Settings on top of the case, as <c>path=value</c>.</summary>
    protected virtual IReadOnlyList<string> Settings => [];

    /// <summary>Setting that makes the case fail.</summary>
    protected abstract string Mistake { get; }

    /// <summary>Runs the study in a folder that goes away.</summary>
    protected StudyAnswer Answer(RunContext context)
    {
        CaseDefinition definition = CaseReader.Read(Library, context.Perturbed ? [.. Settings, Mistake] : [.. Settings]);
        string folder = Path.Combine(Path.GetTempPath(), "fv-" + Path.GetRandomFileName());
        try
        {
            return StudyRun.Run(definition, StudyCatalogue.Read(definition),
                new() { Output = Path.Combine(folder, "study.h5"), Cores = 1, Cancel = context.Cancel }).Answer;
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}
