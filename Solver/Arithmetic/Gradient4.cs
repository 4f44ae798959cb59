using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Arithmetic;

/// <summary>Derivatives by four local unknowns.</summary>
[method: MethodImpl(Compilation.Operator)]
public readonly struct Gradient4<P>(P d0, P d1, P d2, P d3) : IGradient<Gradient4<P>, P>
    where P : struct, IParameter<P>
{
    public readonly P D0 = d0;
    public readonly P D1 = d1;
    public readonly P D2 = d2;
    public readonly P D3 = d3;

    /// <inheritdoc/>
    public P this[int index]
    {
        [MethodImpl(Compilation.Operator)]
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, 3u, nameof(index));
            return Unsafe.Add(ref Unsafe.AsRef(in D0), index);
        }
    }

    public static int Capacity => 4;

    public static Gradient4<P> Zero => default;

    [MethodImpl(Compilation.Operator)]
    public static Gradient4<P> operator +(Gradient4<P> a, Gradient4<P> b) => typeof(P) == typeof(Scalar)
        ? Pack(Unpack(a) + Unpack(b))
        : new(a.D0 + b.D0, a.D1 + b.D1, a.D2 + b.D2, a.D3 + b.D3);

    [MethodImpl(Compilation.Operator)]
    public static Gradient4<P> operator -(Gradient4<P> a, Gradient4<P> b) => typeof(P) == typeof(Scalar)
        ? Pack(Unpack(a) - Unpack(b))
        : new(a.D0 - b.D0, a.D1 - b.D1, a.D2 - b.D2, a.D3 - b.D3);

    [MethodImpl(Compilation.Operator)]
    public static Gradient4<P> operator -(Gradient4<P> a) => typeof(P) == typeof(Scalar)
        ? Pack(-Unpack(a))
        : new(-a.D0, -a.D1, -a.D2, -a.D3);

    [MethodImpl(Compilation.Operator)]
    public static Gradient4<P> operator *(Gradient4<P> a, P b) => typeof(P) == typeof(Scalar)
        ? Pack(Unpack(a) * P.Lane(b, 0))
        : new(a.D0 * b, a.D1 * b, a.D2 * b, a.D3 * b);

    [MethodImpl(Compilation.Operator)]
    public static Gradient4<P> Combine(Gradient4<P> a, P s, Gradient4<P> b, P t) => typeof(P) == typeof(Scalar)
        ? Pack(Vector256.FusedMultiplyAdd(Unpack(a), Vector256.Create(P.Lane(s, 0)), Unpack(b) * P.Lane(t, 0)))
        : new(a.D0 * s + b.D0 * t, a.D1 * s + b.D1 * t, a.D2 * s + b.D2 * t, a.D3 * s + b.D3 * t);

    // With plain numbers the entries are 4 doubles in a row: one register.
    [MethodImpl(Compilation.Operator)]
    private static Vector256<double> Unpack(Gradient4<P> a) => Unsafe.BitCast<Gradient4<P>, Vector256<double>>(a);

    [MethodImpl(Compilation.Operator)]
    private static Gradient4<P> Pack(Vector256<double> a) => Unsafe.BitCast<Vector256<double>, Gradient4<P>>(a);

    /// <inheritdoc/>
    [MethodImpl(Compilation.Operator)]
    public static Gradient4<P> Seed(int index)
    {
        P one = P.From(1), zero = default;
        return new(index == 0 ? one : zero, index == 1 ? one : zero, index == 2 ? one : zero, index == 3 ? one : zero);
    }
}
