using FvSolver.Cases.Input;
using FvSolver.Cases.Studies;
using FvSolver.Materials;
using Xunit;

namespace FvSolver.Tests.Studies;

public sealed class EnergyTests
{
    [Fact]
    public void The_large_device_carries_30_nA_and_its_film_is_full_within_a_millisecond()
    {
        StudyAnswer answer = StudyCase.Run("energy", "study.until=2 us", "study.pulse.count=5");
        Assert.InRange(answer["current"], 24e-9, 36e-9);
        Assert.InRange(answer["fill_time"], 0.5e-3, 1e-3);
        Assert.InRange(answer["energy_proton"], 13e-18, 18e-18);
        Assert.InRange(answer["energy_capacitive"], 2.4e-15, 2.7e-15);
        Assert.Contains(answer.Warnings, w => w.StartsWith("a closed film cannot carry", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pulse_heats_by_less_than_2_K_and_the_first_law_holds()
    {
        StudyAnswer answer = StudyCase.Run("heating");
        Assert.InRange(answer["rise_5ns"], 0.003, 0.2);
        Assert.InRange(answer["rise_90ns"], answer["rise_5ns"], 2);
        Assert.InRange(answer["energy_imbalance_5ns"], -1e-4, 1e-4);
        Assert.Equal(3.5, answer["bound_films"], 0.1);
        Assert.Equal(20.9, answer["bound_psg"], 0.5);
        Assert.Equal(185, answer["filament"], 0.5);
    }

    [Fact]
    public void More_loss_means_more_heat()
    {
        StudyAnswer plain = StudyCase.Run("heating", "study.widths=5e-9");
        StudyAnswer lossy = StudyCase.Run("heating", "study.widths=5e-9", "psg.loss_tangent=0.05");
        Assert.True(lossy["rise_5ns"] > 3 * plain["rise_5ns"]);
        Assert.InRange(lossy["energy_imbalance_5ns"], -1e-4, 1e-4);
    }

    [Fact]
    public void Rates_span_six_orders_of_magnitude_only_where_the_barrier_yields()
    {
        StudyAnswer answer = StudyCase.Run("speed-limit");
        Assert.InRange(answer["ratio_sinh"], 1e6, 1e7);
        Assert.True(answer["ratio_washboard"] < answer["ratio_saturating"] && answer["ratio_saturating"] < answer["ratio_sinh"]);
        Assert.Equal(answer["ratio_sinh"] / 1000, answer["gain_sinh"], answer["gain_sinh"] * 1e-4);
        // At the field of the rule for E_a the neutral film carries the calibrated current density.
        StudyAnswer bulk = StudyCase.Run("speed-limit", "study.high=0.925e9", "gate.rest_voltage=0.75");
        Assert.Equal(1, bulk["current_density"] / CaseReader.Read("speed-limit").Device.Psg.BulkCurrentDensity, 1e-9);
    }
}
