using FvSolver.Cases.Studies;
using FvSolver.Solver.Observe;
using Xunit;

namespace FvSolver.Tests.Studies;

public sealed class ThicknessEnsembleTests
{
    private static StudyAnswer Run(params string[] settings) =>
        StudyCase.Run("fig3b", ["study.thicknesses=[5e-9, 14e-9]", "study.devices=[2, 1]", "study.widths=[5e-9, 12e-9, 20e-9]",
            "study.pulses=1", .. settings]);

    [Fact]
    public void The_distance_is_the_same_on_thin_and_on_thick_films()
    {
        StudyAnswer answer = Run("study.read_noise=0");
        Assert.InRange(answer["nominal_5nm"], 5.45e-10, 5.75e-10);
        Assert.InRange(answer["nominal_14nm"], 5.45e-10, 5.75e-10);
        Assert.InRange(answer["exponent_14nm"], 1.15, 1.25);
    }

    [Fact]
    public void Devices_follow_their_seed_and_nothing_else()
    {
        double[] Distances(StudyAnswer a) => [.. a.Points["hopping_distance"]];
        double[] first = Distances(Run());
        Assert.Equal(first, Distances(Run()));
        Assert.All(first.Zip(Distances(Run("study.seed=2"))), p => Assert.NotEqual(p.First, p.Second));
        Assert.Equal(3, first.Distinct().Count());
    }

    [Fact]
    public void A_thicker_device_than_the_fit_believes_looks_like_a_shorter_hop()
    {
        // Only the thickness varies: the field is what the device has, the fit divides by the nominal thickness.
        StudyAnswer answer = Run("study.read_noise=0", "study.spread.1.relative=0", "study.spread.2.relative=0",
            "study.spread.3.relative=0");
        var devices = answer.Points["thickness_actual"].Zip(answer.Points["thickness"], answer.Points["hopping_distance"]).Take(2)
            .ToArray();
        double nominal = answer["nominal_5nm"];
        foreach ((double actual, double thickness, double distance) in devices)
            Assert.Equal(thickness / actual, distance / nominal, 0.3 * Math.Abs(thickness / actual - 1));
    }
}
