using FvSolver.Cases.Input;

namespace FvSolver.Cases.Fits;

/// <summary>Values that options give by name: <c>beta=1.2</c>, <c>a=4e-10:7e-10</c>.</summary>
internal static class NamedValues
{
    /// <summary>One number a name.</summary>
    public static Dictionary<string, double> Numbers(string option, IEnumerable<string> texts, Func<string, string> unit) =>
        texts.Select(text => Split(option, text)).ToDictionary(p => p.Name, p => Number(option, p.Name, p.Value, unit(p.Name)));

    /// <summary>Two numbers a name, with a colon between.</summary>
    public static Dictionary<string, (double First, double Second)> Pairs(string option, IEnumerable<string> texts,
        Func<string, string> unit)
    {
        var pairs = new Dictionary<string, (double, double)>();
        foreach ((string name, string value) in texts.Select(text => Split(option, text)))
        {
            string[] parts = value.Split(':');
            if (parts.Length != 2)
                throw new InputException("", 0, option, $"{name}={value}", "must be name=number:number");
            pairs[name] = (Number(option, name, parts[0], unit(name)), Number(option, name, parts[1], unit(name)));
        }
        return pairs;
    }

    private static (string Name, string Value) Split(string option, string text) => text.IndexOf('=') is > 0 and int at
        ? (text[..at].Trim(), text[(at + 1)..].Trim())
        : throw new InputException("", 0, option, text, "must be name=value");

    private static double Number(string option, string name, string text, string unit)
    {
        if (double.TryParse(text, out double plain))
            return plain;
        return QuantityText.Parse(text, unit, out double value) is { } problem
            ? throw new InputException("", 0, option, $"{name}={text}", problem)
            : value;
    }
}
