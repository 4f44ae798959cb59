using System.Globalization;

namespace FvSolver.Cases.Compact.Model;

/// <summary>
/// A formula of the compact model: written once, evaluated and differentiated here, and printed for circuit simulators.
/// </summary>
public abstract record Formula
{
    /// <summary>A number.</summary>
    public sealed record Number(double Value) : Formula;

    /// <summary>A parameter, a state or the result of an earlier formula.</summary>
    public sealed record Symbol(string Name) : Formula;

    /// <summary>Two formulas joined by one of + - * /.</summary>
    public sealed record Binary(char Operator, Formula Left, Formula Right) : Formula;

    /// <summary>exp, ln, sinh, cosh or abs of a formula.</summary>
    public sealed record Call(string Function, Formula Argument) : Formula;

    /// <summary><paramref name="Then"/> where <paramref name="Left"/> >= <paramref name="Right"/>, otherwise <paramref name="Else"/>.</summary>
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
        Choose c => c.Then.Derivative(of) is var t && c.Else.Derivative(of) is var e && t.Is(0) && e.Is(0) ? 0 : new Choose(c.Left, c.Right, t, e),
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

    /// <summary>The formula as the simulators read it.</summary>
    /// <param name="name">How a symbol is written.</param>
    public string Print(Func<string, string> name) => this switch
    {
        Number n => n.Value < 0 ? $"({Text(n.Value)})" : Text(n.Value),
        Symbol s => name(s.Name),
        Binary b => $"({b.Left.Print(name)}{b.Operator}{b.Right.Print(name)})",
        Call c => $"{c.Function}({c.Argument.Print(name)})",
        Choose c => $"(({c.Left.Print(name)})>=({c.Right.Print(name)}) ? {c.Then.Print(name)} : {c.Else.Print(name)})",
        _ => throw new NotSupportedException(),
    };

    private static string Text(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
        return text.AsSpan().IndexOfAny(".e") >= 0 ? text : text + ".0";
    }

    private bool Is(double value) => this is Number n && n.Value == value;
}
