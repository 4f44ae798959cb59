using System.Numerics;

namespace FvSolver.Tests.Arithmetic;

/// <summary>A binary floating-point number of 400 bits: mantissa times a power of two.</summary>
internal readonly struct Wide
{
    private const int Bits = 400;

    private readonly BigInteger _mantissa;
    private readonly int _exponent;

    public Wide(BigInteger mantissa, int exponent)
    {
        int excess = (int)mantissa.GetBitLength() - Bits;
        (_mantissa, _exponent) = excess > 0 ? (mantissa >> excess, exponent + excess) : (mantissa, exponent);
    }

    public bool IsZero => _mantissa.IsZero;

    public int Sign => _mantissa.Sign;

    public static implicit operator Wide(int value) => new(value, 0);

    /// <summary>Exactly the double.</summary>
    public static implicit operator Wide(double value)
    {
        if (value == 0)
            return default;
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52 & 0x7ff);
        long mantissa = bits & 0xfffffffffffff;
        if (exponent == 0)
            exponent = 1;
        else
            mantissa |= 1L << 52;
        return new(value < 0 ? -mantissa : mantissa, exponent - 1075);
    }

    public static Wide operator +(Wide a, Wide b)
    {
        if (a.IsZero)
            return b;
        if (b.IsZero)
            return a;
        if (a._exponent < b._exponent)
            (a, b) = (b, a);
        int shift = a._exponent - b._exponent;
        // A number that far below leaves no trace in 400 bits.
        return shift > 4 * Bits ? a : new((a._mantissa << shift) + b._mantissa, b._exponent);
    }

    public static Wide operator -(Wide a) => new(-a._mantissa, a._exponent);

    public static Wide operator -(Wide a, Wide b) => a + -b;

    public static Wide operator *(Wide a, Wide b) => new(a._mantissa * b._mantissa, a._exponent + b._exponent);

    public static Wide operator /(Wide a, Wide b)
    {
        int shift = 2 * Bits;
        return new((a._mantissa << shift) / b._mantissa, a._exponent - shift - b._exponent);
    }

    public static bool operator <(Wide a, Wide b) => (a - b).Sign < 0;

    public static bool operator >(Wide a, Wide b) => (a - b).Sign > 0;

    public static Wide Abs(Wide a) => a.Sign < 0 ? -a : a;

    /// <summary>a 2^n.</summary>
    public static Wide Scale(Wide a, int n) => new(a._mantissa, a._exponent + n);

    public static Wide Sqrt(Wide a)
    {
        if (a.IsZero)
            return a;
        int shift = 2 * Bits + (a._exponent & 1);
        BigInteger target = a._mantissa << shift;
        BigInteger root = BigInteger.One << (int)(target.GetBitLength() / 2 + 1);
        while (true)
        {
            BigInteger next = root + target / root >> 1;
            if (next >= root)
                return new(root, (a._exponent - shift) / 2);
            root = next;
        }
    }

    /// <summary>The nearest double, but for a double rounding.</summary>
    public double ToDouble()
    {
        int excess = Math.Max(0, (int)_mantissa.GetBitLength() - 62);
        return Math.ScaleB((double)(_mantissa >> excess), _exponent + excess);
    }
}
