namespace FvSolver.Materials;

/// <summary>Lateral size of the device; thicknesses belong to their materials.</summary>
public sealed record DeviceGeometry
{
    /// <summary>Channel length from source to drain [m].</summary>
    [Quantity("L", "m", Kind.Paper, "onen2022 Fig. 2A: 50 nm x 150 nm; which side is L is not said", Min = 0, ExclusiveMin = true)]
    public double Length { get; init; } = 150e-9;

    /// <summary>Channel width, out of the plane [m].</summary>
    [Quantity("W", "m", Kind.Paper, "onen2022 Fig. 2A: 50 nm x 150 nm; which side is W is not said", Min = 0, ExclusiveMin = true)]
    public double Width { get; init; } = 50e-9;

    /// <summary>Gate area L W [m^2].</summary>
    public double Area => Length * Width;
}
