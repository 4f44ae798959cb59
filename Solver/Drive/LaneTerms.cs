using System.Reflection;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Settings;

namespace FvSolver.Solver.Drive;

/// <summary>What devices must have in common to be computed in lanes: the terms of the equations,
/// the mesh's topology, the accuracy.</summary>
/// <param name="Switches">Every choice between laws and terms, and which optional quantities are there at all.</param>
/// <param name="Nodes">Nodes of the mesh.</param>
/// <param name="Unknowns">Unknowns.</param>
/// <param name="Settings">Accuracy and method.</param>
internal sealed record LaneTerms(string Switches, int Nodes, int Unknowns, SolverSettings Settings)
{
    // Each choice, with the section of the device that it is in.
    private static readonly (PropertyInfo Section, PropertyInfo Choice)[] s_choices =
    [
        .. from section in typeof(Device).GetProperties()
           from property in section.PropertyType.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.PropertyType == typeof(bool) || property.PropertyType.IsEnum
           select (section, property),
    ];

    /// <summary>The terms of a device.</summary>
    public static LaneTerms Of(DeviceSimulation device)
    {
        Device d = device.Device;
        IEnumerable<object> choices = s_choices.Select(c => c.Choice.GetValue(c.Section.GetValue(d))!);
        IEnumerable<object> present =
        [
            d.Psg.TrapDensity > 0, d.Psg.SiteDensity > 0, d.Gate.SeriesResistance > 0,
            d.Wo3.DiluteSpecies == 1 && d.Wo3.InteractionPotential == 0,
            d.Heat.AmbientTemperature == d.Heat.ReferenceTemperature,
        ];
        return new(string.Join(' ', choices.Concat(present)), device.Mesh.NodeCount, device.Layout.Size, device.Settings);
    }
}
