using FvSolver.Materials;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Limits;

/// <summary>Gouy-Chapman layer of one mobile species over a fixed background, beside a compact layer.</summary>
/// <remarks>
/// With s = (phi - phi_bulk)/V_T and c = c_fix e^-s, Poisson's equation has the first integral
/// lambda^2 s'^2 = 2 (e^-s - 1 + s): D. C. Grahame, Chem. Rev. 41, 441 (1947), for one mobile sign.
/// </remarks>
internal sealed class DiffuseLayer
{
    private readonly double _length;

    /// <summary>A layer under a total drop from the metal to the bulk.</summary>
    /// <param name="psg">Electrolyte.</param>
    /// <param name="drop">Total drop [V].</param>
    public DiffuseLayer(Electrolyte psg, double drop)
    {
        double thermal = ThermalVoltage(300);
        _length = Math.Sqrt(VacuumPermittivity * psg.RelativePermittivity * thermal / (ElementaryCharge * psg.FixedChargeDensity));
        // The compact layer holds the rest of the drop at the field of the diffuse layer's edge; monotonic in s.
        double total = drop / thermal;
        (double low, double high) = (Math.Min(0, total), Math.Max(0, total));
        for (int i = 0; i < 200; i++)
        {
            double s = (low + high) / 2;
            bool tooLarge = s + Slope(s) * psg.SternThickness > total;
            (low, high) = tooLarge ? (low, s) : (s, high);
        }
        Surface = low;
    }

    /// <summary>s at the plane where the protons end.</summary>
    public double Surface { get; }

    /// <summary>-ds/dz [1/m], of the sign of s.</summary>
    public double Slope(double s)
    {
        // By its series where the closed form cancels.
        double half = Math.Abs(s) < 1e-3 ? s * s * (0.5 - s / 6 + s * s / 24) : Math.Exp(-s) - 1 + s;
        return Math.Sign(s) * Math.Sqrt(2 * half) / _length;
    }

    /// <summary>s at increasing depths [m], by the classical Runge-Kutta method in small steps.</summary>
    public double[] Profile(double[] depth)
    {
        double[] s = new double[depth.Length];
        s[0] = Surface;
        for (int i = 1; i < depth.Length; i++)
        {
            int steps = 200;
            double h = (depth[i] - depth[i - 1]) / steps, x = s[i - 1];
            for (int k = 0; k < steps; k++)
            {
                double a = -Slope(x), b = -Slope(x + h / 2 * a), c = -Slope(x + h / 2 * b), d = -Slope(x + h * c);
                x += h / 6 * (a + 2 * b + 2 * c + d);
            }
            s[i] = x;
        }
        return s;
    }
}
