using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using Library = System.Reflection.Assembly;

namespace FvSolver.Tests.House;

/// <summary>Which namespace uses which within an assembly: signatures, attributes and every method body, read from its IL.</summary>
/// <remarks>Constants leave no trace in IL: a folder that uses only a constant of another is not seen.</remarks>
internal sealed class FolderGraph
{
    private const BindingFlags All =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    private readonly SortedDictionary<string, SortedDictionary<string, string>> _uses = new(StringComparer.Ordinal);

    /// <summary>Graph of the namespaces of an assembly that begin with a prefix.</summary>
    public FolderGraph(Library assembly, string prefix)
    {
        foreach (Type type in assembly.GetTypes().Where(t => t.Namespace is { } n && n.StartsWith(prefix, StringComparison.Ordinal)))
            foreach (Type used in UsedBy(type))
                if (used.Assembly == assembly && used.Namespace is { } to && to != type.Namespace)
                {
                    if (!_uses.TryGetValue(type.Namespace!, out SortedDictionary<string, string>? edges))
                        _uses[type.Namespace!] = edges = new(StringComparer.Ordinal);
                    edges.TryAdd(to, $"{Outermost(type).Name} uses {Outermost(used).Name}");
                }
    }

    /// <summary>Namespaces on a common cycle, one line per cycle with an example of each step; empty when there is none.</summary>
    public IReadOnlyList<string> Cycles()
    {
        var reach = _uses.Keys.ToDictionary(n => n, Reachable);
        return
        [
            .. _uses.Keys.Where(n => reach[n].Contains(n))
                .GroupBy(n => string.Join(", ", reach[n].Where(m => reach.TryGetValue(m, out HashSet<string>? back) && back.Contains(n))
                    .Order()))
                .Select(g => $"{g.Key}: " + string.Join("; ",
                    g.SelectMany(from => _uses[from].Where(e => g.Contains(e.Key)).Select(e => e.Value)))),
        ];
    }

    private HashSet<string> Reachable(string from)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.TryPop(out string? at))
            if (_uses.TryGetValue(at, out SortedDictionary<string, string>? edges))
                foreach (string to in edges.Keys.Where(seen.Add))
                    open.Push(to);
        return seen;
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type> UsedBy(Type type)
    {
        IEnumerable<Type> direct =
        [
            .. type.BaseType is { } b ? [b] : Type.EmptyTypes,
            .. type.GetInterfaces(),
            .. type.IsGenericTypeDefinition ? type.GetGenericArguments().SelectMany(a => a.GetGenericParameterConstraints()) : [],
            .. type.GetFields(All).Select(f => f.FieldType),
            .. type.GetMembers(All).Append(type).SelectMany(m => m.GetCustomAttributesData()).SelectMany(OfAttribute),
            .. type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).SelectMany(OfMethod),
        ];
        return direct.SelectMany(Parts).Distinct();
    }

    private static IEnumerable<Type> OfAttribute(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(a => a.TypedValue))
            .Select(a => a.Value as Type ?? a.ArgumentType).Append(attribute.AttributeType);

    private static IEnumerable<Type> OfMethod(MethodBase method)
    {
        foreach (ParameterInfo parameter in method.GetParameters())
            yield return parameter.ParameterType;
        if (method is MethodInfo { ReturnType: { } result })
            yield return result;
        if (method.IsGenericMethodDefinition)
            foreach (Type constraint in method.GetGenericArguments().SelectMany(a => a.GetGenericParameterConstraints()))
                yield return constraint;
        if (method.GetMethodBody() is not { } body)
            yield break;
        foreach (LocalVariableInfo local in body.LocalVariables)
            yield return local.LocalType;
        foreach (ExceptionHandlingClause clause in body.ExceptionHandlingClauses.Where(
            c => c.Flags == ExceptionHandlingClauseOptions.Clause))
            yield return clause.CatchType!;
        foreach (int token in Tokens(body.GetILAsByteArray()!))
            foreach (Type type in Resolve(method, token))
                yield return type;
    }

    /// <summary>Metadata tokens of types, methods and fields in a method body.</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (int at = 0; at < il.Length;)
        {
            short value = il[at++];
            if (value == 0xFE)
                value = (short)(0xFE00 | il[at++]);
            OperandType operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at));
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Resolve(MethodBase method, int token)
    {
        Type[] ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        MemberInfo member = method.Module.ResolveMember(token, ofType, ofMethod)!;
        if (member is Type type)
            return [type];
        IEnumerable<Type> arguments = member is MethodInfo { IsGenericMethod: true } call ? call.GetGenericArguments() : [];
        return member.DeclaringType is { } owner ? arguments.Append(owner) : arguments;
    }

    /// <summary>A type with its element and its generic arguments, as definitions.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (type.IsGenericParameter)
            return [];
        return type.IsGenericType
            ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
            : [type];
    }
}
