using System.Globalization;

namespace FvSolver.Cases.Input;

/// <summary>Reads units such as <c>m^2/(V s)</c>: products by a space, <c>*</c> or a dot, quotients by <c>/</c>, powers by <c>^</c>.</summary>
/// <remarks>A <c>/</c> divides by the factor that follows it; several are grouped by parentheses.</remarks>
internal sealed class UnitExpression
{
    private const int DeepestGroup = 8;
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
        if (_text[_at] is '\u00b2' or '\u00b3')
            return _text[_at++] == '\u00b2' ? 2 : 3;
        if (_text[_at] != '^')
            return 1;
        int start = ++_at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.' || (_at == start && _text[_at] is '-' or '+')))
            _at++;
        return double.TryParse(_text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double power)
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
