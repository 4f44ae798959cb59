using FvSolver.Mesh;

namespace FvSolver.Solver.Layout;

/// <summary>Columns of the channel under the faces of the electrolyte: which face each channel node lies below.</summary>
/// <remarks>
/// The face nearest in x; none beyond the outermost faces, e.g. under a contact. On a tensor grid that is the node's
/// own grid column, on triangles a strip of about one cell.
/// </remarks>
internal sealed class FilmColumns
{
    /// <summary>Sorts the channel's nodes into columns.</summary>
    public FilmColumns(ControlVolumeMesh mesh, UnknownLayout layout)
    {
        double[] x = [.. layout.ChannelInterfaces.Select(f => mesh.X[f.Second])];
        Of = new int[layout.Wo3Nodes.Length];
        Thickness = new double[layout.Wo3Nodes.Length];
        if (x.Length == 0)
        {
            Array.Fill(Of, -1);
            return;
        }
        double tolerance = 1e-9 * (x.Max() - x.Min()), low = x.Min() - tolerance, high = x.Max() + tolerance;
        for (int n = 0; n < Of.Length; n++)
        {
            double at = mesh.X[layout.Wo3Nodes[n]];
            Of[n] = at < low || at > high ? -1 : Enumerable.Range(0, x.Length).MinBy(k => Math.Abs(x[k] - at));
            if (Of[n] >= 0)
                Thickness[n] = mesh.Volume[layout.Wo3Nodes[n]] / layout.ChannelInterfaces[Of[n]].Area;
        }
    }

    /// <summary>Face of <see cref="UnknownLayout.ChannelInterfaces"/> above each channel node, or -1.</summary>
    public int[] Of { get; }

    /// <summary>Volume of each channel node per area of its face [m].</summary>
    public double[] Thickness { get; }
}
