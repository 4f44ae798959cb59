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

    /// <summary>Eliminates up to two outer neighbours from a wide level.</summary>
    /// <param name="l">Level.</param>
    /// <param name="outer">Outer neighbour, which may lie beyond the end.</param>
    /// <param name="other">Inner neighbour; at the middle the second outer one.</param>
    [MethodImpl(Compilation.HotLoop)]
    private int EliminateWide(int l, int outer, int other)
    {
        int m = _size[l + 1], first = SizeOf(outer), second = SizeOf(other), stride = WideStride(first + second);
        ref double toOuter = ref Numbers(_values, outer < l ? _lower[l] : _upper[l]),
            toOther = ref Numbers(_values, other < l ? _lower[l] : _upper[l]);
        // Rows of D', -O and -I, from which elimination makes those of D'^-1, -D'^-1 O and -D'^-1 I.
        ref double rows = ref _rows[0];
        ref double beside = ref Unsafe.Add(ref rows, WideBlocks.Width), inner = ref Unsafe.Add(ref beside, first);
        // In this order: what is written beyond the end of a row is overwritten by what comes there.
        WideBlocks.SpreadNegated(ref beside, ref toOuter, m, first, first, stride);
        WideBlocks.SpreadNegated(ref inner, ref toOther, m, second, stride - WideBlocks.Width - first, stride);
        WideBlocks.Spread(ref rows, ref Numbers(_values, _diagonal[l]), m, stride);
        if (first > 0)
            WideBlocks.AddProduct(ref rows, ref toOuter, ref Numbers(_factor, _inner[outer]), m, first, m, stride);
        if (second > 0 && l == _middle)
            WideBlocks.AddProduct(ref rows, ref toOther, ref Numbers(_factor, _inner[other]), m, second, m, stride);
        int singular = WideBlocks.Eliminate(ref rows, m, stride);
        if (singular >= 0)
            return _order[_first[l] + singular];
        // First what the next level waits for.
        if (l != _middle)
            WideBlocks.Pack(ref Numbers(_factor, _inner[l]), ref inner, m, second, stride);
        ref double columns = ref _columns[_wide[l]];
        WideBlocks.Transpose(ref columns, ref rows, m, m, stride);
        WideBlocks.Transpose(ref Unsafe.Add(ref columns, m * WideBlocks.Width), ref beside, m, first + second, stride);
        // Steps inward along a run read the blocks of three rows by columns, those of two by rows.
        if (_inwardRun[l] == 3)
        {
            WideBlocks.Pack(ref Numbers(_factor, _inverse[l]), ref columns, 2 * m, m, WideBlocks.Width);
        }
        else if (_inwardRun[l] == 2)
        {
            WideBlocks.Pack(ref Numbers(_factor, _inverse[l]), ref rows, m, m, stride);
            WideBlocks.Pack(ref Numbers(_factor, _outer[l]), ref beside, m, m, stride);
        }
        return -1;
    }

    /// <summary>Distance of the rows of a wide level with so many columns beside its own.</summary>
    private static int WideStride(int beside) => WideBlocks.Width * (1 + Math.Max(1, (beside + WideBlocks.Width - 1) / WideBlocks.Width));

    /// <summary>y_l = D'^-1 b_l + (-D'^-1 O_l) y_o of a wide level, at the middle with two outer neighbours, in the place of b.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void InwardWide(ref P b, int l, int outer, int other)
    {
        int m = _size[l + 1], first = SizeOf(outer), second = SizeOf(other);
        ref double result = ref MemoryMarshal.GetArrayDataReference(_rows);
        for (int i = 0; i < m; i += Vector256<double>.Count)
        {
            ref double columns = ref _columns[_wide[l] + i];
            Vector256<double> own = MultiplyAdd(ref columns, ref b, _first[l], m, Vector256<double>.Zero), sum = Vector256<double>.Zero;
            columns = ref Unsafe.Add(ref columns, m * WideBlocks.Width);
            if (first > 0)
                sum = MultiplyAdd(ref columns, ref b, _first[outer], first, sum);
            if (second > 0)
                sum = MultiplyAdd(ref Unsafe.Add(ref columns, first * WideBlocks.Width), ref b, _first[other], second, sum);
            (sum + own).StoreUnsafe(ref result, (nuint)i);
        }
        for (int i = 0; i < m; i++)
            Of(ref b, _first[l] + i) = P.From(Unsafe.Add(ref result, i));
    }

    /// <summary>x_l = y_l + (-D'^-1 I_l) x_i of a wide level.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void OutwardWide(ref P b, int l, int inner, int outer)
    {
        int m = _size[l + 1], columns = m + SizeOf(outer);
        ref double result = ref MemoryMarshal.GetArrayDataReference(_rows);
        for (int i = 0; i < m; i += Vector256<double>.Count)
        {
            var sum = MultiplyAdd(
                ref _columns[_wide[l] + columns * WideBlocks.Width + i], ref b, _first[inner], SizeOf(inner), Vector256<double>.Zero);
            sum.StoreUnsafe(ref result, (nuint)i);
        }
        for (int i = 0; i < m; i++)
            Of(ref b, _first[l] + i) += P.From(Unsafe.Add(ref result, i));
    }

    /// <summary>A x + sum for four rows of a block, with its columns one every eight places and x from a place on.</summary>
    /// <remarks>Vectors of eight would close a port of the processor to the numbers of the run beside;
    /// two sums wait half as long as one.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> MultiplyAdd(ref double a, ref P x, int place, int columns, Vector256<double> sum)
    {
        var other = Vector256<double>.Zero;
        ref int order = ref At(_order, place);
        int j = 0;
        for (; j < columns - 1; j += 2)
        {
            sum = Vector256.FusedMultiplyAdd(Create(ref x, Unsafe.Add(ref order, j)),
                Vector256.LoadUnsafe(ref a, (nuint)(j * WideBlocks.Width)), sum);
            other = Vector256.FusedMultiplyAdd(
                Create(ref x, Unsafe.Add(ref order, j + 1)), Vector256.LoadUnsafe(ref a, (nuint)((j + 1) * WideBlocks.Width)), other);
        }
        if (j < columns)
            sum = Vector256.FusedMultiplyAdd(Create(ref x, Unsafe.Add(ref order, j)),
                Vector256.LoadUnsafe(ref a, (nuint)(j * WideBlocks.Width)), sum);
        return sum + other;

        static Vector256<double> Create(ref P x, int unknown) => Vector256.Create(Unsafe.As<P, double>(ref Unsafe.Add(ref x, unknown)));
    }

    /// <summary>An entry of an array, read as a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double Numbers(P[] array, int index) => ref Unsafe.As<P, double>(ref At(array, index));
}
