using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;
using FvSolver.Materials;

namespace FvSolver.Cases.Input;

/// <summary>Where in the sources a parameter acts: the files whose code reads it, found in the compiled program itself.</summary>
public static partial class ParameterUse
{
    private const BindingFlags All =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Lazy<ILookup<string, string>> Files = new(Scan);

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    /// <summary>Files that read a parameter, relative to the repository, e.g.
    /// <c>Solver/Physics/HoppingFlux.cs</c>; those of the physics first.</summary>
    /// <remarks>Those of the solver; of the layer above only where the solver does not know the parameter.</remarks>
    public static IReadOnlyList<string> FilesOf(Parameter parameter)
    {
        string[] all = [.. Files.Value[parameter.Path].Distinct()],
            solver = [.. all.Where(f => f.StartsWith("Solver/", StringComparison.Ordinal))];
        return [.. (solver.Length > 0 ? solver : all)
            .OrderBy(f => f.StartsWith("Solver/Physics/", StringComparison.Ordinal) ? 0 : 1).ThenBy(f => f, StringComparer.Ordinal)];
    }

    private static ILookup<string, string> Scan()
    {
        Dictionary<MethodInfo, string> getters = ParameterCatalogue.Device.Parameters.Concat(RunSettings.Catalogue.Parameters)
            .ToDictionary(p => p.Getter, p => p.Path);
        var uses = new List<(string Path, string File)>();
        foreach (Type type in typeof(Solver.Physics.HopLaws).Assembly.GetTypes().Concat(typeof(ParameterUse).Assembly.GetTypes()))
            foreach (MethodBase method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
                foreach (MethodInfo called in Calls(method))
                    // A record reads its own values to compare and print itself.
                    if (getters.TryGetValue(called, out string? path) && Outermost(type) != called.DeclaringType)
                        uses.Add((path, FileOf(Outermost(type))));
        return uses.ToLookup(u => u.Path, u => u.File);
    }

    private static IEnumerable<MethodInfo> Calls(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
            yield break;
        Type[] ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < il.Length;)
        {
            short value = il[at++];
            if (value == 0xFE)
                value = (short)(0xFE00 | il[at++]);
            OperandType operand = OpCodesByValue[value].OperandType;
            if (operand == OperandType.InlineMethod
                && method.Module.ResolveMethod(BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at)), ofType,
                    ofMethod) is MethodInfo called)
                yield return called;
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

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string FileOf(Type type) =>
        $"{type.Namespace!["FvSolver.".Length..].Replace('.', '/')}/{Arity().Replace(type.Name, "")}.cs";

    [GeneratedRegex(@"`\d+$")]
    private static partial Regex Arity();
}
