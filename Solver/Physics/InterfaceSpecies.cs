using System.Runtime.CompilerServices;
using FvSolver.Materials;

namespace FvSolver.Solver.Physics;

/// <summary>A species that lives on the PSG/WO3 interface: one unknown a face.</summary>
/// <param name="Place">Its place among the numbers of a <see cref="PerSpecies{T}"/>.</param>
/// <param name="Name">Name of its field in a result.</param>
/// <param name="Unit">Unit of the unknown.</param>
/// <param name="LongName">Words for it.</param>
/// <param name="Key">The parameter that brings it into a device; empty for a species that all devices have.</param>
/// <param name="IsPresent">True when a device has it.</param>
/// <param name="AtRest">The unknown in the state of rest.</param>
/// <param name="Scale">Typical size of the unknown.</param>
/// <param name="PerUnit">Particles per area and unit of the unknown [m^-2]: the density of sites for a coverage, 1 for a density.</param>
/// <param name="Atoms">Hydrogen atoms in a particle.</param>
public sealed record InterfaceSpecies(
    int Place,
    string Name,
    string Unit,
    string LongName,
    string Key,
    Func<Device, bool> IsPresent,
    Func<Device, double> AtRest,
    Func<Device, double> Scale,
    Func<Device, double> PerUnit,
    int Atoms)
{
    /// <summary>Number of species that reactions at the interface make or take.</summary>
    public const int Count = 8;

    /// <summary>Places of the species in the order of a <see cref="PerSpecies{T}"/>.</summary>
    public const int Proton = 0, Adsorbed = 1, Defects = 2, Inserted = 3, Dissolved = 4, Bubbles = 5, Leaked = 6, Remote = 7;

    /// <summary>True for what charge transfers make of protons: it shares the balance of protons at the face.</summary>
    public bool IsJoint => Place is Adsorbed or Defects or Dissolved;

    /// <summary>True for a part of sites, which lies between 0 and 1.</summary>
    public bool IsCoverage => Place is Adsorbed or Defects;

    /// <summary>Those of a device that not every device has.</summary>
    public static IEnumerable<InterfaceSpecies> Optional(Device device) => All.Where(s => s.Key.Length > 0 && s.IsPresent(device));

    /// <summary>The species with unknowns of their own, in the order of the unknowns.</summary>
    public static IReadOnlyList<InterfaceSpecies> All { get; } =
    [
        new(Adsorbed, "coverage", "1", "coverage of adsorbed hydrogen", "", _ => true,
            d => d.Interface.RestCoverage, d => d.Interface.RestCoverage, d => d.Interface.SiteDensity, 1),
        new(Defects, "defect_coverage", "1", "coverage of the second kind of sites, grain boundaries", "interface.defect_density",
            d => d.Interface.DefectDensity > 0, d => d.Interface.DefectRestCoverage, d => d.Interface.DefectRestCoverage,
            d => d.Interface.DefectDensity, 1),
        new(Dissolved, "dissolved_density", "m^-2", "dissolved hydrogen molecules", "gas.enabled", d => d.Gas.Enabled,
            HenryLaw.AtRest, d => 0.1 * d.Gas.HenryConstant, _ => 1, 2),
        new(Bubbles, "bubble_density", "m^-2", "hydrogen molecules in bubbles", "gas.enabled", d => d.Gas.Enabled,
            _ => 0, d => d.Gas.BubbleDensity, _ => 1, 2),
    ];
}

/// <summary>One number for each species that reactions at the PSG/WO3 interface make or take.</summary>
public struct PerSpecies<T>
    where T : struct
{
    /// <summary>Mobile protons at the last node of PSG.</summary>
    public T Proton;

    /// <summary>Adsorbed hydrogen.</summary>
    public T Adsorbed;

    /// <summary>Hydrogen on the second kind of sites.</summary>
    public T Defects;

    /// <summary>Inserted hydrogen in the first lattice plane of WO3.</summary>
    public T Inserted;

    /// <summary>Dissolved molecules.</summary>
    public T Dissolved;

    /// <summary>Molecules in bubbles.</summary>
    public T Bubbles;

    /// <summary>Molecules that have left the device.</summary>
    public T Leaked;

    /// <summary>Mobile protons one hop before the last node of PSG.</summary>
    public T Remote;

    /// <summary>The number of a species by its place.</summary>
    public static ref T At(ref PerSpecies<T> numbers, int place) => ref Unsafe.Add(ref numbers.Proton, place);
}
