namespace FvSolver.Materials;

/// <summary>Constants of nature (CODATA 2018; the first three are exact in the SI).</summary>
public static class Constants
{
    /// <summary>Elementary charge q [C].</summary>
    public const double ElementaryCharge = 1.602176634e-19;

    /// <summary>Boltzmann constant k [J/K].</summary>
    public const double Boltzmann = 1.380649e-23;

    /// <summary>Avogadro constant [1/mol].</summary>
    public const double Avogadro = 6.02214076e23;

    /// <summary>Mass of a hydrogen molecule [kg].</summary>
    public const double HydrogenMass = 3.3476e-27;

    /// <summary>Vacuum permittivity [F/m].</summary>
    public const double VacuumPermittivity = 8.8541878128e-12;

    /// <summary>Pascals in a bar [Pa/bar].</summary>
    public const double PascalPerBar = 1e5;

    /// <summary>Boltzmann constant over elementary charge k/q [V/K].</summary>
    public const double VoltPerKelvin = Boltzmann / ElementaryCharge;

    /// <summary>Thermal voltage kT/q [V] at a temperature [K].</summary>
    public static double ThermalVoltage(double temperature) => VoltPerKelvin * temperature;
}
