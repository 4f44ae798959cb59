using FvSolver.Mesh;
using Xunit;

namespace FvSolver.Tests.Mesh;

public sealed class FilmThicknessTests
{
    private static CrossSection Film(double length) => new()
    {
        Depth = 1,
        Rectangles = [new("film", MaterialKind.Electrolyte, 0, length, 0, 1)],
    };

    private static ControlVolumeMesh Build(double length, int columns, int rows, Func<double, double> multiplier) => CrossSectionMesh.Build(
        Film(length), Grading1D.Uniform(length, columns), Grading1D.Uniform(1, rows), new FilmThickness(0, 1, multiplier));

    private static double Conductance(ControlVolumeMesh mesh)
    {
        var problem = new LaplaceProblem(mesh, b => b.Name is "top" or "bottom");
        double middle = 0.6;
        double[] u = problem.Solve((_, z) => z < middle ? 1 : 0, (_, _) => 0);
        return problem.Flux(u, "bottom");
    }

    [Fact]
    public void A_constant_multiplier_is_another_thickness()
    {
        ControlVolumeMesh a = Build(3, 4, 5, _ => 1.5);
        CrossSection thick = Film(3) with { Rectangles = [new("film", MaterialKind.Electrolyte, 0, 3, -0.5, 1)] };
        ControlVolumeMesh b = CrossSectionMesh.Build(thick, Grading1D.Uniform(3, 4), [.. Grading1D.Uniform(1.5, 5).Select(s => s - 0.5)]);
        for (int n = 0; n < a.NodeCount; n++)
            Assert.Equal(b.Volume[n], a.Volume[n], 1e-14);
        for (int e = 0; e < a.EdgeCount; e++)
            Assert.Equal(b.EdgeArea[e] / b.EdgeLength[e], a.EdgeArea[e] / a.EdgeLength[e], 1e-13);
    }

    [Fact]
    public void Volumes_and_surfaces_are_those_of_the_trapezoids()
    {
        ControlVolumeMesh mesh = Build(2, 50, 7, x => 1 + 0.3 * x);
        Assert.Equal(2 + 0.3 * 2, mesh.Volume.Sum(), 1e-12);
        Assert.Equal(2 * Math.Sqrt(1 + 0.09), mesh.Boundaries.Where(b => b.Name == "top").Sum(b => b.Area), 1e-12);
        Assert.Equal(2, mesh.Boundaries.Where(b => b.Name == "bottom").Sum(b => b.Area), 1e-12);
        Assert.Equal(1.6, mesh.Boundaries.Where(b => b.Name == "right").Sum(b => b.Area), 1e-12);
    }

    [Fact]
    public void What_lies_above_is_lifted_and_keeps_its_thickness_and_gap()
    {
        const double layer = 0.05;
        var section = new CrossSection
        {
            Depth = 1,
            CompactLayer = layer,
            Rectangles = [new("gate", MaterialKind.GateMetal, 0, 4, -1, 0), new("film", MaterialKind.Electrolyte, 0, 4, 0, 1)],
        };
        ControlVolumeMesh mesh = CrossSectionMesh.Build(section, new LineGrading { MaxSize = 0.5 }, new LineGrading { MaxSize = 0.2 },
            new FilmThickness(layer, 1, FilmThickness.Step(2, 3, 1, 1.5)));
        foreach (Interface i in mesh.Interfaces)
            Assert.Equal(layer, mesh.Z[i.Second] - mesh.Z[i.First], 1e-12);
        Assert.Equal(4, mesh.Volume[..mesh.RegionStart[1]].Sum(), 1e-12);
        Assert.Equal(-1 - 0.5 * (1 - layer), mesh.Z.Min(), 1e-12);
        Assert.Equal(1, mesh.Z.Max());
    }

    [Fact]
    public void A_wavy_electrode_gives_the_capacitance_of_perturbation_theory()
    {
        // C/C_0 = 1 + a^2 k coth(k d)/(2 d) + O(a^4) for a plate at d + a cos kx against a flat one.
        const double a = 0.1, k = 0.5;
        double length = Math.PI / k;
        double excess = Conductance(Build(length, 60, 30, x => 1 + a * Math.Cos(k * x))) / length - 1;
        double theory = a * a * k / Math.Tanh(k) / 2;
        Assert.InRange(excess / theory, 0.93, 1.07);
        // With the thickness alone, without its slope, the excess would be 8 % less.
        Assert.InRange(theory, 1.05 * a * a / 2, 1.1 * a * a / 2);
    }

    [Fact]
    public void Profiles_have_their_ends()
    {
        Func<double, double> edge = FilmThickness.RoundedEdge(10, 4, 0.5, 1), mirrored = FilmThickness.RoundedEdge(-10, 4, 0.5, -1);
        Assert.Equal([1, 1, 1.125, 1.5, 1.5], new[] { 0.0, 6, 8, 10, 12 }.Select(edge));
        Assert.Equal([1, 1, 1.125, 1.5, 1.5], new[] { 0.0, -6, -8, -10, -12 }.Select(mirrored));
        Func<double, double> step = FilmThickness.Step(5, 2, 1, 0.8);
        Assert.Equal(1, step(3.9));
        Assert.Equal(0.9, step(5), 1e-12);
        Assert.Equal(0.8, step(6.1), 1e-12);
    }

    [Fact]
    public void A_film_without_thickness_is_refused()
    {
        Assert.Contains("has no thickness", Assert.Throws<MeshException>(() => new FilmThickness(1, 1, _ => 1)).Message);
        Assert.Contains("multiplier", Assert.Throws<MeshException>(() => Build(1, 2, 2, x => 0.5 - x)).Message);
    }
}
