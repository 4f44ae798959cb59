using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Materials;
using FvSolver.Solver.Observe;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>A gate in equilibrium with the glass at any time: its rates are differences of one-way rates that are larger by far.</summary>
public class FastExchangeTests
{
    [Theory]
    [InlineData("1e12")]
    [InlineData("1e15")]
    public void Energy_of_the_protons_has_a_limit(string exchange)
    {
        (double protons, double energy) = Pulse(exchange);
        (double before, double limit) = Pulse("1e10");
        Assert.Equal(before, protons, 1e-4 * before);
        Assert.Equal(limit, energy, 1e-3 * limit);
        // What is given on an edge has crossed at less than the amplitude.
        Assert.InRange(energy / (protons * Constants.ElementaryCharge), 9, 10);
    }

    private static (double Protons, double Energy) Pulse(string exchange)
    {
        IReadOnlyDictionary<string, Figure> figures = CaseFigures.Of(
            CaseReader.Read("single", ["preset=onen2022-v1", "pd.exchange_current_density=" + exchange], acceptImplausible: true),
            ["protons_per_pulse", "energy_proton"]);
        return (figures["protons_per_pulse"].Value, figures["energy_proton"].Value);
    }
}
