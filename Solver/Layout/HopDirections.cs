using FvSolver.Materials;
using FvSolver.Mesh;

namespace FvSolver.Solver.Layout;

/// <summary>Edges of the electrolyte must run along or across the field, which points down the stack.</summary>
/// <remarks>
/// The rate of hops is exponential in the field, whose part across an edge is taken from edges at right angles to it.
/// Oblique edges have none: with the field along them alone, sinh(x cos t) at an angle t takes the place
/// of sinh(x), and at 1 V/nm (x = 11) ordinary triangles lose up to 70 % of the current, whatever their size. Where hops are so short
/// that x stays below 0.1 up to breakdown, hopping is drift and diffusion, which any mesh describes.
/// </remarks>
internal static class HopDirections
{
    private const double LargestDownTilt = 2, LargestAcrossTilt = 20, SmallestDrive = 0.1, SmallestFace = 1e-3;

    /// <summary>Refuses a mesh on which the current of hops would be wrong.</summary>
    /// <exception cref="MeshException">An edge with a face stands oblique.</exception>
    public static void Check(ControlVolumeMesh mesh, Device device)
    {
        double drive = device.Psg.HopDistance * device.Psg.BreakdownField / (2 * Constants.ThermalVoltage(device.Heat.AmbientTemperature));
        if (mesh.Dimension == 1 || drive < SmallestDrive)
            return;
        for (int e = 0; e < mesh.EdgeCount; e++)
        {
            int left = mesh.EdgeLeft[e], right = mesh.EdgeRight[e];
            double across = Math.Abs(mesh.X[left] - mesh.X[right]), down = Math.Abs(mesh.Z[left] - mesh.Z[right]);
            double tilt = Math.Atan(Math.Min(across, down) / Math.Max(across, down)) * 180 / Math.PI;
            bool hasFace = mesh.EdgeArea[e] > SmallestFace * mesh.EdgeLength[e] * device.Geometry.Width;
            if (mesh.MaterialOf(left) == MaterialKind.Electrolyte && hasFace
                && tilt > (down > across ? LargestDownTilt : LargestAcrossTilt))
                throw new MeshException(FormattableString.Invariant(
                    $"the electrolyte has an edge {tilt:f0} degrees oblique to the field, at x = ")
                    + FormattableString.Invariant(
                        $"{mesh.X[left]:g4} m, z = {mesh.Z[left]:g4} m, along which hops would be too slow; mesh it by rectangles or by ")
                    + "right-angled triangles with sides along x and z (transfinite in Gmsh)");
        }
    }
}
