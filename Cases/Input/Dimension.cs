namespace FvSolver.Cases.Input;

/// <summary>Exponents of the base units metre, kilogram, second, ampere, kelvin and mole.</summary>
internal readonly record struct Dimension(double Metre, double Kilogram, double Second, double Ampere, double Kelvin, double Mole)
{
    private const double Tolerance = 1e-9;

    public static Dimension operator *(Dimension a, Dimension b) => new(
        a.Metre + b.Metre, a.Kilogram + b.Kilogram, a.Second + b.Second, a.Ampere + b.Ampere, a.Kelvin + b.Kelvin, a.Mole + b.Mole);

    /// <summary>Each exponent times a number.</summary>
    public Dimension Power(double exponent) => new(
        Metre * exponent, Kilogram * exponent, Second * exponent, Ampere * exponent, Kelvin * exponent, Mole * exponent);

    /// <summary>True when both stand for the same physical quantity.</summary>
    public bool Matches(Dimension other)
    {
        Dimension d = this * other.Power(-1);
        return Math.Abs(d.Metre) + Math.Abs(d.Kilogram) + Math.Abs(d.Second) + Math.Abs(d.Ampere)
            + Math.Abs(d.Kelvin) + Math.Abs(d.Mole) < Tolerance;
    }
}
