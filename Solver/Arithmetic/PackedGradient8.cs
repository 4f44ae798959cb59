using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Arithmetic;

/// <summary>Derivatives of a plain number by eight local unknowns; for <see cref="Scalar"/> only.</summary>
/// <remarks>
/// A structure around one vector stays in a register, where one of eight numbers, as <see cref="Gradient8{P}"/> is for lanes too, goes
/// through memory with every operation.
/// </remarks>
[method: MethodImpl(Compilation.Operator)]
public readonly struct PackedGradient8<P>(Vector512<double> value) : IGradient<PackedGradient8<P>, P>
    where P : struct, IParameter<P>
{
    private readonly Vector512<double> _value = value;

    /// <inheritdoc/>
    public P this[int index]
    {
        [MethodImpl(Compilation.Operator)]
        get => P.From(_value.GetElement(index));
    }

    public static int Capacity => 8;

    public static PackedGradient8<P> Zero => default;

    [MethodImpl(Compilation.Operator)]
    public static PackedGradient8<P> operator +(PackedGradient8<P> a, PackedGradient8<P> b) => new(a._value + b._value);

    [MethodImpl(Compilation.Operator)]
    public static PackedGradient8<P> operator -(PackedGradient8<P> a, PackedGradient8<P> b) => new(a._value - b._value);

    [MethodImpl(Compilation.Operator)]
    public static PackedGradient8<P> operator -(PackedGradient8<P> a) => new(-a._value);

    [MethodImpl(Compilation.Operator)]
    public static PackedGradient8<P> operator *(PackedGradient8<P> a, P b) => new(a._value * P.Lane(b, 0));

    [MethodImpl(Compilation.Operator)]
    public static PackedGradient8<P> Combine(PackedGradient8<P> a, P s, PackedGradient8<P> b, P t) =>
        new(Vector512.FusedMultiplyAdd(a._value, Vector512.Create(P.Lane(s, 0)), b._value * P.Lane(t, 0)));

    /// <inheritdoc/>
    [MethodImpl(Compilation.Operator)]
    public static PackedGradient8<P> Seed(int index) =>
        new(Vector512.Equals(Vector512<long>.Indices, Vector512.Create((long)index)).AsDouble() & Vector512<double>.One);
}
