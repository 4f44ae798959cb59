using FvSolver.Validation.Checks;
using Xunit;

namespace FvSolver.Tests.Validation;

public class BandTests
{
    [Theory]
    [InlineData(1.009, true)]
    [InlineData(1.011, false)]
    [InlineData(0.991, true)]
    [InlineData(0.989, false)]
    public void RelativeBandIsAFractionOfTheExpectedSize(double factor, bool inside)
    {
        Assert.Equal(inside, Band.Relative(0.01).Contains(factor * 40, 40));
        Assert.Equal(inside, Band.Relative(0.01).Contains(factor * -40, -40));
    }

    [Fact]
    public void AbsoluteBandIsInTheUnitOfTheQuantity()
    {
        Assert.True(Band.Absolute(0.5).Contains(40.4, 40));
        Assert.False(Band.Absolute(0.5).Contains(39.4, 40));
    }

    [Fact]
    public void RangeDoesNotLookAtTheExpectedValue()
    {
        Assert.True(Band.Between(17, 23).Contains(17, double.NaN));
        Assert.False(Band.Between(17, 23).Contains(23.1, 20));
        Assert.False(Band.AtMost(2).Contains(2.1, double.NaN));
        Assert.False(Band.AtLeast(2).Contains(1.9, double.NaN));
    }

    [Fact]
    public void NotANumberIsNeverInside() =>
        Assert.All([Band.Relative(1), Band.Absolute(1), Band.Between(-1, 1), Band.AtMost(1), Band.AtLeast(1)],
            band => Assert.False(band.Contains(double.NaN, 0)));

    [Fact]
    public void ANumberThatIsOnlyShownDoesNotMakeACasePass()
    {
        Assert.False(new ValidationOutcome(new Check("x", "1", 1, Band.Shown)).Passed);
        Assert.True(new ValidationOutcome(new Check("x", "1", 1, Band.Shown), new Check("y", "1", 1, 1, Band.Relative(0))).Passed);
    }

    [Fact]
    public void PlaceIsOneAtTheEndOfTheBand()
    {
        Assert.Equal(1, Band.Relative(0.1).Place(44, 40)!.Value, 1e-12);
        Assert.Equal(-1, Band.Between(17, 23).Place(17, 20)!.Value, 1e-12);
        Assert.Null(Band.AtMost(1).Place(0, 0));
    }
}
