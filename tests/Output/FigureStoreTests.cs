using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Cases.Output.Hdf5;
using Xunit;

namespace FvSolver.Tests.Output;

public class FigureStoreTests
{
    [Fact]
    public void A_stored_figure_is_the_same_figure()
    {
        FigureSpec figure = Sample.Figure();
        var plots = new DataGroup();
        FigureStore.Add(plots, figure);
        FigureSpec read = FigureStore.Read(figure.Name, plots.Groups[figure.Name]);

        Assert.Equal(figure with { Panels = [] }, read with { Panels = [] });
        Assert.Equal(figure.Panels.Count, read.Panels.Count);
        for (int i = 0; i < figure.Panels.Count; i++)
        {
            PanelSpec a = figure.Panels[i], b = read.Panels[i];
            Assert.Equal((a.X, a.Y, a.Title, a.EqualScales), (b.X, b.Y, b.Title, b.EqualScales));
            Assert.Equal(a.References, b.References);
            Assert.Equivalent(a.Curves, b.Curves, strict: true);
            Assert.Equivalent(a.Map, b.Map, strict: true);
        }
    }

    [Fact]
    public void A_grid_becomes_triangles_that_cover_it()
    {
        MapSpec map = MapSpec.OnGrid("v", "1", [0, 1, 3], [0, 2], [0, 1, 2, 3, 4, 5]);
        double area = 0;
        for (int t = 0; t < map.Triangles.Length; t += 3)
        {
            (int a, int b, int c) = (map.Triangles[t], map.Triangles[t + 1], map.Triangles[t + 2]);
            area += 0.5 * Math.Abs((map.X[b] - map.X[a]) * (map.Y[c] - map.Y[a]) - (map.X[c] - map.X[a]) * (map.Y[b] - map.Y[a]));
        }
        Assert.Equal(6, area, 12);
        Assert.Throws<ArgumentException>(() => MapSpec.OnGrid("v", "1", [0, 1], [0], [1, 2, 3]));
    }
}
