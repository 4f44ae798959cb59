using FvSolver.Cases.Studies;
using Xunit;

namespace FvSolver.Tests.Studies;

public sealed class FixedCountsTests
{
    [Fact]
    public void A_film_that_is_short_of_electrons_gives_hardly_a_step_down_and_a_neutral_one_a_whole()
    {
        StudyAnswer answer = StudyCase.Run("endurance", "study.count=2", "study.cycles=2", "study.amplitudes_down=[-8.5]",
            "study.permittivities=[50]",
            "study.localised_densities=[0, 2e17]");
        Assert.Equal(3, answer.Points.Count);
        double[] first = [.. answer.Points["first_down"]];
        Assert.InRange(first[0], 0.97, 1.03);
        Assert.InRange(first[1], 0, 0.02);
        Assert.InRange(first[2], 0.7, 0.9);
        // What does not go down adds up.
        Assert.Equal([2.0, 2, 2], answer.Points["cycles"]);
        Assert.InRange(answer["base_1"] - 1, 0.05, 0.08);
        Assert.InRange(Math.Abs(answer["base_0"] - 1), 0, 0.01);
    }
}
