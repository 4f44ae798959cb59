namespace FvSolver.Solver.Kinetic;

/// <summary>A trapezoid from the present gate voltage and back to it, then a hold, after which the gate opens.</summary>
/// <param name="Amplitude">Amplitude [V]; NaN for a hold alone.</param>
/// <param name="Width">Width from base to base [s].</param>
/// <param name="Edge">Rise and fall time [s].</param>
/// <param name="Hold">Time at the base voltage before the gate opens [s].</param>
public readonly record struct FilmPulse(double Amplitude, double Width, double Edge, double Hold);

/// <summary>What one pulse brought through the lead, in protons.</summary>
/// <param name="Mean">Without the noise of the electrons at the moment when the gate opens: the noise of the pulse alone.</param>
/// <param name="Step">With it, an integer: what is frozen.</param>
public readonly record struct PulseCharge(double Mean, int Step);
