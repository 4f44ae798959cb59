using System.Reflection;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using DualNumber = FvSolver.Solver.Arithmetic.Dual<FvSolver.Solver.Arithmetic.Scalar,
    FvSolver.Solver.Arithmetic.Gradient8<FvSolver.Solver.Arithmetic.Scalar>>;

namespace FvSolver.Tests.Physics;

/// <summary>A generic method of a term, found by reflection, that can be called with plain numbers and with duals.</summary>
internal sealed class TermMethod(Type term, MethodInfo method)
{
    // Every choice between terms is made in one of them and not in another.
    private static readonly Device[] s_devices =
    [
        CalibrationRules.Resolve(new()
        {
            Psg = new() { FixedChargeDensity = 4e25, TrapDensity = 8e25 },
            Pd = new() { FiniteReservoir = false },
        }),
        CalibrationRules.Resolve(new()
        {
            Psg = new() { FixedChargeDensity = 4e25, TrapDensity = 8e25, SiteDensity = 2e26 },
            Pd = new() { Kinetics = KineticLaw.Marcus },
            Interface = new() { Kinetics = KineticLaw.Marcus, DefectDensity = 1e17 },
            Wo3 = new()
            {
                DiluteSpecies = 2, InteractionPotential = 0.5, DiffusionLaw = DiffusionLaw.Thermodynamic, PercolationThreshold = 1e-4,
            },
        }),
        CalibrationRules.Resolve(new()
        {
            Psg = new() { FixedChargeDensity = 4e25, TrapDensity = 8e25 },
            Wo3 = new()
            {
                SpaceCharge = true,
                Statistics = ElectronStatisticsLaw.FermiDirac,
                LocalisedDensity = 1e17,
                InteractionPotential = 0.5,
            },
        }),
    ];

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

    /// <summary>Number of settings: devices of different options, and the method's own switches.</summary>
    public int SwitchCount => s_devices.Length << method.GetParameters().Count(p => p.ParameterType == typeof(bool));

    /// <summary>The results for plain numbers.</summary>
    public double[] Plain(double[] arguments, int switches) =>
        [.. Call<Scalar>(i => new(arguments[i]), switches).Select(r => r.Value)];

    /// <summary>Results with their derivatives with respect to each argument, eight at a time.</summary>
    public (double Value, double[] Slope)[] Exact(double[] arguments, int switches)
    {
        List<DualNumber>[] groups =
        [
            .. Enumerable.Range(0, (arguments.Length + 7) / 8).Select(g =>
                Call<DualNumber>(i => new(new(arguments[i]), i / 8 == g ? Gradient8<Scalar>.Seed(i % 8) : Gradient8<Scalar>.Zero),
                    switches)),
        ];
        return [.. groups[0].Select((r, k) => (r.Value.Value, groups.SelectMany(g => Slopes(g[k])).ToArray()))];
    }

    private static double[] Slopes(DualNumber r) =>
        [r.Slope.D0, r.Slope.D1, r.Slope.D2, r.Slope.D3, r.Slope.D4, r.Slope.D5, r.Slope.D6, r.Slope.D7];

    private static IEnumerable<Type> Close(Type type) => type.GetGenericArguments() switch
    {
        [] => [type],
        [_] => [type.MakeGenericType(typeof(Scalar))],
        [_, _] => new[] { typeof(Isothermal), typeof(Warm) }.Select(heat => type.MakeGenericType(typeof(Scalar), heat)),
        _ => Enum.GetNames<HopLaw>().Select(name => PublicTypes.Single(t => t.Name == $"{name}Hop`1")).SelectMany(law =>
            new[] { (typeof(NoSiteLimit), typeof(Isothermal), typeof(FieldAround)), (typeof(SiteLimit), typeof(Warm), typeof(FieldAlong)) }
                .Select(o =>
                    type.MakeGenericType(typeof(Scalar), law.MakeGenericType(typeof(Scalar)), o.Item1, o.Item2, o.Item3))),
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
            ? type.GetFields().SelectMany(f => f.FieldType == number ? [f.Name] : f.FieldType.GetFields().Select(inner => inner.Name))
            : [];
    }

    private List<T> Call<T>(Func<int, T> argument, int switches)
        where T : struct
    {
        int next = 0;
        Device device = s_devices[switches % s_devices.Length];
        switches /= s_devices.Length;
        object? target = method.IsStatic ? null : Build(term, device);
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
                (values[i], switches) = ((switches & 1) != 0, switches >> 1);
            else if (type == typeof(T) && isNumber)
                values[i] = argument(next++);
            else if (type == typeof(Scalar))
                values[i] = new Scalar(TermSamples.Parameter(p.Name!));
            else if (isNumber)
                values[i] = Fill(type, () => argument(next++));
            else
                values[i] = Data(type);
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
            field.SetValue(made, field.FieldType == typeof(T) ? next() : Fill(field.FieldType, next));
        return made;
    }

    /// <summary>A law by its own <c>Of</c>.</summary>
    public static object Build(Type type, Device device)
    {
        MethodInfo of = type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.Name == "Of" && m.GetParameters() is [{ } first, ..] && first.ParameterType == typeof(Pack<Scalar>))
            .MaxBy(m => m.GetParameters().Count(p => p.ParameterType == typeof(Device)))
            ?? throw new MissingMethodException($"{type.Name} has no Of(pack, device).");
        return of.Invoke(null, [.. of.GetParameters().Select(p =>
            p.ParameterType == typeof(Pack<Scalar>) ? Pack.One(device)
            : p.ParameterType == typeof(Device) ? device
            : p.ParameterType == typeof(Func<Device, double>) ? (Func<Device, double>)(_ => TermSamples.Parameter(p.Name!))
            : p.DefaultValue)])!;
    }

    /// <summary>Numbers that a method takes beside its arguments.</summary>
    private static object Data(Type type)
    {
        object made = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties().Where(p => p.SetMethod != null))
            property.SetValue(made, new Scalar(TermSamples.Parameter(property.Name)));
        return made;
    }
}
