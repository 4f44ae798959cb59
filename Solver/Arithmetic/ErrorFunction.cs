namespace FvSolver.Solver.Arithmetic;

/// <summary>The error function, for one double.</summary>
internal static class ErrorFunction
{
    /// <summary>Complementary error function.</summary>
    /// <remarks>
    /// For |x| &lt; 1.25 from the series erf(x) = 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1)/(2n+1)!! (Abramowitz and Stegun 7.1.6),
    /// else from the continued fraction 7.1.14 (120 terms are exact to rounding there). The rounding error of x^2 is
    /// carried along. Relative error at most 1e-14 up to 26, where the result leaves the normal numbers.
    /// </remarks>
    public static double Complementary(double x)
    {
        double a = Math.Abs(x);
        double square = a * a;
        double gauss = Math.Exp(-square) * (1 - Math.FusedMultiplyAdd(a, a, -square));
        double upper;
        if (a < 1.25)
        {
            double term = a, sum = a;
            for (int n = 1; term > 1e-17 * sum; n++)
            {
                term *= 2 * square / (2 * n + 1);
                sum += term;
            }
            upper = 1 - 2 / Math.Sqrt(Math.PI) * gauss * sum;
        }
        else if (a < 30)
        {
            double fraction = a;
            for (int n = 120; n > 0; n--)
                fraction = a + 0.5 * n / fraction;
            upper = gauss / (Math.Sqrt(Math.PI) * fraction);
        }
        else
        {
            upper = 0;
        }
        return x < 0 ? 2 - upper : upper;
    }
}
