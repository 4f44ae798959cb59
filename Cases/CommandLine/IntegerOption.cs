using System.CommandLine;

namespace FvSolver.Cases.CommandLine;

/// <summary>Options that are whole numbers within a range.</summary>
public static class IntegerOption
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Name, with its dashes.</param>
    /// <param name="description">Meaning, for the help.</param>
    /// <param name="least">Least value allowed.</param>
    /// <param name="most">Largest value allowed.</param>
    /// <param name="usual">Value when the option is not given.</param>
    public static Option<int> Create(string name, string description, int least, int most, int usual)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out int value) && (value < least || value > most))
                result.AddError($"{name} = {value}: must be from {least} to {most}");
        });
        return option;
    }
}
