using System.Buffers.Binary;

namespace FvSolver.Cases.Output.Hdf5;

/// <summary>Looks for what a reader must not be let near: symbolic links, of which results have none and of which one to itself is
/// followed without end, and texts, attributes and datasets that claim to be larger than the file can hold, for which memory would be
/// taken.</summary>
internal static class Screening
{
    private const int Block = 1 << 20, HasLinkType = 0x08;
    private const byte SpaceMessage = 0x01, TypeMessage = 0x03, OldFillMessage = 0x04, FillMessage = 0x05, LinkMessage = 0x06,
        AttributeMessage = 0x0c;

    // What deflate makes of zeros is shorter by 1032.
    private const double LargestRatio = 1100;

    /// <summary>Refuses a file with a link of another kind than hard, or with something larger than the file.</summary>
    /// <exception cref="InvalidDataException">There is one.</exception>
    public static void Refuse(Stream stream)
    {
        byte[] block = new byte[Block];
        // Blocks overlap by one short of a signature, so that none is cut in two.
        for (long start = 0; start < stream.Length; start += Block - 3)
        {
            stream.Position = start;
            Span<byte> read = block.AsSpan(0, stream.ReadAtLeast(block, Block, throwOnEndOfStream: false));
            for (int i = 0, found; (found = read[i..].IndexOf("OHDR"u8)) >= 0; i += found + 4)
                InspectHeader(stream, start + i + found);
            for (int i = 0, found; (found = read[i..].IndexOf("GCOL"u8)) >= 0; i += found + 4)
                InspectHeap(stream, start + i + found);
        }
        stream.Position = 0;
    }

    // Version 2 of an object header, HDF5 file format specification IV.A.1.b; of a link message, IV.A.2.g.
    private static void InspectHeader(Stream stream, long address)
    {
        Span<byte> head = stackalloc byte[34];
        stream.Position = address;
        // Other versions have no such signature, and no reader goes on with them.
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || head[4] != 2)
            return;
        byte flags = head[5];
        int at = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0), width = 1 << (flags & 3);
        ulong size = width switch
        {
            1 => head[at],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(head[at..]),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(head[at..]),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(head[at..]),
        };
        byte[] messages = new byte[(int)Math.Min(size, 1 << 16)];
        stream.Position = address + at + width;
        int read = stream.ReadAtLeast(messages, messages.Length, throwOnEndOfStream: false), prefix = (flags & 4) != 0 ? 6 : 4;
        double elements = 0, elementSize = 0;
        for (int i = 0; i + prefix + 3 <= read; i += prefix + BinaryPrimitives.ReadUInt16LittleEndian(messages.AsSpan(i + 1)))
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(messages.AsSpan(i + 1));
            if ((ulong)(i + prefix + length) > size)
                throw new InvalidDataException("the file has a header whose parts do not fit into it");
            length = Math.Min(length, read - i - prefix);
            ReadOnlySpan<byte> message = messages.AsSpan(i + prefix, Math.Max(length, 0));
            switch (messages[i])
            {
                case LinkMessage when message.Length > 2 && (message[1] & HasLinkType) != 0 && message[2] != 0:
                    throw new InvalidDataException("the file has a symbolic or external link, which no result has");
                case AttributeMessage:
                    InspectAttribute(message);
                    break;
                case OldFillMessage:
                    InspectFill(message);
                    break;
                // Its size comes after four bytes, in version 3 after two and only where the flags say so, IV.A.2.f.
                case FillMessage when message.Length > 2 && (message[0] < 3 || (message[1] & 0x20) != 0):
                    InspectFill(message[Math.Min(message[0] < 3 ? 4 : 2, message.Length)..]);
                    break;
                case SpaceMessage:
                    elements = Elements(message);
                    break;
                case TypeMessage:
                    elementSize = ElementSize(message);
                    break;
            }
        }
        if (elements * elementSize > LargestRatio * stream.Length)
            throw new InvalidDataException("the file has a dataset that claims to be larger than it can hold");
    }

    // Version 3 of an attribute message, IV.A.2.m: what it holds follows its name, its type and its extents.
    private static void InspectAttribute(ReadOnlySpan<byte> message)
    {
        const int head = 9;
        if (message.Length < head || message[0] != 3)
            return;
        int type = head + BinaryPrimitives.ReadUInt16LittleEndian(message[2..]),
            space = type + BinaryPrimitives.ReadUInt16LittleEndian(message[4..]),
            data = space + BinaryPrimitives.ReadUInt16LittleEndian(message[6..]);
        if (data > message.Length
            || Elements(message[space..data]) * ElementSize(message[type..space]) > message.Length - data)
            throw new InvalidDataException("the file has an attribute that claims to be longer than what holds it");
    }

    private static void InspectFill(ReadOnlySpan<byte> message)
    {
        if (message.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(message) > message.Length - 4)
            throw new InvalidDataException("the file has a fill value that claims to be longer than what holds it");
    }

    // Versions 1 and 2 of a dataspace message, IV.A.2.b: the number of dimensions is the second byte.
    private static double Elements(ReadOnlySpan<byte> space)
    {
        if (space.Length < 4)
            return 0;
        int at = space[0] == 1 ? 8 : 4;
        if (space.Length < at + 8 * space[1])
            return double.PositiveInfinity;
        double elements = 1;
        for (int k = 0; k < space[1]; k++)
            elements *= BinaryPrimitives.ReadUInt64LittleEndian(space[(at + 8 * k)..]);
        return elements;
    }

    // A datatype message, IV.A.2.d: the size of one element follows its class and flags.
    private static double ElementSize(ReadOnlySpan<byte> type) =>
        type.Length < 8 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(type[4..]);

    // A collection of the global heap, III.E: its size, then objects with theirs; what is free, if anything, has index 0 and comes last.
    private static void InspectHeap(Stream stream, long address)
    {
        Span<byte> head = stackalloc byte[16];
        stream.Position = address;
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return;
        long end = address + (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(head[8..]), (ulong)(stream.Length - address));
        for (long at = address + head.Length; at + head.Length <= end;)
        {
            stream.Position = at;
            stream.ReadExactly(head);
            ulong size = BinaryPrimitives.ReadUInt64LittleEndian(head[8..]);
            if (BinaryPrimitives.ReadUInt16LittleEndian(head) == 0)
                return;
            if (size > (ulong)(end - at))
                throw new InvalidDataException("the file has a text that claims to be longer than what holds it");
            at += head.Length + ((long)size + 7) / 8 * 8;
        }
    }
}
