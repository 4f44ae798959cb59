using FvSolver.Materials;

namespace FvSolver.Validation.Twin;

/// <summary>Parameter sets for which an independent solver has published converged values.</summary>
internal static class ReferenceSets
{
    /// <summary>The default preset with an inexhaustible gate.</summary>
    public static Device Default(double thickness) => Calibration.Resolve(new Device
    {
        Psg = new() { Thickness = thickness },
        Pd = new() { FiniteReservoir = false },
    });

    /// <summary>Set R1: thick compact layers, interfaces of equal speed.</summary>
    public static Device R1(double thickness) => Calibration.Resolve(new Device
    {
        Psg = new()
        {
            Thickness = thickness,
            SternThickness = 0.28e-9,
            HopDistance = 0.56e-9,
            FixedChargeDensity = 1e25,
            BulkCurrentDensity = 4e4,
        },
        Pd = new() { ExchangeCurrentDensity = 100, FiniteReservoir = false },
        Interface = new() { ExchangeCurrentDensity = 100, RestCoverage = 1e-3 },
        Wo3 = new() { RestComposition = 3.4e-4, Diffusivity = 1e-14 },
    });

    /// <summary>Set R1 with two dilute species per hydrogen.</summary>
    public static Device R1TwoSpecies()
    {
        Device r1 = R1(10e-9);
        return r1 with
        {
            Interface = r1.Interface with { ExchangeCurrentDensity = 30, AbsorptionRate = 1e6 },
            Wo3 = r1.Wo3 with { RestComposition = 2.2e-4, DiluteSpecies = 2 },
        };
    }
}
