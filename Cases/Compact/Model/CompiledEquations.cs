using System.Linq.Expressions;

namespace FvSolver.Cases.Compact.Model;

/// <summary>The equations as machine code, with their derivatives.</summary>
internal static class CompiledEquations
{
    /// <summary>Places of j_g and V_G, after the rates of the states.</summary>
    public const int Flow = CompactState.Size, Voltage = Flow + 1, Outputs = Voltage + 1;

    private static readonly string[] Names = [.. CompactParameters.Properties.Select(p => CompactParameters.Quantity(p).Symbol),
        .. CompactEquations.Constants.Select(c => c.Name)];

    /// <summary>Results of a state: rates (that of D left out, 0), then j_g and V_G [A/m^2, V].</summary>
    public static Action<double[], double[], double[]> Values { get; } = Build(derivatives: false);

    /// <summary>The same with derivatives behind them: output i to state k at Outputs + 7 i + k.</summary>
    public static Action<double[], double[], double[]> ValuesAndDerivatives { get; } = Build(derivatives: true);

    /// <summary>Parameters and temperature-dependent constants in the order that the compiled code reads.</summary>
    public static double[] Arguments(CompactParameters parameters, double temperature)
    {
        var known = CompactParameters.Properties.ToDictionary(p => CompactParameters.Quantity(p).Symbol,
            p => (double)p.GetValue(parameters)!);
        known["TDEV"] = temperature;
        foreach ((string name, Formula value) in CompactEquations.Constants)
            known[name] = Expression.Lambda<Func<double>>(Translate(value, n => Expression.Constant(known[n]), null))
                .Compile(preferInterpretation: true)();
        return [.. Names.Select(n => known[n])];
    }

    private static Action<double[], double[], double[]> Build(bool derivatives)
    {
        ParameterExpression arguments = Expression.Parameter(typeof(double[])), state = Expression.Parameter(typeof(double[])),
            output = Expression.Parameter(typeof(double[]));
        var locals = new Dictionary<string, ParameterExpression>();
        var body = new List<Expression>();
        void Let(string name, Expression value) =>
            body.Add(Expression.Assign(locals[name] = Expression.Variable(typeof(double), name), value));
        // Symbols are assigned once, so each call is computed once, however often values and derivatives have it.
        var calls = new Dictionary<Formula, Expression>();
        Expression Of(Formula formula) => Translate(formula, n => locals[n], call =>
        {
            if (!calls.ContainsKey(call))
            {
                Expression value = Compute(call, Of(call.Argument)); // which may name calls of its own
                string name = $"call {calls.Count}";
                Let(name, value);
                calls[call] = locals[name];
            }
            return calls[call];
        });
        for (int i = 0; i < CompactEquations.States.Count; i++)
            Let(CompactEquations.States[i], Expression.ArrayIndex(state, Expression.Constant(i)));
        for (int i = 0; i < Names.Length; i++)
            Let(Names[i], Expression.ArrayIndex(arguments, Expression.Constant(i)));
        Formula Slope(string symbol, string to) =>
            symbol == to ? 1 : locals.ContainsKey($"d{symbol}/d{to}") ? (Formula)$"d{symbol}/d{to}" : 0;
        foreach ((string name, Formula value) in CompactEquations.Results)
        {
            Let(name, Of(value));
            if (!derivatives)
                continue;
            foreach (string to in CompactEquations.States)
                if (value.Derivative(s => Slope(s, to)) is not Formula.Number { Value: 0 } and var slope)
                    Let($"d{name}/d{to}", Of(slope));
        }
        Formula[] outputs = [0, .. CompactEquations.Rates.Select(r => r.Rate), "jg", CompactEquations.GateVoltage];
        for (int i = 0; i < Outputs; i++)
        {
            body.Add(Expression.Assign(Expression.ArrayAccess(output, Expression.Constant(i)), Of(outputs[i])));
            for (int k = 0; derivatives && k < CompactEquations.States.Count; k++)
            {
                Formula slope = outputs[i].Derivative(s => Slope(s, CompactEquations.States[k]));
                body.Add(Expression.Assign(Expression.ArrayAccess(output, Expression.Constant(Outputs + CompactState.Size * i + k)),
                    Of(slope)));
            }
        }
        return Expression.Lambda<Action<double[], double[], double[]>>(Expression.Block(locals.Values, body), arguments, state, output)
            .Compile();
    }

    private static Expression Translate(Formula formula, Func<string, Expression> symbol, Func<Formula.Call, Expression>? call)
    {
        Expression Of(Formula f) => Translate(f, symbol, call);
        return formula switch
        {
            Formula.Number n => Expression.Constant(n.Value),
            Formula.Symbol s => symbol(s.Name),
            Formula.Binary { Operator: '+' } b => Expression.Add(Of(b.Left), Of(b.Right)),
            Formula.Binary { Operator: '-' } b => Expression.Subtract(Of(b.Left), Of(b.Right)),
            Formula.Binary { Operator: '*' } b => Expression.Multiply(Of(b.Left), Of(b.Right)),
            Formula.Binary b => Expression.Divide(Of(b.Left), Of(b.Right)),
            Formula.Choose c => Expression.Condition(Expression.GreaterThanOrEqual(Of(c.Left), Of(c.Right)), Of(c.Then), Of(c.Else)),
            Formula.Call c => call is null ? Compute(c, Of(c.Argument)) : call(c),
            _ => throw new NotSupportedException(),
        };
    }

    private static Expression Compute(Formula.Call call, Expression argument) =>
        Expression.Call(typeof(Math), call.Function switch
        {
            "exp" => "Exp",
            "ln" => "Log",
            "sinh" => "Sinh",
            "cosh" => "Cosh",
            _ => "Abs"
        }, null, argument);
}
