using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Arithmetic;

/// <summary>Derivatives by eight local unknowns.</summary>
[method: MethodImpl(Compilation.Operator)]
public readonly struct Gradient8<P>(P d0, P d1, P d2, P d3, P d4, P d5, P d6, P d7) : IGradient<Gradient8<P>, P>
    where P : struct, IParameter<P>
{
    public readonly P D0 = d0;
    public readonly P D1 = d1;
    public readonly P D2 = d2;
    public readonly P D3 = d3;
    public readonly P D4 = d4;
    public readonly P D5 = d5;
    public readonly P D6 = d6;
    public readonly P D7 = d7;

    /// <inheritdoc/>
    public P this[int index]
    {
        [MethodImpl(Compilation.Operator)]
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, 7u, nameof(index));
            return Unsafe.Add(ref Unsafe.AsRef(in D0), index);
        }
    }

    public static int Capacity => 8;

    public static Gradient8<P> Zero => default;

    [MethodImpl(Compilation.Operator)]
    public static Gradient8<P> operator +(Gradient8<P> a, Gradient8<P> b) => typeof(P) == typeof(Scalar)
        ? Pack(Unpack(a) + Unpack(b))
        : new(a.D0 + b.D0, a.D1 + b.D1, a.D2 + b.D2, a.D3 + b.D3, a.D4 + b.D4, a.D5 + b.D5, a.D6 + b.D6, a.D7 + b.D7);

    [MethodImpl(Compilation.Operator)]
    public static Gradient8<P> operator -(Gradient8<P> a, Gradient8<P> b) => typeof(P) == typeof(Scalar)
        ? Pack(Unpack(a) - Unpack(b))
        : new(a.D0 - b.D0, a.D1 - b.D1, a.D2 - b.D2, a.D3 - b.D3, a.D4 - b.D4, a.D5 - b.D5, a.D6 - b.D6, a.D7 - b.D7);

    [MethodImpl(Compilation.Operator)]
    public static Gradient8<P> operator -(Gradient8<P> a) => typeof(P) == typeof(Scalar)
        ? Pack(-Unpack(a))
        : new(-a.D0, -a.D1, -a.D2, -a.D3, -a.D4, -a.D5, -a.D6, -a.D7);

    [MethodImpl(Compilation.Operator)]
    public static Gradient8<P> operator *(Gradient8<P> a, P b) => typeof(P) == typeof(Scalar)
        ? Pack(Unpack(a) * P.Lane(b, 0))
        : new(a.D0 * b, a.D1 * b, a.D2 * b, a.D3 * b, a.D4 * b, a.D5 * b, a.D6 * b, a.D7 * b);

    [MethodImpl(Compilation.Operator)]
    public static Gradient8<P> Combine(Gradient8<P> a, P s, Gradient8<P> b, P t) => typeof(P) == typeof(Scalar)
        ? Pack(Vector512.FusedMultiplyAdd(Unpack(a), Vector512.Create(P.Lane(s, 0)), Unpack(b) * P.Lane(t, 0)))
        : new(a.D0 * s + b.D0 * t, a.D1 * s + b.D1 * t, a.D2 * s + b.D2 * t, a.D3 * s + b.D3 * t, a.D4 * s + b.D4 * t, a.D5 * s + b.D5 * t,
            a.D6 * s + b.D6 * t, a.D7 * s + b.D7 * t);

    // With plain numbers the entries are 8 doubles in a row: one register.
    [MethodImpl(Compilation.Operator)]
    private static Vector512<double> Unpack(Gradient8<P> a) => Unsafe.BitCast<Gradient8<P>, Vector512<double>>(a);

    [MethodImpl(Compilation.Operator)]
    private static Gradient8<P> Pack(Vector512<double> a) => Unsafe.BitCast<Vector512<double>, Gradient8<P>>(a);

    /// <inheritdoc/>
    [MethodImpl(Compilation.Operator)]
    public static Gradient8<P> Seed(int index)
    {
        if (typeof(P) == typeof(Scalar))
            return Pack(Vector512.Equals(Vector512<long>.Indices, Vector512.Create((long)index)).AsDouble() & Vector512<double>.One);
        P one = P.From(1), zero = default;
        return new(index == 0 ? one : zero, index == 1 ? one : zero, index == 2 ? one : zero, index == 3 ? one : zero,
            index == 4 ? one : zero, index == 5 ? one : zero, index == 6 ? one : zero, index == 7 ? one : zero);
    }
}
