namespace FvSolver.Validation.Sections;

/// <summary>The complete elliptic integral of the first kind.</summary>
internal static class EllipticIntegral
{
    /// <summary>K(k'), given k: pi/2 over the arithmetic-geometric mean of 1 and k.</summary>
    public static double OfComplement(double k)
    {
        double a = 1, b = k;
        while (a - b > 1e-15 * a)
            (a, b) = ((a + b) / 2, Math.Sqrt(a * b));
        return Math.PI / (a + b);
    }

    /// <summary>K(k)/K(k') by modulus and complementary modulus: the conductance of a square of
    /// conductivity 1 that maps onto them.</summary>
    public static double Ratio(double k, double complement) => OfComplement(complement) / OfComplement(k);
}
