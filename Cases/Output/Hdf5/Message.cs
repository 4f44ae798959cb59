using System.Text;

namespace FvSolver.Cases.Output.Hdf5;

/// <summary>A message of an object header: its type and its bytes, by section IV.A.2 of the HDF5 format specification, version 3.</summary>
internal readonly record struct Message(int Type, Bytes Body)
{
    public const long Undefined = -1;

    /// <summary>Shuffle and deflate, with the chunk's element of 8 bytes.</summary>
    public static Message Filters => new(0x0B, new Bytes().Byte(2).Byte(2)
        .Short(2).Short(0).Short(1).Int(8)
        .Short(1).Short(0).Short(1).Int(1));

    /// <summary>No fill value: what is there is written.</summary>
    public static Message NoFill => new(0x05, new Bytes().Byte(3).Byte(0x15));

    /// <summary>Links are kept in the header and know the order in which they were made.</summary>
    public static Message LinkInfo(int links) => new(0x02, new Bytes().Byte(0).Byte(1).Long(links).Long(Undefined).Long(Undefined));

    public static Message GroupInfo => new(0x0A, new Bytes().Byte(0).Byte(0));

    public static Message Link(string name, int order, long address)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        return new(0x06, new Bytes().Byte(1).Byte(0x15).Long(order).Byte(1).Short(text.Length).Add(text).Long(address));
    }

    public static Message Dataspace(int[] shape) => new(0x01, Space(shape));

    public static Message Datatype(Bytes type) => new(0x03, type);

    public static Message Contiguous(long address, long size) =>
        new(0x08, new Bytes().Byte(3).Byte(1).Long(size > 0 ? address : Undefined).Long(size));

    /// <summary>Chunks of some rows of a matrix of doubles, found by a fixed array.</summary>
    public static Message Chunked(int rows, int columns, int pageBits, long index) =>
        new(0x08, new Bytes().Byte(4).Byte(2).Byte(0).Byte(3).Byte(4).Int(rows).Int(columns).Int(8).Byte(3).Byte(pageBits).Long(index));

    public static Message Attribute(string name, Bytes type, int[] shape, ReadOnlySpan<byte> value)
    {
        byte[] text = [.. Encoding.UTF8.GetBytes(name), 0];
        Bytes space = Space(shape);
        return new(0x0C, new Bytes().Byte(3).Byte(0).Short(text.Length).Short(type.Length).Short(space.Length).Byte(1)
            .Add(text).Add(type.Span).Add(space.Span).Add(value));
    }

    public static Bytes Double => new Bytes().Add([0x11, 0x20, 0x3F, 0]).Int(8).Short(0).Short(64).Add([52, 11, 0, 52]).Int(1023);

    public static Bytes Integer(int size, bool isSigned) =>
        new Bytes().Byte(0x10).Byte(isSigned ? 8 : 0).Short(0).Int(size).Short(0).Short(8 * size);

    /// <summary>Text of a fixed number of bytes that ends with a zero.</summary>
    /// <param name="size">Bytes, the zero included.</param>
    /// <param name="ascii">True for ASCII, false for UTF-8.</param>
    public static Bytes FixedText(int size, bool ascii = false) => new Bytes().Byte(0x13).Byte(ascii ? 0 : 0x10).Short(0).Int(size);

    public static Bytes VariableText => new Bytes().Add([0x19, 1, 1, 0]).Int(16).Add(FixedText(1).Span);

    public static Bytes References => new Bytes().Add([0x19, 0, 0, 0]).Int(16).Add([0x17, 0, 0, 0]).Int(8);

    /// <summary>A header with its messages.</summary>
    public static Bytes Header(IEnumerable<Message> messages)
    {
        var all = new Bytes();
        foreach ((int type, Bytes body) in messages)
            all.Byte(type).Short(body.Length).Byte(0).Add(body.Span);
        return new Bytes().Add("OHDR"u8).Byte(2).Byte(2).Int(all.Length).Add(all.Span).Seal();
    }

    private static Bytes Space(int[] shape)
    {
        Bytes space = new Bytes().Byte(2).Byte(shape.Length).Byte(0).Byte(shape.Length > 0 ? 1 : 0);
        foreach (int extent in shape)
            space.Long(extent);
        return space;
    }
}
