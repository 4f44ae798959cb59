using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Layout;

/// <summary>A device with its mesh: what one lane of a system computes.</summary>
public sealed class DeviceColumn
{
    /// <summary>Lays out the unknowns of a device on a mesh.</summary>
    /// <param name="device">Resolved parameters.</param>
    /// <param name="mesh">Mesh of the device.</param>
    /// <param name="hopFactors">Factor on the hop rate of each mesh edge, e.g. of site energies
    /// frozen in space; null for 1 everywhere.</param>
    /// <exception cref="MeshException">The mesh lacks a material, materials touch that must not, or edges of the
    /// electrolyte stand oblique to the field.</exception>
    /// <exception cref="ArgumentException">There are fewer sites in PSG than protons at rest.</exception>
    public DeviceColumn(Device device, ControlVolumeMesh mesh, IReadOnlyList<double>? hopFactors = null)
    {
        Check(mesh);
        if (device.Psg.SiteDensity > 0 && !(device.Psg.SiteDensity > device.Psg.FixedChargeDensity))
            throw new ArgumentException(
                $"psg.site_density is {device.Psg.SiteDensity:g4} m^-3; it must be 0 (no limit) or greater than "
                    + $"psg.fixed_charge_density, {device.Psg.FixedChargeDensity:g4} m^-3.");
        HopDirections.Check(mesh, device);
        (Device, Mesh, HopFactors) = (device, mesh, hopFactors);
        Layout = new(mesh, device);
    }

    /// <summary>Resolved parameters.</summary>
    public Device Device { get; }

    /// <summary>Mesh of the device.</summary>
    public ControlVolumeMesh Mesh { get; }

    /// <summary>Factor on the hop rate of each mesh edge; null for 1 everywhere.</summary>
    public IReadOnlyList<double>? HopFactors { get; }

    /// <summary>Where the unknowns live.</summary>
    public UnknownLayout Layout { get; }

    /// <summary>State of rest.</summary>
    public Scalar[] RestState()
    {
        var x = AlignedArray.Create<Scalar>(Layout.Size);
        foreach (UnknownField field in Layout.Fields.Where(f => f.Start >= 0))
            Array.Fill(x, new(field.AtRest), field.Start, field.Count);
        return x;
    }

    private static void Check(ControlVolumeMesh mesh)
    {
        foreach (MaterialKind needed in new[] { MaterialKind.GateMetal, MaterialKind.Electrolyte, MaterialKind.Channel })
            if (Enumerable.Range(0, mesh.NodeCount).All(n => mesh.MaterialOf(n) != needed))
                throw new MeshException(
                    $"The device has no {ParameterNames.Snake(needed.ToString())}; it needs a gate metal, an electrolyte and a channel.");
        foreach (Interface f in mesh.Interfaces)
            if (mesh.MaterialOf(f.First) == mesh.MaterialOf(f.Second)
                && mesh.MaterialOf(f.First) is (MaterialKind.Electrolyte or MaterialKind.Channel))
                throw new MeshException(
                    $"Regions '{mesh.Regions[mesh.RegionOf(f.First)].Name}' and '{mesh.Regions[mesh.RegionOf(f.Second)].Name}' of one "
                        + "material touch; give them one name.");
        bool Touch(MaterialKind a, MaterialKind b) =>
            mesh.Interfaces.Any(f => mesh.MaterialOf(f.First) == a && mesh.MaterialOf(f.Second) == b);
        if (!Touch(MaterialKind.GateMetal, MaterialKind.Electrolyte) || !Touch(MaterialKind.Electrolyte, MaterialKind.Channel))
            throw new MeshException("The electrolyte must touch the gate metal and the channel.");
    }
}
