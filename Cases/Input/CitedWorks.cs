using FvSolver.Materials;

namespace FvSolver.Cases.Input;

/// <summary>A work that a case used, and for what.</summary>
/// <param name="Work">The work.</param>
/// <param name="Parameters">Paths of the parameters whose values or laws come from it.</param>
public sealed record CitedWork(Work Work, IReadOnlyList<string> Parameters);

/// <summary>The works behind the numbers and laws that act in a case.</summary>
public static class CitedWorks
{
    /// <summary>Works in the order in which parameters first cite them.</summary>
    /// <remarks>Values that nothing in the case uses are not counted, nor are works on laws that it has not chosen.</remarks>
    public static IReadOnlyList<CitedWork> Of(CaseDefinition definition)
    {
        var works = new OrderedDictionary<string, (Work Work, List<string> Paths)>();
        foreach (ParameterValue value in definition.Parameters)
        {
            Parameter? parameter = ParameterCatalogue.Device.Find(value.Path);
            if (parameter is null || !UnusedParameters.Acts(value.Path, definition))
                continue;
            // A number that the user set has no source; a law that the user chose has that of the law.
            string reference = value.Value is Enum choice ? OfChoice($"{value.Reference}; {parameter.Reference}", choice) : value.Reference;
            foreach (Work work in Bibliography.CitedIn(reference))
            {
                if (!works.TryGetValue(work.Key, out (Work Work, List<string> Paths) entry))
                    works[work.Key] = entry = (work, []);
                if (!entry.Paths.Contains(value.Path))
                    entry.Paths.Add(value.Path);
            }
        }
        return [.. works.Values.Select(w => new CitedWork(w.Work, w.Paths))];
    }

    // "onen2022 eq. 1; washboard: ambegaokar1969": a part that begins with another choice is about that one.
    private static string OfChoice(string reference, Enum choice)
    {
        IReadOnlyList<string> others = [.. ParameterNames.Choices(choice.GetType()).Where(name => name != ParameterNames.Choice(choice))];
        return string.Join("; ", reference.Split(';', StringSplitOptions.TrimEntries)
            .Where(part => !others.Any(other => part.StartsWith(other + ":", StringComparison.Ordinal))));
    }
}
