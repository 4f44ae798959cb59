namespace FvSolver.Mesh;

/// <summary>Thickness of one film along x: grid columns are stretched between two depths, and what lies above is lifted.</summary>
/// <remarks>
/// <para>The lower side of the film stays flat; its upper side is at z = bottom - (bottom - top) m(x). Cells become trapezoids.
/// Volumes, and areas at boundaries and interfaces, are those of the trapezoids. Edges are treated as if the
/// columns ran normal to the layers: with the cosine of the local slope, an edge across the layers is cos times the vertical
/// distance long and its face 1/cos times as wide, one along the layers the other way round.</para>
/// <para>This is exact for layers of uniform thickness at any uniform tilt. Where the thickness changes with a slope s the
/// two-point flux leaves out the terms of order s^2 of the skewed cells, which do not fall with the mesh: keep |s| below about
/// 0.2 (error of the field of some per cent) and give the mesh columns where the slope changes. A gate whose edge is rounded down to
/// the vertical needs triangles.</para>
/// </remarks>
public sealed record FilmThickness
{
    /// <summary>A film between two nominal depths.</summary>
    /// <param name="top">Nominal upper side of what is stretched [m]; leave out compact layers.</param>
    /// <param name="bottom">Lower side [m].</param>
    /// <param name="multiplier">Thickness over nominal thickness, as a function of x [m].</param>
    public FilmThickness(double top, double bottom, Func<double, double> multiplier)
    {
        if (!(top < bottom))
            throw new MeshException($"A film from z = {top} to {bottom} m has no thickness; its top must be less than its bottom.");
        (Top, Bottom, Multiplier) = (top, bottom, multiplier);
    }

    /// <summary>Nominal upper side [m].</summary>
    public double Top { get; }

    /// <summary>Lower side [m].</summary>
    public double Bottom { get; }

    /// <summary>Thickness over nominal thickness, as a function of x [m].</summary>
    public Func<double, double> Multiplier { get; }

    /// <summary>
    /// Lift of a gate's lower face towards its edge: parabolic over <paramref name="run"/> up to <paramref name="lift"/> times the
    /// nominal thickness, constant beyond; the radius of curvature is run^2/(2 lift thickness).
    /// </summary>
    /// <param name="edge">Position of the edge [m].</param>
    /// <param name="run">Length before the edge over which the face rises [m].</param>
    /// <param name="lift">Rise at the edge over the nominal thickness.</param>
    /// <param name="outward">+1 when the gate ends towards larger x, -1 towards smaller.</param>
    public static Func<double, double> RoundedEdge(double edge, double run, double lift, int outward) => x =>
    {
        double t = Math.Clamp(1 + outward * (x - edge) / run, 0, 1);
        return 1 + lift * t * t;
    };

    /// <summary>A step between two thicknesses, smooth over a width.</summary>
    /// <param name="position">Middle of the step [m].</param>
    /// <param name="width">Length over which the thickness changes [m].</param>
    /// <param name="before">Multiplier at small x.</param>
    /// <param name="after">Multiplier at large x.</param>
    public static Func<double, double> Step(double position, double width, double before, double after) => x =>
    {
        double t = Math.Clamp((x - position) / width + 0.5, 0, 1);
        return before + (after - before) * t * t * (3 - 2 * t);
    };

    /// <summary>Depth of a nominal depth in a column [m].</summary>
    internal double Map(double x, double z)
    {
        double m = Multiplier(x);
        if (!(m > 0) || !double.IsFinite(m))
            throw new MeshException($"The thickness multiplier of the film is {m} at x = {x} m; it must be positive.");
        if (z >= Bottom)
            return z;
        return z > Top ? Bottom - (Bottom - z) * m : z - (m - 1) * (Bottom - Top);
    }
}
