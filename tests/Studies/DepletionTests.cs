using FvSolver.Cases.Input;
using FvSolver.Cases.Studies;
using Xunit;

namespace FvSolver.Tests.Studies;

public sealed class DepletionTests
{
    [Fact]
    public void A_thick_film_shows_its_donors_in_the_slope_of_its_capacitance()
    {
        StudyAnswer answer = StudyCase.Run("depletion");
        Assert.Empty(answer.Warnings);
        Assert.InRange(answer["density"], 0.98e25, 1.02e25);
        Assert.InRange(answer["width"], 15e-9, 25e-9);
        // 20 of 300 nm are depleted.
        Assert.InRange(answer["conductance_ratio"], 0.85, 0.96);
    }

    [Fact]
    public void Depletion_of_a_neutral_film_is_refused()
    {
        var error = Assert.Throws<InputException>(() => StudyCatalogue.Read(CaseReader.Read("depletion", ["wo3.space_charge=false"])));
        Assert.Contains("wo3.space_charge", error.Message);
    }
}
