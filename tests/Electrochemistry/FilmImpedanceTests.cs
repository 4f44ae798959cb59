using FvSolver.Cases.Electrochemistry;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using Xunit;
using static FvSolver.Materials.Constants;

namespace FvSolver.Tests.Electrochemistry;

/// <summary>Impedance and capacitance of a film with space charge.</summary>
public class FilmImpedanceTests
{
    private const double Donors = 1e25, Permittivity = 50;

    [Theory]
    [InlineData(-4)]
    [InlineData(-8)]
    public void A_depleted_film_is_a_capacitor_in_series_with_the_electrolyte(double volts)
    {
        // Nothing hops, reacts or diffuses: a semiconductor with fixed donors under a capacitor.
        CaseDefinition definition = CaseReader.Read("single", ["mesh.psg_cells=60"]);
        Device frozen = definition.Device with
        {
            Psg = definition.Device.Psg with { ActivationEnergy = 3 },
            Pd = definition.Device.Pd with { ExchangeCurrentDensity = 1e-30 },
            Interface = definition.Device.Interface with { ExchangeCurrentDensity = 1e-30, AbsorptionRate = 1e-30 },
            Wo3 = definition.Device.Wo3 with
            {
                SpaceCharge = true,
                Permittivity = Permittivity,
                Thickness = 300e-9,
                Diffusivity = 1e-40,
                RestComposition = Donors / definition.Device.Wo3.SiteDensity,
            },
        };
        var potentiostat = new Potentiostat(definition with { Device = frozen });
        double rest = potentiostat.Device.GateVoltage;
        double film = Film(potentiostat, frozen);
        Assert.Equal(1, film / Math.Sqrt(Permittivity * VacuumPermittivity * ElementaryCharge * Donors / ThermalVoltage(300)), 0.02);
        potentiostat.Ramp(rest + volts, 1e-9);
        // The first integral of Poisson's equation, D^2 = 2 eps q N [V_T (e^u - 1) - phi_s], and its derivative.
        double phi = potentiostat.Device.State[potentiostat.Device.Layout.FilmPotential], thermal = ThermalVoltage(300);
        double charge = Permittivity * VacuumPermittivity * ElementaryCharge * Donors, lost = 1 - Math.Exp(phi / thermal);
        double expected = charge * lost / Math.Sqrt(2 * charge * (-phi - thermal * lost));
        Assert.Equal(1, Film(potentiostat, frozen) / expected, 0.01);
    }

    /// <summary>Capacitance of the film [F/m^2]: what the impedance at 1 MHz has beyond the electrolyte.</summary>
    private static double Film(Potentiostat potentiostat, Device device)
    {
        System.Numerics.Complex z = potentiostat.Impedance([1e6])[0];
        Assert.True(Math.Abs(z.Real) < 1e-6 * z.Magnitude);
        double perArea = -z.Imaginary * 2 * Math.PI * 1e6 * device.Geometry.Area;
        return 1 / (perArea - device.Psg.Thickness / (device.Psg.RelativePermittivity * VacuumPermittivity));
    }
}
