using FvSolver.Cases.Input;
using FvSolver.Cases.Studies;
using FvSolver.Tests.House;

namespace FvSolver.Tests.Studies;

/// <summary>Runs the study of a case of the library in a short form.</summary>
internal static class StudyCase
{
    public static StudyAnswer Run(string name, params string[] settings)
    {
        using var folder = new TemporaryDirectory();
        CaseDefinition definition = CaseReader.Read(name, settings);
        return StudyRun.Run(definition, StudyCatalogue.Read(definition), new() { Output = folder["r.h5"], Cores = 2 }).Answer;
    }

    /// <summary>A study from its text.</summary>
    public static StudyAnswer RunText(string text, params string[] settings)
    {
        using var folder = new TemporaryDirectory();
        CaseDefinition definition = CaseReader.Parse(text, "short.toml", null, settings);
        return StudyRun.Run(definition, StudyCatalogue.Read(definition), new() { Output = folder["r.h5"], Cores = 2 }).Answer;
    }
}
