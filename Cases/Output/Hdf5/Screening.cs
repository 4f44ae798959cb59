using System.Buffers.Binary;

namespace FvSolver.Cases.Output.Hdf5;

/// <summary>Looks for what a reader must not be let near: symbolic links, of which results have none and of which one to itself is
/// followed without end, and texts that claim to be longer than the file, for which memory would be taken.</summary>
internal static class Screening
{
    private const int Block = 1 << 20, LinkMessage = 0x06, HasLinkType = 0x08;

    /// <summary>Refuses a file with a link of another kind than hard, or with a heap that is larger than the file.</summary>
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
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
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
        for (int i = 0; i + prefix + 3 <= read; i += prefix + BinaryPrimitives.ReadUInt16LittleEndian(messages.AsSpan(i + 1)))
            if (messages[i] == LinkMessage && (messages[i + prefix + 1] & HasLinkType) != 0 && messages[i + prefix + 2] != 0)
                throw new InvalidDataException("the file has a symbolic or external link, which no result has");
    }

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
