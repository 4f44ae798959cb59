using System.Reflection;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using DualNumber = FvSolver.Solver.Arithmetic.Dual<FvSolver.Solver.Arithmetic.Scalar, FvSolver.Solver.Arithmetic.Gradient8<FvSolver.Solver.Arithmetic.Scalar>>;

namespace FvSolver.Tests.Physics;

/// <summary>A generic method of a term, found by reflection, that can be called with plain numbers and with duals.</summary>
internal sealed class TermMethod(Type term, MethodInfo method)
{
    public string Name => $"{term.Name}{string.Concat(term.GenericTypeArguments.Skip(1).Select(t => $"<{t.Name}>"))}.{method.Name}";

    /// <summary>All public types of the namespace of the terms.</summary>
    public static IEnumerable<Type> PublicTypes =>
        typeof(Pack).Assembly.GetExportedTypes().Where(t => t.Namespace == typeof(Pack).Namespace);

    /// <summary>Every method over generic numbers of every term.</summary>
    public static IEnumerable<TermMethod> All =>
        from type in PublicTypes
        where type.IsValueType
        from closed in Close(type)
        from m in closed.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where m.IsGenericMethodDefinition
        select new TermMethod(closed, m);

    /// <summary>Names of the numbers that the method depends on, in the order in which it is called with them.</summary>
    public string[] Arguments => [.. method.GetParameters().SelectMany(p => Slots(p, method.GetGenericArguments()[0]))];

    /// <summary>Number of settings of the term's and the method's switches.</summary>
    public int SwitchCount => 1 << (Switches(term) + method.GetParameters().Count(p => p.ParameterType == typeof(bool)));

    /// <summary>The results for plain numbers.</summary>
    public double[] Plain(double[] arguments, int switches) =>
        [.. Call<Scalar>(i => new(arguments[i]), switches).Select(r => r.Value)];

    /// <summary>Results with their derivatives by each argument.</summary>
    public (double Value, double[] Slope)[] Exact(double[] arguments, int switches) =>
    [
        .. Call<DualNumber>(i => new(new(arguments[i]), Gradient8<Scalar>.Seed(i)), switches).Select(r => (r.Value.Value,
            new double[] { r.Slope.D0, r.Slope.D1, r.Slope.D2, r.Slope.D3, r.Slope.D4, r.Slope.D5, r.Slope.D6, r.Slope.D7 })),
    ];

    private static IEnumerable<Type> Close(Type type) => type.GetGenericArguments() switch
    {
        [] => [type],
        [_] => [type.MakeGenericType(typeof(Scalar))],
        _ => Enum.GetNames<HopLaw>().Select(name => PublicTypes.Single(t => t.Name == $"{name}Hop`1")).SelectMany(law =>
            new[] { (typeof(NoSiteLimit), typeof(Isothermal)), (typeof(SiteLimit), typeof(Warm)) }.Select(o =>
                type.MakeGenericType(typeof(Scalar), law.MakeGenericType(typeof(Scalar)), o.Item1, o.Item2))),
    };

    private static IEnumerable<string> Slots(ParameterInfo parameter, Type number)
    {
        Type type = parameter.ParameterType;
        if (parameter.IsOut)
            return [];
        if (type.IsByRef)
            type = type.GetElementType()!;
        if (type == number)
            return [parameter.Name!];
        return type.IsGenericType && type.GetGenericArguments()[0] == number
            ? type.GetFields().Select(f => f.Name)
            : [];
    }

    private List<T> Call<T>(Func<int, T> argument, int switches)
        where T : struct
    {
        int next = 0;
        object? target = method.IsStatic ? null : Build(term, ref switches);
        Type[] numbers = method.GetGenericArguments().Length == 1 ? [typeof(T)] : [typeof(T), typeof(Scalar)];
        MethodInfo closed = method.MakeGenericMethod(numbers);
        ParameterInfo[] parameters = closed.GetParameters();
        var values = new object?[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            ParameterInfo p = parameters[i];
            Type type = p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType;
            bool isNumber = Slots(method.GetParameters()[i], method.GetGenericArguments()[0]).Any();
            if (p.IsOut)
                continue;
            if (type == typeof(bool))
                values[i] = Take(ref switches);
            else if (type == typeof(T) && isNumber)
                values[i] = argument(next++);
            else if (type == typeof(Scalar))
                values[i] = new Scalar(TermSamples.Parameter(p.Name!));
            else if (isNumber)
                values[i] = Fill(type, () => argument(next++));
            else
                values[i] = Build(type, ref switches);
        }
        object? result = closed.Invoke(target, values);
        IEnumerable<object?> given = closed.ReturnType == typeof(void) ? [] : [result];
        return [.. given.Concat(parameters.Where(p => p.IsOut).Select(p => values[p.Position])).SelectMany(Numbers<T>)];
    }

    private static IEnumerable<T> Numbers<T>(object? result)
        where T : struct => result is T number ? [number] : result!.GetType().GetFields().Select(f => (T)f.GetValue(result)!);

    private static object Fill<T>(Type type, Func<T> next)
        where T : struct
    {
        object made = Activator.CreateInstance(type)!;
        foreach (FieldInfo field in type.GetFields())
            field.SetValue(made, next());
        return made;
    }

    private static object Build(Type type, ref int switches)
    {
        object made = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties().Where(p => p.SetMethod != null))
            property.SetValue(made, property.PropertyType == typeof(bool) ? Take(ref switches)
                : property.PropertyType == typeof(Scalar) ? new Scalar(TermSamples.Parameter(property.Name))
                : Build(property.PropertyType, ref switches));
        return made;
    }

    private static int Switches(Type type) => type.GetProperties().Where(p => p.SetMethod != null).Sum(p =>
        p.PropertyType == typeof(bool) ? 1 : p.PropertyType == typeof(Scalar) ? 0 : Switches(p.PropertyType));

    private static bool Take(ref int switches)
    {
        bool value = (switches & 1) != 0;
        switches >>= 1;
        return value;
    }
}
