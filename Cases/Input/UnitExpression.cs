using System.Globalization;
using System.Text;

namespace FvSolver.Cases.Input;

/// <summary>Reads units such as <c>m^2/(V s)</c>: products by a space, <c>*</c> or a dot, quotients by <c>/</c>, powers
/// by <c>^</c>, as in <c>cm-3</c> or raised.</summary>
/// <remarks>A <c>/</c> divides by the factor that follows it; several are grouped by parentheses.</remarks>
internal sealed class UnitExpression
{
    private const int DeepestGroup = 8;
    private const string Raised = "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", Plain = "-0123456789";
    private readonly string _text;
    private int _at;
    private int _depth;

    private UnitExpression(string text) => _text = text;

    /// <summary>The unit that a text stands for, or null when it is none.</summary>
    public static Unit? Parse(string text)
    {
        var expression = new UnitExpression(text);
        Unit? unit = expression.Product();
        return unit is { } u && expression._at == text.Length && double.IsFinite(u.Factor) && Math.Abs(u.Decade) < 400 ? unit : null;
    }

    /// <summary>The unit in SI base units of a quantity, e.g. <c>m s^-1</c>; 1 when it has none.</summary>
    public static string BaseOf(Unit unit)
    {
        Dimension d = unit.Dimension;
        foreach (string common in (string[])["V", "ohm", "S", "F", "C", "J", "W", "Pa"])
            if (Parse(common)!.Dimension.Matches(d))
                return common;
        (string Symbol, double Power)[] parts =
            [("m", d.Metre), ("kg", d.Kilogram), ("s", d.Second), ("A", d.Ampere), ("K", d.Kelvin), ("mol", d.Mole)];
        string text = string.Join(' ', parts.Where(p => p.Power != 0)
            .Select(p => p.Power == 1 ? p.Symbol : $"{p.Symbol}^{p.Power.ToString("R", CultureInfo.InvariantCulture)}"));
        return text.Length > 0 ? text : "1";
    }

    private Unit? Product()
    {
        if (Factor() is not Unit product)
            return null;
        while (true)
        {
            SkipSpaces();
            if (_at == _text.Length || _text[_at] == ')')
                return product;
            bool divide = _text[_at] == '/';
            if (divide || _text[_at] is '*' or '\u00b7')
                _at++;
            if (Factor() is not Unit factor)
                return null;
            product *= divide ? factor.Power(-1) : factor;
        }
    }

    private Unit? Factor()
    {
        SkipSpaces();
        if (_at == _text.Length)
            return null;
        Unit? unit = _text[_at] == '(' ? Group() : Unit.Find(Symbol());
        return unit is { } u && Exponent() is double power ? u.Power(power) : null;
    }

    private Unit? Group()
    {
        if (++_depth > DeepestGroup)
            return null;
        _at++;
        Unit? unit = Product();
        if (unit is null || _at == _text.Length || _text[_at] != ')')
            return null;
        _at++;
        _depth--;
        return unit;
    }

    private string Symbol()
    {
        int start = _at;
        if (_text[_at] is '1' or '%')
            _at++;
        else
            while (_at < _text.Length && char.IsLetter(_text[_at]))
                _at++;
        return _text[start.._at];
    }

    // 1 when there is no exponent, null when there is a wrong one.
    private double? Exponent()
    {
        if (_at == _text.Length)
            return 1;
        bool written = _text[_at] == '^';
        if (!written && Raised.IndexOf(_text[_at]) is var first && first < 0 && !char.IsAsciiDigit(_text[_at])
            && !(_text[_at] is '-' or '\u2212' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1])))
            return 1;
        if (written)
            _at++;
        var digits = new StringBuilder();
        for (; _at < _text.Length; _at++)
        {
            int raised = Raised.IndexOf(_text[_at]);
            char c = raised >= 0 ? Plain[raised] : _text[_at] == '\u2212' ? '-' : _text[_at];
            if (!char.IsAsciiDigit(c) && c != '.' && !(digits.Length == 0 && c is '-' or '+'))
                break;
            digits.Append(c);
        }
        return double.TryParse(digits.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double power)
            && Math.Abs(power) <= 12
            ? power
            : null;
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
    }
}
