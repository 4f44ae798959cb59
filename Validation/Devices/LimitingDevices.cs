using FvSolver.Materials;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Devices;

/// <summary>Devices in which one process alone decides.</summary>
internal static class LimitingDevices
{
    /// <summary>Thickness of a channel that takes up any charge of these cases at constant composition [m].</summary>
    private const double Endless = 1e-3;

    /// <summary>PSG that conducts at once, a channel that never fills, and both interfaces infinitely fast.</summary>
    /// <param name="protonDensity">Protons of PSG [m^-3]; 1e32 makes the Debye length vanish.</param>
    public static Device Fast(double protonDensity) => new()
    {
        Psg = new() { FixedChargeDensity = protonDensity, ActivationEnergy = 0.3 },
        Pd = new() { ExchangeCurrentDensity = 1e12, FiniteReservoir = false },
        Interface = new() { ExchangeCurrentDensity = 1e12, RestCoverage = 0.5, SiteDensity = 1e20, AbsorptionRate = 1e12 },
        Wo3 = new() { RestComposition = 0.5, Thickness = Endless, Diffusivity = 1e3 },
    };

    /// <summary>The same with a slow Pd interface.</summary>
    public static Device SlowGate(double protonDensity, double exchange, double alpha)
    {
        Device d = Fast(protonDensity);
        return d with { Pd = d.Pd with { ExchangeCurrentDensity = exchange, TransferCoefficient = alpha } };
    }

    /// <summary>The same with a slow channel interface.</summary>
    public static Device SlowChannel(double protonDensity, double exchange, double alpha)
    {
        Device d = Fast(protonDensity);
        return d with { Interface = d.Interface with { ExchangeCurrentDensity = exchange, TransferCoefficient = alpha } };
    }

    /// <summary>PSG whose protons stand still: a plate capacitor.</summary>
    public static Device Frozen => new()
    {
        Psg = new() { ActivationEnergy = 3 },
        Pd = new() { ExchangeCurrentDensity = 1e-30 },
        Interface = new() { ExchangeCurrentDensity = 1e-30, AbsorptionRate = 1e-30 },
    };

    /// <summary>A fine mesh of PSG.</summary>
    public static MeshSettings Fine(int cells) => new() { Psg = PsgNodes.Tanh, PsgCells = cells };
}
