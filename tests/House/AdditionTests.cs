using FvSolver.Materials;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.House;

/// <summary>How far a law reaches: which source files name it, besides its own.</summary>
public class AdditionTests
{
    [Fact]
    public void A_second_kind_of_sites_is_named_by_three_files_besides_its_own() =>
        Assert.Equal(
            [
                "Materials/ChannelInterface.cs", "Solver/Physics/DefectVolmer.cs", "Solver/Physics/InterfaceChemistry.cs",
                "Solver/Physics/InterfaceSpecies.cs",
            ],
            Naming("Defect").Union(Naming("defect_")).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(HopLaw.Saturating)]
    [InlineData(HopLaw.Washboard)]
    public void A_hop_law_is_named_by_its_choice_alone_besides_its_own_file(HopLaw law) =>
        Assert.Equal(["Materials/HopLaw.cs", $"Solver/Physics/{law}Hop.cs"], Naming($"{law}"));

    [Fact]
    public void Any_species_of_a_device_that_not_all_have_names_the_parameter_that_brings_it()
    {
        var device = new Device { Interface = new() { DefectDensity = 1e17 }, Gas = new() { Enabled = true } };
        Assert.Empty(InterfaceSpecies.Optional(new()));
        Assert.Equal(["interface.defect_density", "gas.enabled", "gas.enabled"], InterfaceSpecies.Optional(device).Select(s => s.Key));
        Assert.All(InterfaceSpecies.Optional(device), s => Assert.NotNull(ParameterCatalogue.Device.Find(s.Key)));
    }

    // Cases of the validation and tests of the law are its own.
    private static string[] Naming(string text) =>
    [
        .. Checkout.Sources.Where(f => File.ReadAllText(f).Contains(text, StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Checkout.Root, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith("tests/", StringComparison.Ordinal) && !f.StartsWith("Validation/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
