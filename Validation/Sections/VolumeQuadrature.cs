using FvSolver.Mesh;

namespace FvSolver.Validation.Sections;

/// <summary>A point of a control volume with its share of the volume [m^3].</summary>
internal readonly record struct VolumePoint(int Node, double X, double Z, double Volume);

/// <summary>A point of the face between two nodes of one region, with its share of the area times the
/// normal from the first to the second [m^2].</summary>
internal readonly record struct FacePoint(int From, int To, double X, double Z, double AreaX, double AreaZ);

/// <summary>Integrals over the control volumes of a mesh and over the faces between them, from the
/// geometry of its triangles alone.</summary>
/// <remarks>
/// Within a triangle the face between two corners runs from the middle of their side to the centre of the circumscribed circle,
/// which for the halves of a rectangle is its middle: tensor grids and Voronoi volumes are one case. Pieces beyond an
/// obtuse angle count negative. Volumes are integrated by the middles of the sides of each piece, faces by two Gauss points.
/// </remarks>
internal sealed class VolumeQuadrature
{
    /// <summary>Sets up the points.</summary>
    public VolumeQuadrature(ControlVolumeMesh mesh, double depth)
    {
        List<VolumePoint> volumes = [];
        List<FacePoint> faces = [];
        for (int t = 0; t < mesh.Triangles.Length; t += 3)
            for (int k = 0; k < 3; k++)
                AddSide(mesh.Triangles[t + k], mesh.Triangles[t + (k + 1) % 3], mesh.Triangles[t + (k + 2) % 3]);
        (Volumes, Faces) = ([.. volumes], [.. faces]);

        void AddSide(int a, int b, int opposite)
        {
            double ax = mesh.X[a], az = mesh.Z[a], bx = mesh.X[b], bz = mesh.Z[b], ox = mesh.X[opposite], oz = mesh.Z[opposite];
            double length = Math.Sqrt((bx - ax) * (bx - ax) + (bz - az) * (bz - az));
            double nx = (bx - ax) / length, nz = (bz - az) / length;
            double cross = (ax - ox) * (bz - oz) - (az - oz) * (bx - ox), dot = (ax - ox) * (bx - ox) + (az - oz) * (bz - oz);
            double face = length * dot / (2 * Math.Abs(cross));
            if (Math.Abs(face) < 1e-12 * length)
                return;
            double mx = (ax + bx) / 2, mz = (az + bz) / 2;
            // Unit vector along the face, towards the opposite corner.
            double side = (ox - mx) * -nz + (oz - mz) * nx > 0 ? 1 : -1, ux = -nz * side, uz = nx * side;
            foreach (double at in new[] { 0.5 - 0.5 / Math.Sqrt(3), 0.5 + 0.5 / Math.Sqrt(3) })
                faces.Add(new(a, b, mx + at * face * ux, mz + at * face * uz, 0.5 * depth * face * nx, 0.5 * depth * face * nz));
            double cx = mx + face * ux, cz = mz + face * uz, third = depth * length * face / 4 / 3;
            foreach ((int node, double x, double z) in new[] { (a, ax, az), (b, bx, bz) })
            {
                volumes.Add(new(node, (x + mx) / 2, (z + mz) / 2, third));
                volumes.Add(new(node, (x + cx) / 2, (z + cz) / 2, third));
                volumes.Add(new(node, (mx + cx) / 2, (mz + cz) / 2, third));
            }
        }
    }

    /// <summary>Points of the volumes.</summary>
    public VolumePoint[] Volumes { get; }

    /// <summary>Points of the faces.</summary>
    public FacePoint[] Faces { get; }
}
