using System.Numerics;
using FvSolver.Cases.Electrochemistry;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using Xunit;

namespace FvSolver.Tests.Electrochemistry;

public class ImpedanceTests
{
    /// <summary>A film of a ten-thousandth of the resistance, so that interfaces and store show in the sum.</summary>
    private const string FastFilm = "psg.bulk_current_density=6.5e8 A/m^2";

    private static ImpedanceSpectrum Spectrum(params string[] settings)
    {
        CaseDefinition definition = CaseReader.Read("single",
            [.. settings, "mesh.wo3_uniform=true", "mesh.wo3_cells=400", "mesh.psg_cells=120"]);
        return new(new Potentiostat(definition), ImpedanceSpectrum.Decades(1e-3, 1e10, 3), new RestCircuit(definition.Device));
    }

    [Theory]
    [InlineData("")]
    [InlineData(FastFilm)]
    [InlineData(FastFilm + ";interface.exchange_current_density=0.1 A/m^2")]
    [InlineData(FastFilm + ";pd.exchange_current_density=3 A/m^2;interface.absorption_rate=1e5 1/s")]
    [InlineData(FastFilm + ";preset=n2")]
    [InlineData(FastFilm + ";wo3.diffusion_law=thermodynamic;psg.leakage_conductivity=1e-9 S/m")]
    [InlineData("gate.series_resistance=1 Mohm;psg.thickness=5 nm")]
    public void Impedance_at_rest_is_that_of_the_equivalent_circuit(string settings) =>
        Assert.InRange(Spectrum(settings.Split(';', StringSplitOptions.RemoveEmptyEntries)).WorstDeviation, 0, 0.01);

    [Fact]
    public void Circuit_of_another_device_is_told_apart()
    {
        CaseDefinition definition = CaseReader.Read("single", [FastFilm, "preset=onen2022-v1"]);
        foreach (string change in (string[])["pd.exchange_current_density=500 A/m^2", "interface.exchange_current_density=15 A/m^2",
            "psg.stern_thickness=0.3 nm", "interface.rest_coverage=0.02", "wo3.rest_composition=5e-4", "wo3.diffusivity=1e-13 m^2/s"])
        {
            var circuit = new RestCircuit(definition.With(change).Device);
            Assert.True(new ImpedanceSpectrum(new Potentiostat(definition), ImpedanceSpectrum.Decades(1e-3, 1e10, 2),
                circuit).WorstDeviation > 0.03, change);
        }
    }

    [Fact]
    public void High_frequency_is_the_whole_film_and_low_frequency_the_channel_with_coverage_and_layers()
    {
        CaseDefinition definition = CaseReader.Read("single");
        var circuit = new RestCircuit(definition.Device);
        Complex[] z = new Potentiostat(definition).Impedance([1e-4, 1e12]);
        double C(int k, double f) => -1 / (2 * Math.PI * f * z[k].Imaginary);
        double plates = 1 / (1 / circuit.FilmCapacitance + 2 / circuit.SternCapacitance);
        Assert.Equal(1, C(1, 1e12) / plates, 1e-4);
        // At low frequency all of the voltage is over the channel's interface: its layers charge beside coverage and store.
        double layers = 1 / (1 / circuit.SternCapacitance + 1 / circuit.DiffuseCapacitance);
        Assert.Equal(1, C(0, 1e-4) / (circuit.StoreCapacitance + circuit.AdsorptionCapacitance + layers), 1e-3);
    }

    [Fact]
    public void Slow_signal_about_a_biased_state_gives_the_slope_of_the_charge_between_steady_states()
    {
        CaseDefinition definition = CaseReader.Read("single");
        const double v = 0.8, dv = 1e-3;
        double Charge(double voltage)
        {
            var held = new Potentiostat(definition);
            Assert.True(SteadyState.Reach(held, voltage).IsSettled);
            return held.Device.GateCharge + Constants.ElementaryCharge * held.Inventory.Given;
        }
        var potentiostat = new Potentiostat(definition);
        SteadyState.Reach(potentiostat, v);
        double slope = (Charge(v + dv) - Charge(v - dv)) / (2 * dv);
        Complex z = potentiostat.Impedance([1e-5])[0];
        Assert.Equal(1, -1 / (2 * Math.PI * 1e-5 * z.Imaginary) / slope, 1e-3);
    }
}
