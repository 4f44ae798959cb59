using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace FvSolver.Mesh;

/// <summary>
/// A mesh file as lines of words and, where it is binary, numbers between them; says where a file ends early or a number is missing.
/// </summary>
internal sealed class GmshLines(byte[] data, string file)
{
    private const int MostItems = 5_000_000;
    private int _at;
    private bool _isSwapped;

    /// <summary>Number of the current line, from 1; binary numbers count for none.</summary>
    public int LineNumber { get; private set; }

    /// <summary>The next line that is not empty.</summary>
    public bool TryNext(out string line)
    {
        while (_at < data.Length)
        {
            int end = Array.IndexOf(data, (byte)'\n', _at);
            end = end < 0 ? data.Length : end;
            line = Encoding.UTF8.GetString(data, _at, end - _at).Trim();
            _at = Math.Min(end + 1, data.Length);
            LineNumber++;
            if (line.Length > 0)
                return true;
        }
        line = "";
        return false;
    }

    /// <summary>Words of the next line of a section.</summary>
    public string[] Next(string section, int atLeast = 1)
    {
        if (!TryNext(out string line))
            throw Error($"the file ends within {section}; it is not complete");
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < atLeast || words[0].StartsWith('$'))
            throw Error($"{section} has too few values: '{Shown(line)}'");
        return words;
    }

    /// <summary>Checks that a section ends here.</summary>
    public void End(string section)
    {
        string end = "$End" + section[1..];
        if (!TryNext(out string line))
            throw Error($"the file ends within {section}; it is not complete");
        if (line != end)
            throw Error($"{end} was expected and '{Shown(line)}' found");
    }

    /// <summary>Passes over a section.</summary>
    public void SkipTo(string end)
    {
        // From the end of the line that opened it: the section may be empty.
        int from = Math.Max(0, _at - 1), found = data.AsSpan(from).IndexOf(Encoding.UTF8.GetBytes("\n" + end));
        if (found < 0)
            throw Error($"the file ends before {Shown(end)}; it is not complete");
        LineNumber += Math.Max(0, data.AsSpan(from, found).Count((byte)'\n') - 1);
        _at = from + found + 1;
        TryNext(out _);
    }

    /// <summary>Reads the number 1 by which a binary file tells the order of its bytes.</summary>
    public void ReadByteOrder()
    {
        long one = Int32();
        _isSwapped = one == 0x01000000;
        if (one != 1 && !_isSwapped)
            throw Error("the order of bytes is not told; the file is damaged");
    }

    /// <summary>A binary integer of four bytes.</summary>
    public int Int32()
    {
        int value = BitConverter.ToInt32(Take(4));
        return _isSwapped ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>A binary integer of eight bytes.</summary>
    public long Int64()
    {
        long value = BitConverter.ToInt64(Take(8));
        return _isSwapped ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>A binary number of eight bytes.</summary>
    public double Real()
    {
        double value = BitConverter.Int64BitsToDouble(Int64());
        return double.IsFinite(value) ? value : throw Error($"'{value}' is not a finite number");
    }

    /// <summary>Passes over bytes.</summary>
    public void Skip(long bytes)
    {
        if (bytes < 0 || bytes > data.Length - _at)
            throw Error("the file ends within its binary numbers; it is not complete");
        _at += (int)bytes;
    }

    /// <summary>An integer among the words of a line.</summary>
    public long Integer(string[] words, int at) =>
        at < words.Length && long.TryParse(words[at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw Error(at < words.Length ? $"'{Shown(words[at])}' is not an integer" : "an integer is missing at the end of the line");

    /// <summary>A number of items, which is not negative and not larger than a mesh that can be solved has.</summary>
    public int Count(long value) =>
        value is >= 0 and <= MostItems ? (int)value : throw Error($"{value} is no number of items; it must be from 0 to {MostItems}");

    /// <summary>A small integer such as a dimension, a type or a physical group.</summary>
    public int Small(long value) => value is > -int.MaxValue and <= int.MaxValue ? (int)value : throw Error($"{value} is out of range");

    /// <summary>A finite number among the words of a line.</summary>
    public double Number(string[] words, int at) =>
        at < words.Length && double.TryParse(words[at], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? value
            : throw Error(at < words.Length ? $"'{Shown(words[at])}' is not a finite number"
            : "a number is missing at the end of the line");

    /// <summary>An error at the current line.</summary>
    public MeshException Error(string message) => new(file, Math.Max(LineNumber, 1), message);

    /// <summary>An error at another line.</summary>
    public MeshException Error(int line, string message) => new(file, line, message);

    private ReadOnlySpan<byte> Take(int bytes)
    {
        Skip(bytes);
        return data.AsSpan(_at - bytes, bytes);
    }

    private static string Shown(string text) =>
        string.Concat((text.Length <= 60 ? text : text[..60] + "...").Select(c => char.IsControl(c) ? ' ' : c));
}
