namespace FvSolver.Cases.Sampling;

/// <summary>A Gaussian random field of mean 0 and variance 1 whose covariance falls as e^(-(r/l)^2), the
/// same for one seed on every machine.</summary>
/// <remarks>
/// Sum of cosines with wave vectors drawn from the spectrum of the covariance, normal with standard deviation sqrt(2)/l a
/// component, and random phases (M. Shinozuka, G. Deodatis, Appl. Mech. Rev. 44 (1991) 191).
/// </remarks>
public sealed class RandomField
{
    private const int Modes = 256;

    private readonly double[] _kx = new double[Modes], _kz = new double[Modes], _phase = new double[Modes];

    /// <summary>A field.</summary>
    /// <param name="correlation">Correlation length l [m].</param>
    /// <param name="seed">Seed.</param>
    public RandomField(double correlation, int seed)
    {
        var random = new CounterRandom(seed, 0, 0);
        double width = Math.Sqrt(2) / correlation;
        for (int i = 0; i < Modes; i++)
        {
            // Two normal numbers at a time (Box and Muller).
            double radius = width * Math.Sqrt(-2 * Math.Log(random.NextUnit())), angle = 2 * Math.PI * random.NextUnit();
            (_kx[i], _kz[i]) = (radius * Math.Cos(angle), radius * Math.Sin(angle));
            _phase[i] = 2 * Math.PI * random.NextUnit();
        }
    }

    /// <summary>Value at a place [m].</summary>
    public double At(double x, double z)
    {
        double sum = 0;
        for (int i = 0; i < Modes; i++)
            sum += Math.Cos(_kx[i] * x + _kz[i] * z + _phase[i]);
        return sum * Math.Sqrt(2.0 / Modes);
    }
}
