namespace FvSolver.Validation.Sections;

/// <summary>Value and derivatives of a field at a place and time.</summary>
/// <param name="Value">Value.</param>
/// <param name="X">Derivative along x.</param>
/// <param name="Z">Derivative along z.</param>
/// <param name="Rate">Derivative by time.</param>
internal readonly record struct Jet(double Value, double X, double Z, double Rate);

/// <summary>A wave in the plane that a field is made to follow: mean + tilt z' + amplitude cos(k x + p) cos(l z
/// + r) (1 + sin(w t)/2), z' = z - origin.</summary>
internal sealed record PlaneWave(double Mean, double Amplitude, double K, double P, double L, double R, double Frequency)
{
    /// <summary>Constant slope along z [1/m].</summary>
    public double Tilt { get; init; }

    /// <summary>Depth at which the tilt is 0 [m].</summary>
    public double Origin { get; init; }

    /// <summary>The field at a place [m] and time [s].</summary>
    public Jet At(double x, double z, double t)
    {
        (double sx, double cx) = Math.SinCos(K * x + P);
        (double sz, double cz) = Math.SinCos(L * z + R);
        (double st, double ct) = Math.SinCos(Frequency * t);
        double now = Amplitude * (1 + 0.5 * st);
        return new(Mean + Tilt * (z - Origin) + now * cx * cz, -now * K * sx * cz, Tilt - now * L * cx * sz,
            Amplitude * cx * cz * 0.5 * Frequency * ct);
    }

    /// <summary>Integral along z between two depths at the time 0, without the tilt.</summary>
    public double StartAlongZ(double x, double top, double bottom) =>
        Mean * (bottom - top) + Amplitude * Math.Cos(K * x + P) * (Math.Sin(L * bottom + R) - Math.Sin(L * top + R)) / L;
}
