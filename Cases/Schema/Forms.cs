using FvSolver.Materials;

namespace FvSolver.Cases.Schema;

/// <summary>What a key of an input file takes: the common description behind schemas, scaffolds and documentation.</summary>
public abstract record ValueForm;

/// <summary>Any text.</summary>
public sealed record TextForm : ValueForm;

/// <summary>One of several words.</summary>
/// <param name="Choices">The words.</param>
public sealed record ChoiceForm(IReadOnlyList<string> Choices) : ValueForm;

/// <summary>True or false.</summary>
public sealed record FlagForm : ValueForm;

/// <summary>An integer.</summary>
/// <param name="Bounds">Allowed range.</param>
public sealed record IntegerForm(Bounds Bounds) : ValueForm;

/// <summary>A number in SI, or text with a unit of its own.</summary>
/// <param name="Unit">SI unit; 1 when dimensionless; null where any unit is taken.</param>
/// <param name="Bounds">Allowed range [Unit].</param>
public sealed record NumberForm(string? Unit, Bounds Bounds) : ValueForm;

/// <summary>A list.</summary>
/// <param name="Item">What its items are.</param>
/// <param name="OrOne">True when one item may stand without brackets.</param>
/// <param name="Least">Least number of items.</param>
public sealed record ListForm(ValueForm Item, bool OrOne = false, int Least = 1) : ValueForm;

/// <summary>Either of two forms.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
public sealed record EitherForm(ValueForm First, ValueForm Second) : ValueForm;

/// <summary>A form that other forms hold, among them itself; see <see cref="FileForm.Definitions"/>.</summary>
/// <param name="Name">Its name.</param>
public sealed record NamedForm(string Name) : ValueForm;

/// <summary>A table with known keys; others are refused.</summary>
/// <param name="Keys">The keys, in the order in which they are documented.</param>
public sealed record TableForm(params IReadOnlyList<KeyForm> Keys) : ValueForm
{
    /// <summary>Keys of which exactly one has to be there; empty for none.</summary>
    public IReadOnlyList<string> ExactlyOne { get; init; } = [];

    /// <summary>Keys of which at least one has to be there; empty for none.</summary>
    public IReadOnlyList<string> AtLeastOne { get; init; } = [];
}

/// <summary>A table that is one of several kinds.</summary>
/// <param name="Key">Key whose word names the kind; empty when the keys themselves do.</param>
/// <param name="Kinds">The kinds; their names are the words, their tables hold every other key.</param>
public sealed record VariantForm(string Key, IReadOnlyList<(string Name, string Meaning, TableForm Table)> Kinds) : ValueForm;

/// <summary>A table whose keys are names that the user chooses.</summary>
/// <param name="Item">What each holds.</param>
public sealed record MapForm(ValueForm Item) : ValueForm;

/// <summary>A key of a table.</summary>
/// <param name="Name">The key.</param>
/// <param name="Value">What it takes.</param>
/// <param name="Meaning">What it means, in one line.</param>
public sealed record KeyForm(string Name, ValueForm Value, string Meaning)
{
    /// <summary>True when the table is not valid without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Value as TOML: the default of an optional key, an example for a required one.</summary>
    public string Sample { get; init; } = "";
}

/// <summary>A kind of input file.</summary>
/// <param name="Name">Short name: case, sweep, targets, preset.</param>
/// <param name="Title">What such a file is.</param>
/// <param name="Root">Its table.</param>
public sealed record FileForm(string Name, string Title, TableForm Root)
{
    /// <summary>Forms that are referred to by name.</summary>
    public IReadOnlyDictionary<string, ValueForm> Definitions { get; init; } = new Dictionary<string, ValueForm>();
}
