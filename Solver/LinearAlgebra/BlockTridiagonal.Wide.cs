using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

// Levels outside of runs in plain numbers, their blocks by columns in vectors.
public sealed partial class BlockTridiagonal<P>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsWide(int l) => P.LaneCount == 1 && _wide[l] >= 0;

    /// <summary>Number of unknowns of a level, 0 beyond the ends.</summary>
    private int SizeOf(int l) => l < -1 || l > _levels ? 0 : _size[l + 1];

    /// <summary>Eliminates up to two outer neighbours from a wide level.</summary>
    /// <param name="l">Level.</param>
    /// <param name="outer">Outer neighbour, which may lie beyond the end.</param>
    /// <param name="other">Inner neighbour; at the middle the second outer one.</param>
    [MethodImpl(Compilation.HotLoop)]
    private int EliminateWide(int l, int outer, int other)
    {
        int m = _size[l + 1], first = SizeOf(outer), second = SizeOf(other);
        ref double rows = ref _rows[0];
        ref double columns = ref _columns[_wide[l]];
        WideBlocks.Spread(ref rows, ref Numbers(_values, _diagonal[l]), m, m);
        ref double toOuter = ref Numbers(_values, outer < l ? _lower[l] : _upper[l]), toOther = ref Numbers(_values, other < l ? _lower[l] : _upper[l]);
        if (first > 0)
            WideBlocks.AddProduct(ref rows, ref toOuter, ref Numbers(_factor, _inner[outer]), m, first, m);
        if (second > 0 && l == _middle)
            WideBlocks.AddProduct(ref rows, ref toOther, ref Numbers(_factor, _inner[other]), m, second, m);
        int singular = WideBlocks.Invert(ref rows, m);
        if (singular >= 0)
            return _order[_first[l] + singular];
        WideBlocks.Transpose(ref columns, ref rows, m);
        WideBlocks.NegatedProduct(ref Unsafe.Add(ref columns, m * WideBlocks.Width), ref columns, ref toOuter, m, first);
        ref double inner = ref Unsafe.Add(ref columns, (m + first) * WideBlocks.Width);
        WideBlocks.NegatedProduct(ref inner, ref columns, ref toOther, m, second);
        if (l != _middle)
            WideBlocks.Pack(ref Numbers(_factor, _inner[l]), ref inner, m, second);
        return -1;
    }

    /// <summary>y_l = D'^-1 b_l + (-D'^-1 O_l) y_o of a wide level, at the middle with two outer neighbours, in the place of b.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void InwardWide(ref P b, int l, int outer, int other)
    {
        int m = _size[l + 1], first = SizeOf(outer), second = SizeOf(other);
        ref double columns = ref _columns[_wide[l]];
        Vector512<double> own = MultiplyAdd(ref columns, ref b, _first[l], m, Vector512<double>.Zero), sum = Vector512<double>.Zero;
        columns = ref Unsafe.Add(ref columns, m * WideBlocks.Width);
        if (first > 0)
            sum = MultiplyAdd(ref columns, ref b, _first[outer], first, sum);
        if (second > 0)
            sum = MultiplyAdd(ref Unsafe.Add(ref columns, first * WideBlocks.Width), ref b, _first[other], second, sum);
        ref double result = ref MemoryMarshal.GetArrayDataReference(_rows);
        (sum + own).StoreUnsafe(ref result);
        for (int i = 0; i < m; i++)
            Of(ref b, _first[l] + i) = P.From(Unsafe.Add(ref result, i));
    }

    /// <summary>x_l = y_l + (-D'^-1 I_l) x_i of a wide level.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void OutwardWide(ref P b, int l, int inner, int outer)
    {
        int m = _size[l + 1], columns = m + SizeOf(outer);
        var sum = MultiplyAdd(
            ref _columns[_wide[l] + columns * WideBlocks.Width], ref b, _first[inner], SizeOf(inner), Vector512<double>.Zero);
        ref double result = ref MemoryMarshal.GetArrayDataReference(_rows);
        sum.StoreUnsafe(ref result);
        for (int i = 0; i < m; i++)
            Of(ref b, _first[l] + i) += P.From(Unsafe.Add(ref result, i));
    }

    /// <summary>A x + sum, for a block with its columns one every eight places and x from a place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> MultiplyAdd(ref double a, ref P x, int place, int columns, Vector512<double> sum)
    {
        for (int j = 0; j < columns; j++)
            sum = Vector512.FusedMultiplyAdd(
                Vector512.Create(P.Lane(Of(ref x, place + j), 0)), Vector512.LoadUnsafe(ref a, (nuint)(j * WideBlocks.Width)), sum);
        return sum;
    }

    /// <summary>An entry of an array, read as a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double Numbers(P[] array, int index) => ref Unsafe.As<P, double>(ref At(array, index));
}
