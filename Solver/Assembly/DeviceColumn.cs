using FvSolver.Materials;
using FvSolver.Mesh;

namespace FvSolver.Solver.Assembly;

/// <summary>A device with its mesh: what one lane of a system computes.</summary>
/// <param name="Device">Resolved parameters.</param>
/// <param name="Mesh">Mesh of the device.</param>
/// <param name="HopFactors">Factor on the hop rate of each mesh edge, e.g. of site energies frozen in space; null for 1 everywhere.</param>
public sealed record DeviceColumn(Device Device, ControlVolumeMesh Mesh, IReadOnlyList<double>? HopFactors = null);
