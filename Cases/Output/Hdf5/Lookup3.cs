using System.Buffers.Binary;
using static System.Numerics.BitOperations;

namespace FvSolver.Cases.Output.Hdf5;

/// <summary>Checksum of metadata in HDF5: Bob Jenkins' lookup3 (hashlittle, with 0 as the initial value), in the public domain.</summary>
internal static class Lookup3
{
    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint a = 0xdeadbeef + (uint)bytes.Length, b = a, c = a;
        if (bytes.Length == 0)
            return c;
        Span<byte> tail = stackalloc byte[12];
        for (; bytes.Length > 12; bytes = bytes[12..])
        {
            Add(bytes, ref a, ref b, ref c);
            a -= c; a ^= RotateLeft(c, 4); c += b;
            b -= a; b ^= RotateLeft(a, 6); a += c;
            c -= b; c ^= RotateLeft(b, 8); b += a;
            a -= c; a ^= RotateLeft(c, 16); c += b;
            b -= a; b ^= RotateLeft(a, 19); a += c;
            c -= b; c ^= RotateLeft(b, 4); b += a;
        }
        bytes.CopyTo(tail);
        Add(tail, ref a, ref b, ref c);
        c ^= b; c -= RotateLeft(b, 14);
        a ^= c; a -= RotateLeft(c, 11);
        b ^= a; b -= RotateLeft(a, 25);
        c ^= b; c -= RotateLeft(b, 16);
        a ^= c; a -= RotateLeft(c, 4);
        b ^= a; b -= RotateLeft(a, 14);
        c ^= b; c -= RotateLeft(b, 24);
        return c;
    }

    private static void Add(ReadOnlySpan<byte> words, ref uint a, ref uint b, ref uint c)
    {
        a += BinaryPrimitives.ReadUInt32LittleEndian(words);
        b += BinaryPrimitives.ReadUInt32LittleEndian(words[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(words[8..]);
    }
}
