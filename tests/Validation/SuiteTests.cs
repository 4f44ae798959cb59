using FvSolver.Validation;
using FvSolver.Validation.Running;
using Xunit;

namespace FvSolver.Tests.Validation;

public class SuiteTests
{
    /// <summary>Cases that take no more than milliseconds; the rest runs with the quick suite.</summary>
    private static ValidationCase[] Fast => [.. Suite.Cases.Where(c => c.Group != CaseGroup.Twin && c.Quick)];

    public static TheoryData<string> FastIds => [.. Fast.Select(c => c.Id)];

    [Theory]
    [MemberData(nameof(FastIds))]
    public void PassesAndCatchesItsMistake(string id)
    {
        ValidationCase item = Fast.Single(c => c.Id == id);
        CaseResult result = new Runner(quick: true, controls: true, workers: 1).Run([item], _ => { })[0];
        Assert.Null(result.Run.Error);
        Assert.True(result.Run.Passed, string.Join("; ", result.Run.Outcome!.Checks.Where(c => !c.Passed)));
        Assert.True(result.MistakeCaught, $"{item.Control.Mistake} is not caught");
    }

    [Fact]
    public void IdsAreUniqueAndStartWithTheirGroup()
    {
        Assert.Equal(Suite.Cases.Count, Suite.Cases.Select(c => c.Id).Distinct().Count());
        Assert.All(Suite.Cases, c => Assert.StartsWith($"{c.Group.ToString().ToLowerInvariant()}.", c.Id));
    }

    [Fact]
    public void EveryCaseSaysWhatItTestsWhereFromAndWhatBreaksIt() => Assert.All(Suite.Cases, c =>
    {
        Assert.False(string.IsNullOrWhiteSpace(c.Title) || c.Title.EndsWith('.'));
        Assert.False(string.IsNullOrWhiteSpace(c.Equation) || string.IsNullOrWhiteSpace(c.Source) || string.IsNullOrWhiteSpace(c.Control.Mistake));
    });

    [Fact]
    public void EveryCaseClassIsInTheSuite()
    {
        IEnumerable<Type> classes = typeof(Suite).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ValidationCase)) && !t.IsAbstract);
        Assert.Empty(classes.Except(Suite.Cases.Select(c => c.GetType())));
    }
}
