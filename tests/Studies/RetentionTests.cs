using FvSolver.Cases.Studies;
using Xunit;

namespace FvSolver.Tests.Studies;

public sealed class RetentionTests
{
    private static StudyAnswer Run(double leak) =>
        StudyCase.Run("fig2b", "study.levels=[1, 1.1]", "study.samples=10", $"study.leakage={leak:R}");

    [Fact]
    public void Without_leak_states_are_flat_and_with_it_they_fall_by_the_leak_law()
    {
        StudyAnswer answer = Run(1e-14);
        Assert.InRange(answer["flatness"], 0, 1e-6);
        Assert.InRange(answer["leak_law"], 0, 0.01);
        Assert.Empty(answer.Warnings);
        Assert.True(answer["leak_bound_1_1"] > answer["leak_bound_1"], "a state that holds more loses a smaller part");
    }

    [Fact]
    public void The_bound_on_the_leak_loses_what_it_says()
    {
        double bound = Run(1e-14)["leak_conductivity_bound"];
        StudyAnswer answer = Run(bound);
        // 1 % in 99 s is a decay time of 100 s / 0.01.
        Assert.InRange(answer["decay_time_1"], 0.99e4, 1.01e4);
    }
}
