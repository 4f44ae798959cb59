using System.Buffers;
using System.Buffers.Binary;

namespace FvSolver.Cases.Output.Hdf5;

/// <summary>Bytes that are put together one after the other; integers go in with the low byte first.</summary>
internal sealed class Bytes
{
    private readonly ArrayBufferWriter<byte> _written = new();

    public int Length => _written.WrittenCount;

    public ReadOnlySpan<byte> Span => _written.WrittenSpan;

    public Bytes Add(ReadOnlySpan<byte> bytes)
    {
        _written.Write(bytes);
        return this;
    }

    public Bytes Byte(int value) => Add([(byte)value]);

    public Bytes Short(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_written.GetSpan(2), checked((ushort)value));
        _written.Advance(2);
        return this;
    }

    public Bytes Int(long value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_written.GetSpan(4), checked((uint)value));
        _written.Advance(4);
        return this;
    }

    /// <summary>Eight bytes; -1 is what HDF5 calls the undefined address.</summary>
    public Bytes Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_written.GetSpan(8), value);
        _written.Advance(8);
        return this;
    }

    /// <summary>Zeros up to a multiple of 8.</summary>
    public Bytes Pad() => Add(new byte[-Length & 7]);

    /// <summary>The checksum of all so far.</summary>
    public Bytes Seal() => Int(Lookup3.Of(Span));
}
