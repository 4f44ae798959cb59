using FvSolver.Cases.Compact.Model;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>How a simulator of the SPICE family wants a behavioural subcircuit written.</summary>
public sealed record SpiceDialect
{
    /// <summary>Name of the simulator.</summary>
    public required string Simulator { get; init; }

    /// <summary>What comes between the name of the model and <c>.cir</c>.</summary>
    public required string Ending { get; init; }

    /// <summary>What was run, said in the file's header.</summary>
    public required string Tried { get; init; }

    /// <summary>Temperature of the simulation [deg C], as an expression.</summary>
    public required string Temperature { get; init; }

    /// <summary>Options with which long trains of pulses end, fast and to a tenth of a percent of a step; a line, or empty.</summary>
    public required string Options { get; init; }

    /// <summary>Natural logarithm.</summary>
    public string Logarithm { get; init; } = "ln";

    /// <summary>True when values that depend on voltages are those of sources E and G, in quotes; false for B.</summary>
    public bool HasQuotedSources { get; init; }

    /// <summary>True when the expressions of sources stand in braces and name parameters without.</summary>
    public bool HasBracedSources { get; init; }

    /// <summary>True when a choice is if(condition, then, otherwise).</summary>
    public bool HasIf { get; init; }

    /// <summary>ngspice; the file without an ending.</summary>
    public static SpiceDialect Ngspice { get; } = new()
    {
        Simulator = "ngspice 39 and later",
        Ending = "",
        Tried = "every test of the project runs it in ngspice 39",
        Temperature = "temper",
        Options = ".options reltol=1e-4 minbreak=1e-16",
    };

    /// <summary>LTspice.</summary>
    public static SpiceDialect LTspice { get; } = new()
    {
        Simulator = "LTspice",
        Ending = ".ltspice",
        Tried = "run in ngspice's LTspice mode only, never in LTspice itself",
        Temperature = "temp",
        Options = ".options reltol=1e-4",
        HasIf = true,
    };

    /// <summary>HSPICE.</summary>
    public static SpiceDialect Hspice { get; } = new()
    {
        Simulator = "HSPICE",
        Ending = ".hspice",
        Tried = "run in ngspice's HSPICE mode only, never in HSPICE itself",
        Temperature = "temper",
        Options = ".option reltol=1e-4",
        Logarithm = "log",
        HasQuotedSources = true,
    };

    /// <summary>Xyce.</summary>
    public static SpiceDialect Xyce { get; } = new()
    {
        Simulator = "Xyce",
        Ending = ".xyce",
        Tried = "never run: no simulator that reads it was at hand",
        Temperature = "temper",
        Options = ".options timeint reltol=1e-4",
        HasBracedSources = true,
        HasIf = true,
    };

    /// <summary>All.</summary>
    public static IReadOnlyList<SpiceDialect> All { get; } = [Ngspice, LTspice, Hspice, Xyce];

    /// <summary>The language of its expressions.</summary>
    /// <param name="name">How a symbol is written.</param>
    internal FormulaLanguage Language(Func<string, string> name) => new(name, Logarithm,
        HasIf ? (condition, then, otherwise) => $"if({condition}, {then}, {otherwise})" : FormulaLanguage.Ternary);

    /// <summary>A parameter in the expression of a source.</summary>
    internal string Parameter(string name) => HasQuotedSources || HasBracedSources ? name : $"{{{name}}}";

    /// <summary>An expression of parameters.</summary>
    internal string Value(string expression) => HasQuotedSources ? $"'{expression}'" : $"{{{expression}}}";

    /// <summary>A source of voltage.</summary>
    internal string Voltage(string name, string plus, string minus, string expression) =>
        Source(name, plus, minus, expression, "E", "vol", "V");

    /// <summary>A source of current, which flows from plus to minus through it.</summary>
    internal string Current(string name, string plus, string minus, string expression) =>
        Source(name, plus, minus, expression, "G", "cur", "I");

    private string Source(string name, string plus, string minus, string expression, string element, string keyword, string quantity) =>
        HasQuotedSources ? $"{element}{name} {plus} {minus} {keyword}='{expression}'\n"
        : HasBracedSources ? $"B{name} {plus} {minus} {quantity}={{{expression}}}\n"
        : $"B{name} {plus} {minus} {quantity}={expression}\n";
}
