using System.Buffers.Binary;
using System.Text;

namespace FvSolver.Cases.Plots;

/// <summary>A film as animated PNG, which browsers and picture viewers show; others show its first frame.</summary>
/// <remarks>
/// W3C, "Portable Network Graphics (PNG) Specification (Third Edition)", section 11.3.6: the chunks acTL, fcTL and fdAT
/// around the image data of frames that are PNG files of one size and pixel format.
/// </remarks>
public static class AnimatedPng
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
    {
        uint c = (uint)n;
        for (int k = 0; k < 8; k++)
            c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        return c;
    })];

    /// <summary>Joins frames into a film that repeats for ever.</summary>
    /// <param name="frames">PNG files of one size and format.</param>
    /// <param name="milliseconds">Time that each frame is shown [ms].</param>
    public static byte[] Join(IReadOnlyList<byte[]> frames, int milliseconds)
    {
        List<(string Type, byte[] Data)> first = Chunks(frames[0]);
        byte[] header = first.Single(c => c.Type == "IHDR").Data;
        using var film = new MemoryStream();
        film.Write(frames[0].AsSpan(0, 8));
        Write(film, "IHDR", header);
        Write(film, "acTL", [.. BigEndian(frames.Count), .. BigEndian(0)]);
        foreach ((string type, byte[] data) in first.Where(c => c.Type is not ("IHDR" or "IDAT" or "IEND")))
            Write(film, type, data);
        int sequence = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            List<(string Type, byte[] Data)> chunks = i == 0 ? first : Chunks(frames[i]);
            if (!chunks.Single(c => c.Type == "IHDR").Data.SequenceEqual(header))
                throw new ArgumentException($"Frame {i} has another size or format than the first.", nameof(frames));
            // Width, height, no offset, delay as a fraction of a second, replace what was there.
            Write(film, "fcTL",
            [
                .. BigEndian(sequence++), .. header.AsSpan(0, 8), .. BigEndian(0), .. BigEndian(0),
                (byte)(milliseconds >> 8), (byte)milliseconds, 1000 >> 8, 1000 & 255, 0, 0,
            ]);
            foreach ((string type, byte[] data) in chunks.Where(c => c.Type == "IDAT"))
                if (i == 0)
                    Write(film, type, data);
                else
                    Write(film, "fdAT", [.. BigEndian(sequence++), .. data]);
        }
        Write(film, "IEND", []);
        return film.ToArray();
    }

    /// <summary>Chunks of a PNG file.</summary>
    internal static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }
        return chunks;
    }

    /// <summary>Check sum of a chunk: CRC-32 of its type and data.</summary>
    internal static uint Check(ReadOnlySpan<byte> bytes)
    {
        uint c = 0xFFFFFFFF;
        foreach (byte b in bytes)
            c = Table[(c ^ b) & 255] ^ (c >> 8);
        return ~c;
    }

    /// <summary>Writes a chunk.</summary>
    internal static void Write(Stream film, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        film.Write(BigEndian(data.Length));
        film.Write(body);
        film.Write(BigEndian(unchecked((int)Check(body))));
    }

    /// <summary>A number as its four bytes in a chunk.</summary>
    internal static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
