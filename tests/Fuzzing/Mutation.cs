using System.Globalization;
using System.Text;

namespace FvSolver.Tests.Fuzzing;

/// <summary>Damages a file as people, editors and disks do: bits, bytes, numbers, lines and pieces; the same for the same seed.</summary>
internal static class Mutation
{
    private static readonly string[] Words =
    [
        "-1", "0", "1e308", "-1e308", "1e-308", "nan", "inf", "9223372036854775807", "-9223372036854775808", "4294967296", "2147483648", "",
        " ", "\"", ";", ",",
        "\t", "[", "]", "{", "}", "=", "#", "$", "\0", "\u001b", "\u2212", "5 nm", "''", "true", "$EndNodes", "[[axis]]", "open",
    ];

    /// <summary>A damaged copy of a text.</summary>
    public static string Of(string original, int seed) => Encoding.UTF8.GetString(Of(Encoding.UTF8.GetBytes(original), seed));

    /// <summary>A copy of an HDF5 file with the places of two of its groups or datasets exchanged.</summary>
    public static byte[] Swapped(byte[] original, int seed)
    {
        int[] places = [.. LinkPlaces(original)];
        var random = new Random(seed);
        int a = places[random.Next(places.Length)], b = places[random.Next(places.Length)];
        byte[] copy = [.. original];
        original.AsSpan(a, 8).CopyTo(copy.AsSpan(b));
        original.AsSpan(b, 8).CopyTo(copy.AsSpan(a));
        return copy;
    }

    /// <summary>A damaged copy; seeds below zero leave the original.</summary>
    public static byte[] Of(byte[] original, int seed)
    {
        if (seed < 0)
            return original;
        var random = new Random(seed);
        List<byte> bytes = [.. original];
        for (int n = 1 + random.Next(3); n > 0 && bytes.Count > 0; n--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(1 + random.Next(40), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 5 or 6:
                    Scale(bytes, at, random);
                    break;
                default:
                    Replace(bytes, at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                    break;
            }
        }
        return [.. bytes];
    }

    // Addresses of what links lead to: a link message is version 1, flags 0x15, order (8), character set 1, length of the name (2), name,
    // address (8); HDF5 format specification, IV.A.2.g.
    private static IEnumerable<int> LinkPlaces(byte[] file)
    {
        for (int i = 0; i < file.Length - 40; i++)
        {
            int length = BitConverter.ToUInt16(file, i + 11), place = i + 13 + length;
            if (file[i] == 1 && file[i + 1] == 0x15 && file[i + 10] == 1 && length is > 0 and < 100 && place + 8 <= file.Length
                && BitConverter.ToUInt64(file, place) < (ulong)file.Length)
                yield return place;
        }
    }

    // The next number, a little larger or smaller, or by orders of magnitude: what is damaged so is mostly still read.
    private static void Scale(List<byte> bytes, int at, Random random)
    {
        while (at < bytes.Count && !char.IsAsciiDigit((char)bytes[at]))
            at++;
        int end = at;
        while (end < bytes.Count && IsWord(bytes[end]))
            end++;
        string word = Encoding.ASCII.GetString([.. bytes.GetRange(at, end - at)]);
        if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return;
        number *= random.Next(3) switch
        {
            0 => Math.Pow(10, random.Next(-30, 31)),
            1 => 0.5 + random.NextDouble(),
            _ => random.Next(2, 9),
        };
        string format = word.All(char.IsAsciiDigit) && random.Next(2) == 0 ? "f0" : "g6";
        Replace(bytes, at, Encoding.ASCII.GetBytes(number.ToString(format, CultureInfo.InvariantCulture)));
    }

    // The word at a place: up to the next space or sign on either side.
    private static void Replace(List<byte> bytes, int at, byte[] word)
    {
        int start = at, end = at;
        while (start > 0 && IsWord(bytes[start - 1]))
            start--;
        while (end < bytes.Count && IsWord(bytes[end]))
            end++;
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, word);
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'+';
}
