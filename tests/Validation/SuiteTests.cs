using FvSolver.Validation;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Running;
using Xunit;

namespace FvSolver.Tests.Validation;

public class SuiteTests
{
    // These take seconds each with their mistake; "validate --quick --controls" runs them.
    private static readonly string[] s_slow =
    [
        "mission.", "twin.", "conservation.", "limits.gouy", "limits.frumkin", "limits.space-charge", "limits.film-equilibrium",
        "limits.film-steps", "limits.held-gate", "verification.space-order",
        "verification.time-order-device", "figures.response", "figures.retention", "noise.", "maps.temperature",
    ];

    /// <summary>Cases that take no more than a fraction of a second.</summary>
    private static ValidationCase[] Fast => [.. Suite.Cases.Where(c => c.Quick && !s_slow.Any(c.Id.StartsWith))];

    public static TheoryData<string> FastIds => [.. Fast.Select(c => c.Id)];

    public static TheoryData<string> SlowIds => [.. Suite.Cases.Where(c => c.Quick).Except(Fast).Select(c => c.Id)];

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
        Assert.False(string.IsNullOrWhiteSpace(c.Equation) || string.IsNullOrWhiteSpace(c.Source)
            || string.IsNullOrWhiteSpace(c.Control.Mistake));
    });

    [Fact]
    public void TheSuiteHasAtLeastFiftyCases() => Assert.InRange(Suite.Cases.Count, 50, int.MaxValue);

    [Theory]
    [MemberData(nameof(SlowIds))]
    public void Passes(string id)
    {
        ValidationOutcome outcome = Suite.Cases.Single(c => c.Id == id).Run(new RunContext(quick: true));
        Assert.True(outcome.Passed, string.Join("; ", outcome.Checks.Where(c => !c.Passed)));
    }

    [Fact]
    public void EveryCaseClassIsInTheSuite()
    {
        IEnumerable<Type> classes = typeof(Suite).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ValidationCase)) && !t.IsAbstract);
        Assert.Empty(classes.Except(Suite.Cases.Select(c => c.GetType())));
    }
}
