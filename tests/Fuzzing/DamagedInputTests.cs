using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Fuzzing;

/// <summary>Whatever is done to an input, it is read or refused in one line; by hand with many more in <c>Host</c>.</summary>
public class DamagedInputTests
{
    // Reading a result takes ten times as long as reading anything else.
    [Theory]
    [InlineData("case", 400)]
    [InlineData("set", 400)]
    [InlineData("study", 400)]
    [InlineData("target", 400)]
    [InlineData("csv", 400)]
    [InlineData("gmsh", 400)]
    [InlineData("hdf5", 60)]
    [InlineData("protocol", 400)]
    public void Every_damaged_input_has_a_documented_ending(string name, int count)
    {
        using var work = new TemporaryDirectory();
        Subject subject = Subject.All.Single(s => s.Name == name);
        // Below zero nothing is damaged: every kind of input is one that is read.
        for (int seed = -20; seed < count; seed++)
        {
            Ending ending = subject.Damage(seed, work.Path).Run();
            Assert.True(ending.IsDocumented && (seed >= 0 || ending.Code == 0), $"seed {seed}: code {ending.Code}, {ending.Error}");
        }
    }
}
