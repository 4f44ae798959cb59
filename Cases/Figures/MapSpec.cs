using System.Text.Json.Serialization;

namespace FvSolver.Cases.Figures;

/// <summary>A field over triangles, linear on each, as colours with contour lines.</summary>
public sealed record MapSpec
{
    /// <summary>Quantity that the colours show.</summary>
    public required string Label { get; init; }

    /// <summary>Its unit as shown; 1 when dimensionless.</summary>
    public required string Unit { get; init; }

    /// <summary>Number of contour lines, at round values; 0 for none.</summary>
    public int Contours { get; init; } = 8;

    /// <summary>True for colours and contours by decades.</summary>
    public bool Log { get; init; }

    /// <summary>Value at the lower end of the colours [unit of the values]; null takes it from the values.</summary>
    public double? Min { get; init; }

    /// <summary>Value at the upper end of the colours [unit of the values]; null takes it from the values.</summary>
    public double? Max { get; init; }

    /// <summary>Positions of the nodes along the horizontal axis [its unit].</summary>
    [JsonIgnore]
    public double[] X { get; init; } = [];

    /// <summary>Positions of the nodes along the vertical axis [its unit].</summary>
    [JsonIgnore]
    public double[] Y { get; init; } = [];

    /// <summary>Values at the nodes.</summary>
    [JsonIgnore]
    public double[] Values { get; init; } = [];

    /// <summary>Triples of nodes.</summary>
    [JsonIgnore]
    public int[] Triangles { get; init; } = [];

    /// <summary>A map over a grid of lines at <paramref name="x"/> and <paramref name="y"/>, values stored row by row of y.</summary>
    public static MapSpec OnGrid(string label, string unit, double[] x, double[] y, double[] values)
    {
        if (values.Length != x.Length * y.Length)
            throw new ArgumentException($"A grid of {x.Length} x {y.Length} needs as many values; it has {values.Length}.");
        var triangles = new List<int>(6 * values.Length);
        for (int j = 0; j + 1 < y.Length; j++)
        {
            for (int i = 0; i + 1 < x.Length; i++)
            {
                int a = j * x.Length + i, b = a + x.Length;
                triangles.AddRange([a, a + 1, b, a + 1, b + 1, b]);
            }
        }
        return new MapSpec
        {
            Label = label,
            Unit = unit,
            X = [.. y.SelectMany(_ => x)],
            Y = [.. y.SelectMany(v => Enumerable.Repeat(v, x.Length))],
            Values = values,
            Triangles = [.. triangles],
        };
    }
}
