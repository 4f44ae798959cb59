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

    /// <summary>A damaged copy.</summary>
    public static byte[] Of(byte[] original, int seed)
    {
        var random = new Random(seed);
        List<byte> bytes = [.. original];
        for (int n = 1 + random.Next(3); n > 0 && bytes.Count > 0; n--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(1 + random.Next(40), bytes.Count - at);
            switch (random.Next(7))
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
                default:
                    Replace(bytes, at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                    break;
            }
        }
        return [.. bytes];
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
