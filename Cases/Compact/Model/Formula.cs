using System.Globalization;

namespace FvSolver.Cases.Compact.Model;

/// <summary>
/// A formula of the compact model: written once, evaluated and differentiated here, and printed for circuit simulators.
/// </summary>
public abstract record Formula
{
    /// <summary>Printed logarithms do not look below it: an iterate of a simulator may be anything.</summary>
    private const double SmallestLogarithm = 1e-30;

    /// <summary>A number.</summary>
    public sealed record Number(double Value) : Formula;

    /// <summary>A parameter, a state or the result of an earlier formula.</summary>
    public sealed record Symbol(string Name) : Formula;

    /// <summary>Two formulas joined by one of + - * /.</summary>
    public sealed record Binary(char Operator, Formula Left, Formula Right) : Formula;

    /// <summary>exp, ln, sinh, cosh or abs of a formula.</summary>
    public sealed record Call(string Function, Formula Argument) : Formula;

    /// <summary><paramref name="Then"/> where <paramref name="Left"/> >= <paramref name="Right"/>,
    /// otherwise <paramref name="Else"/>.</summary>
    public sealed record Choose(Formula Left, Formula Right, Formula Then, Formula Else) : Formula;

    public static implicit operator Formula(double value) => new Number(value);

    public static implicit operator Formula(string name) => new Symbol(name);

    public static Formula operator +(Formula a, Formula b) => a.Is(0) ? b : b.Is(0) ? a : new Binary('+', a, b);

    public static Formula operator -(Formula a, Formula b) => b.Is(0) ? a : new Binary('-', a, b);

    public static Formula operator -(Formula a) => a is Number n ? -n.Value : -1 * a;

    public static Formula operator *(Formula a, Formula b) =>
        a.Is(0) || b.Is(0) ? 0 : a.Is(1) ? b : b.Is(1) ? a : new Binary('*', a, b);

    public static Formula operator /(Formula a, Formula b) => a.Is(0) ? 0 : b.Is(1) ? a : new Binary('/', a, b);

    /// <summary>e to the power of a formula.</summary>
    public static Formula Exp(Formula a) => new Call("exp", a);

    /// <summary>Natural logarithm.</summary>
    public static Formula Ln(Formula a) => new Call("ln", a);

    /// <summary>The larger of two.</summary>
    public static Formula Max(Formula a, Formula b) => new Choose(a, b, a, b);

    /// <summary>The smaller of two.</summary>
    public static Formula Min(Formula a, Formula b) => new Choose(a, b, b, a);

    /// <summary>sinh(a)/a; a should be a symbol, since it is written out several times.</summary>
    public static Formula HyperbolicSinc(Formula a) =>
        new Choose(new Call("abs", a), CompactModel.SmallArgument, new Call("sinh", a) / a, 1 + a * a / 6);

    /// <summary>Derivative of <see cref="HyperbolicSinc"/>; a should be a symbol.</summary>
    public static Formula HyperbolicSincSlope(Formula a) =>
        new Choose(new Call("abs", a), CompactModel.SmallArgument, (new Call("cosh", a) - new Call("sinh", a) / a) / a, a / 3);

    /// <summary>Derivative to a state.</summary>
    /// <param name="of">Derivative of a symbol to that state.</param>
    public Formula Derivative(Func<string, Formula> of) => this switch
    {
        Symbol s => of(s.Name),
        Binary { Operator: '+' } b => b.Left.Derivative(of) + b.Right.Derivative(of),
        Binary { Operator: '-' } b => b.Left.Derivative(of) - b.Right.Derivative(of),
        Binary { Operator: '*' } b => b.Left.Derivative(of) * b.Right + b.Left * b.Right.Derivative(of),
        Binary b => b.Left.Derivative(of) / b.Right - b.Left * b.Right.Derivative(of) / (b.Right * b.Right),
        Choose c => c.Then.Derivative(of) is var t && c.Else.Derivative(of) is var e && t.Is(0) && e.Is(0) ? 0
            : new Choose(c.Left, c.Right, t, e),
        Call c => c.Argument.Derivative(of) * (c.Function switch
        {
            "exp" => c,
            "ln" => 1 / c.Argument,
            "sinh" => new Call("cosh", c.Argument),
            "cosh" => new Call("sinh", c.Argument),
            _ => throw new NotSupportedException($"The compact model does not differentiate {c.Function}."),
        }),
        _ => 0,
    };

    /// <summary>The formula as a simulator reads it.</summary>
    /// <param name="language">The simulator's language.</param>
    public string Print(FormulaLanguage language)
    {
        string Of(Formula f) => f.Print(language);
        return this switch
        {
            Number n => n.Value < 0 ? $"({Text(n.Value)})" : Text(n.Value),
            Symbol s => language.Name(s.Name),
            Binary b => $"({Of(b.Left)}{b.Operator}{Of(b.Right)})",
            Call { Function: "sinh" or "cosh" } c =>
                $"{c.Function}({Of(Max(-CompactModel.LargestArgument, Min(CompactModel.LargestArgument, c.Argument)))})",
            Call { Function: "ln" } c => $"{language.Logarithm}({Of(Max(SmallestLogarithm, c.Argument))})",
            Call c => $"{c.Function}({Of(c.Argument)})",
            Choose c when c.Left == c.Then && c.Right == c.Else => $"max({Of(c.Left)}, {Of(c.Right)})",
            Choose c when c.Left == c.Else && c.Right == c.Then => $"min({Of(c.Left)}, {Of(c.Right)})",
            Choose c => language.Choice($"({Of(c.Left)})>=({Of(c.Right)})", Of(c.Then), Of(c.Else)),
            _ => throw new NotSupportedException(),
        };
    }

    private static string Text(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
        return text.AsSpan().IndexOfAny(".e") >= 0 ? text : text + ".0";
    }

    private bool Is(double value) => this is Number n && n.Value == value;
}

/// <summary>How formulas are written for a simulator. Its max, min, sinh, cosh, exp and abs have these names everywhere.</summary>
/// <param name="Name">How a symbol is written.</param>
/// <param name="Logarithm">Name of the natural logarithm.</param>
/// <param name="Choice">Condition, value where it holds, value otherwise.</param>
public sealed record FormulaLanguage(Func<string, string> Name, string Logarithm, Func<string, string, string, string> Choice)
{
    /// <summary>condition ? value : other.</summary>
    public static string Ternary(string condition, string then, string otherwise) => $"({condition} ? {then} : {otherwise})";
}
