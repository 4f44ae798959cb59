using System.Reflection;
using System.Text.RegularExpressions;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.House;

/// <summary>Each physical law is one file of Solver/Physics that is named after it: the listing is the table of contents.</summary>
public partial class LawFileTests
{
    private static readonly Type[] Types = typeof(Poisson<>).Assembly.GetTypes();

    public static TheoryData<string> Laws =>
    [
        "Poisson", "SternLayer", "InsertionPotential", "ButlerVolmer", "HydrogenDiffusivity", "AbelNoble", "Dissipation",
        "ReadoutConductance", "TrapExchange",
        .. Implementations(typeof(IInterfaceReaction<>)),
        .. Implementations(typeof(IHopLaw<,>)),
        .. Implementations(typeof(IEdgeFlow<>)),
    ];

    [Theory]
    [MemberData(nameof(Laws))]
    public void A_law_has_a_file_with_its_formula_and_the_packing_of_its_parameters(string law)
    {
        string path = Path.Combine(Checkout.Root, "Solver", "Physics", law + ".cs");
        Assert.True(File.Exists(path), $"{law} has no file {path}");
        string documentation = string.Concat(Documentation().Matches(File.ReadAllText(path)).Select(m => m.Value));
        Assert.True(documentation.AsSpan().ContainsAny("=^*"), $"{law}: its formula belongs above it");
        Type type = Assert.Single(Types, t => t.Name.Split('`')[0] == law && t.Name != law
            || t.Name == law && !Types.Any(g => g.Name.StartsWith(law + "`")));
        // What has no parameter needs no packing.
        bool hasParameters = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Length > 0;
        Assert.Equal(hasParameters, type.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(m => m.Name == "Of"
            && m.GetParameters() is [{ ParameterType.Name: "Pack`1" }, ..] && m.ReturnType.Name == type.Name) && hasParameters);
    }

    [Fact]
    public void Reactions_and_hop_laws_are_found()
    {
        Assert.Contains("Volmer", Implementations(typeof(IInterfaceReaction<>)));
        Assert.Equal(Enum.GetValues<HopLaw>().Length, Implementations(typeof(IHopLaw<,>)).Count());
    }

    private static IEnumerable<string> Implementations(Type definition) => Types
        .Where(t => !t.IsInterface && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition))
        .Select(t => t.Name.Split('`')[0]).Distinct();

    [GeneratedRegex("///.*")]
    private static partial Regex Documentation();
}
