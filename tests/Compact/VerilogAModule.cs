using System.Globalization;

namespace FvSolver.Tests.Compact;

/// <summary>
/// A Verilog-A module read by the rules of the language's manual (LRM 2.4) and evaluated: one module, real parameters with attributes, real
/// variables, one analog block of assignments, contributions, conditions and messages. Whatever else
/// is written is an error that names the line.
/// </summary>
internal sealed class VerilogAModule
{
    private static readonly Dictionary<string, Func<double, double>> Functions = new()
    {
        ["abs"] = Math.Abs,
        ["sinh"] = Math.Sinh,
        ["cosh"] = Math.Cosh,
        ["exp"] = Math.Exp,
        ["ln"] = Math.Log
    };

    private readonly HashSet<string> _ports = [], _nodes = [], _reals = [], _assigned = [];
    private readonly List<Action<Scope>> _statements = [];

    /// <summary>Variables keep their values from one evaluation to the next.</summary>
    private readonly Dictionary<string, double> _kept = [];
    private readonly Dictionary<string, char> _branches = [];
    private readonly VerilogATokens _tokens;
    private bool _operatorAllowed, _isConditional;

    private VerilogAModule(string text)
    {
        _tokens = new(text);
        Module();
    }

    /// <summary>Values of the parameters.</summary>
    public Dictionary<string, double> Parameters { get; } = [];

    /// <summary>Reads a module.</summary>
    public static VerilogAModule Parse(string text) => new(text);

    /// <summary>
    /// Values of the contributions by branch, as "I(f,x)": without the terms in ddt, and the arguments of ddt.
    /// </summary>
    /// <param name="potential">Potential between the nodes of a branch, as "f,x" [V].</param>
    /// <param name="parameters">Parameters that are not at their default.</param>
    public Dictionary<string, (double Static, double Charge)> Evaluate(Func<string, double> potential,
        IReadOnlyDictionary<string, double> parameters)
    {
        var scope = new Scope(potential, new(Parameters));
        scope.Values["$temperature"] = 300;
        foreach ((string name, double value) in _kept)
            scope.Values[name] = value;
        foreach ((string name, double value) in parameters)
            scope.Values[name] = value;
        foreach (Action<Scope> statement in _statements)
            statement(scope);
        Messages = scope.Messages;
        foreach (string name in _reals.Where(scope.Values.ContainsKey))
            _kept[name] = scope.Values[name];
        return scope.Contributions;
    }

    /// <summary>Formats of the messages that the last evaluation wrote.</summary>
    public IReadOnlyList<string> Messages { get; private set; } = [];

    private sealed record Scope(Func<string, double> Potential, Dictionary<string, double> Values)
    {
        public Dictionary<string, (double Static, double Charge)> Contributions { get; } = [];

        public List<string> Messages { get; } = [];
    }

    private string Declare(HashSet<string> kind)
    {
        string name = _tokens.Take();
        if (kind != _ports && (kind.Contains(name) || (_nodes.Contains(name) || _reals.Contains(name) || Parameters.ContainsKey(name))))
            throw new FormatException($"line {_tokens.Line}: {name} is declared twice");
        kind.Add(name);
        return name;
    }

    private void Module()
    {
        _tokens.Expect("`include \"disciplines.vams\"", "module");
        _tokens.Take();
        _tokens.Expect("(");
        _tokens.List(() => Declare(_ports), ")");
        _tokens.Expect(";", "inout");
        var directions = new HashSet<string>();
        _tokens.List(() => directions.Add(_tokens.Take()), ";");
        _tokens.Expect("electrical");
        _tokens.List(() => Declare(_nodes), ";");
        if (!directions.SetEquals(_ports) || !_ports.IsSubsetOf(_nodes))
            throw _tokens.Wrong("ports without direction or discipline");
        while (_tokens.Peek is "(*" or "parameter")
        {
            Attributes();
            _tokens.Expect("parameter", "real");
            string name = Declare([]);
            _tokens.Expect("=");
            double sign = _tokens.Accept("-") ? -1 : 1;
            Parameters.Add(name, sign * double.Parse(_tokens.Take(number: true), CultureInfo.InvariantCulture));
            if (_tokens.Accept("from"))
            {
                if (!_tokens.Accept("["))
                    _tokens.Expect("(");
                _tokens.Expect("0", ":", "inf", ")");
            }
            _tokens.Expect(";");
        }
        _tokens.Expect("real");
        _tokens.List(() => Declare(_reals), ";");
        _tokens.Expect("analog", "begin");
        while (!_tokens.Accept("end"))
            _statements.Add(Statement());
        _tokens.Expect("endmodule");
        if (_tokens.Peek != "")
            throw _tokens.Wrong("end of the file expected");
        if (_assigned.Count != _reals.Count)
            throw new FormatException($"not assigned: {string.Join(", ", _reals.Except(_assigned))}");
    }

    private void Attributes()
    {
        if (!_tokens.Accept("(*"))
            return;
        _tokens.List(() =>
        {
            _tokens.Take();
            _tokens.Expect("=");
            Text();
        }, "*)");
    }

    private string Text() => _tokens.Peek.StartsWith('"') ? _tokens.Next()[1..^1] : throw _tokens.Wrong("text expected");

    private Action<Scope> Statement()
    {
        if (_tokens.Accept("begin"))
        {
            var inner = new List<Action<Scope>>();
            while (!_tokens.Accept("end"))
                inner.Add(Statement());
            return s => inner.ForEach(statement => statement(s));
        }
        if (_tokens.Accept("if"))
        {
            _tokens.Expect("(");
            Func<Scope, double> condition = Conditional();
            _tokens.Expect(")");
            _isConditional = true;
            Action<Scope> then = Statement();
            _isConditional = false;
            return s =>
            {
                if (condition(s) != 0)
                    then(s);
            };
        }
        if (_tokens.Accept("$strobe"))
        {
            _tokens.Expect("(");
            string format = Text();
            while (_tokens.Accept(","))
                Conditional();
            _tokens.Expect(")", ";");
            return s => s.Messages.Add(format);
        }
        if (_tokens.Peek is "V" or "I")
        {
            // The structure of the circuit may not depend on a solution.
            if (_isConditional)
                throw _tokens.Wrong("contribution under a condition");
            char access = _tokens.Next()[0];
            string branch = Branch();
            // A branch is driven by one kind of source, else it is a switch.
            if (_branches.TryGetValue(branch, out char other) && other != access)
                throw _tokens.Wrong($"branch {branch} has both potential and flow");
            _branches[branch] = access;
            _tokens.Expect("<+");
            _operatorAllowed = true;
            Func<Scope, double> value = Conditional();
            _operatorAllowed = false;
            _tokens.Expect(";");
            return s =>
            {
                s.Values["ddt"] = 0;
                s.Contributions.Add($"{access}({branch})", (value(s), s.Values["ddt"]));
            };
        }
        else
        {
            string name = _tokens.Take();
            if (!_reals.Contains(name))
                throw _tokens.Wrong($"{name} is no variable");
            _tokens.Expect("=");
            Func<Scope, double> value = Conditional();
            _assigned.Add(name);
            _tokens.Expect(";");
            return s => s.Values[name] = value(s);
        }
    }

    private string Branch()
    {
        _tokens.Expect("(");
        var nodes = new List<string>();
        _tokens.List(() => nodes.Add(_tokens.Take()), ")");
        return nodes.Count <= 2 && nodes.All(_nodes.Contains) ? string.Join(',', nodes)
            : throw _tokens.Wrong($"({string.Join(',', nodes)}) is no branch");
    }

    private Func<Scope, double> Conditional()
    {
        Func<Scope, double> left = Comparison();
        while (_tokens.Peek is "||" or "&&")
        {
            string both = _tokens.Next();
            Func<Scope, double> a = left, b = Comparison();
            left = both == "&&" ? s => a(s) != 0 && b(s) != 0 ? 1 : 0 : s => a(s) != 0 || b(s) != 0 ? 1 : 0;
        }
        if (!_tokens.Accept("?"))
            return left;
        bool allowed = _operatorAllowed;
        _operatorAllowed = false; // no ddt where it is not always evaluated
        Func<Scope, double> then = Conditional();
        _tokens.Expect(":");
        Func<Scope, double> otherwise = Conditional();
        _operatorAllowed = allowed;
        return s => left(s) != 0 ? then(s) : otherwise(s);
    }

    private Func<Scope, double> Comparison()
    {
        Func<Scope, double> a = Sum();
        if (_tokens.Peek is not (">=" or "<" or ">"))
            return a;
        string sign = _tokens.Next();
        Func<Scope, double> b = Sum();
        return s => (sign switch { ">=" => a(s) >= b(s), "<" => a(s) < b(s), _ => a(s) > b(s) }) ? 1 : 0;
    }

    private Func<Scope, double> Sum(bool products = false)
    {
        Func<Scope, double> Operand() => products ? Primary() : Sum(products: true);
        Func<Scope, double> value = Operand();
        while (products ? _tokens.Peek is "*" or "/" : _tokens.Peek is "+" or "-")
        {
            Func<Scope, double> a = value;
            string sign = _tokens.Next();
            Func<Scope, double> b = Operand();
            value = s => sign switch { "+" => a(s) + b(s), "-" => a(s) - b(s), "*" => a(s) * b(s), _ => a(s) / b(s) };
        }
        return value;
    }

    private Func<Scope, double> Primary()
    {
        if (_tokens.Accept("-"))
        {
            Func<Scope, double> negated = Primary();
            return s => -negated(s);
        }
        if (_tokens.Accept("V"))
        {
            string branch = Branch();
            return s => s.Potential(branch);
        }
        if (_tokens.Accept("analysis"))
        {
            _tokens.Expect("(", "\"static\"", ")");
            return s => s.Values.GetValueOrDefault("static");
        }
        if (_tokens.Accept("$temperature"))
            return s => s.Values["$temperature"];
        string function = _tokens.Peek;
        if (function == "ddt" && !_operatorAllowed)
            throw _tokens.Wrong("ddt outside a contribution");
        if (function is "(" or "ddt" || Functions.ContainsKey(function))
        {
            if (!_tokens.Accept("("))
                _tokens.Expect(function, "(");
            Func<Scope, double> inner = Conditional();
            _tokens.Expect(")");
            return function switch
            {
                "(" => inner,
                "ddt" => s => 0 * (s.Values["ddt"] += inner(s)),
                _ => s => Functions[function](inner(s)),
            };
        }
        if (function is "max" or "min")
        {
            _tokens.Expect(function, "(");
            Func<Scope, double> a = Conditional();
            _tokens.Expect(",");
            Func<Scope, double> b = Conditional();
            _tokens.Expect(")");
            return function == "max" ? s => Math.Max(a(s), b(s)) : s => Math.Min(a(s), b(s));
        }
        if (_tokens.Peek.Length > 0 && char.IsDigit(_tokens.Peek[0]))
        {
            double number = double.Parse(_tokens.Take(number: true), CultureInfo.InvariantCulture);
            return _ => number;
        }
        string name = _tokens.Take();
        // Variables that are only assigned under a condition keep their value and begin at 0.
        return name == "told" ? s => s.Values.GetValueOrDefault(name) : Parameters.ContainsKey(name) || _assigned.Contains(name)
            ? s => s.Values[name] : throw _tokens.Wrong($"{name} is not declared or not assigned before its use");
    }
}
