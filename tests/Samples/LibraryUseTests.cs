using Xunit;

namespace FvSolver.Tests.Samples;

public class LibraryUseTests
{
    [Fact]
    public void The_sample_of_the_readme_raises_and_lowers_the_conductance()
    {
        var text = new StringWriter();
        IReadOnlyList<double> g = LibraryUse.Run(text);
        Assert.Equal(41, g.Count);
        for (int i = 1; i <= 40; i++)
            Assert.Equal(i <= 20, g[i] > g[i - 1]);
        Assert.Equal(40, text.ToString().Trim().Split('\n').Length);
    }
}
