using FvSolver.Materials;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Physics;

/// <summary>Current of a neutral film in a uniform field, J = 2 q a Gamma0 c_fix s(x) sinh(x) with x = q a
/// E/(2kT) (onen2022, eq. 1, for s = 1).</summary>
public static class BulkCurrent
{
    /// <summary>J [A/m^2] at a field [V/m] and a temperature [K], by any of the hop laws.</summary>
    public static double Density(Device device, HopLaw law, double field, double temperature) =>
        ChargePerHop(device, law, field, temperature) * HopRate.At(device.Psg, temperature);

    /// <summary>J over Gamma0 [C/m^2].</summary>
    public static double ChargePerHop(Device device, HopLaw law, double field, double temperature)
    {
        double a = device.Psg.HopDistance, x = a * field / (2 * ThermalVoltage(temperature));
        return 2 * ElementaryCharge * a * device.Psg.FixedChargeDensity * HopLaws.Factor(device, law, x, temperature) * Math.Sinh(x);
    }
}
