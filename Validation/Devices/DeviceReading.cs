namespace FvSolver.Validation.Devices;

/// <summary>What has moved since rest, per area [m^-2], and the gate voltage [V].</summary>
/// <param name="Wo3">Hydrogen in WO3 above rest.</param>
/// <param name="Coverage">Adsorbed hydrogen at PSG/WO3 above rest, Gamma_s (theta - theta_0).</param>
/// <param name="GivenByPd">Hydrogen given by the gate.</param>
/// <param name="GateVoltage">Gate voltage V_G.</param>
public readonly record struct DeviceReading(double Wo3, double Coverage, double GivenByPd, double GateVoltage);
