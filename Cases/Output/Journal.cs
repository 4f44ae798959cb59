using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FvSolver.Cases.Output;

/// <summary>
/// The checkpoint of a command that consists of many computations: what each came to, under a name that says all that it follows from.
/// A command that goes on computes only what is not there, and ends in the same bits.
/// </summary>
/// <remarks>
/// A text beside the output: the program's mark, then a line for each computation with its name and the bits of its numbers. It is
/// written anew and renamed, at most once a second, and goes away with the end of the work.
/// </remarks>
public sealed class Journal
{
    private const string Head = OutputFile.Mark + " checkpoint 1";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly Dictionary<string, double[]> _kept = [];
    private readonly Lock _saving = new();
    private DateTime _saved = DateTime.UtcNow;
    private bool _isChanged;

    private Journal(string path) => _path = path;

    /// <summary>Computations that are there already.</summary>
    public int Count => _kept.Count;

    /// <summary>Opens the journal of an output.</summary>
    /// <param name="output">File or folder that the command writes.</param>
    /// <param name="resume">True to go on with what is there.</param>
    /// <param name="startAnew">True to drop what is there.</param>
    /// <exception cref="OutputException">There is one and neither is wanted, or it cannot be read.</exception>
    public static Journal Open(string output, bool resume, bool startAnew)
    {
        // Absolute: the working folder may vanish meanwhile.
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)) + ".checkpoint";
        var journal = new Journal(path);
        OutputFile.Check(startAnew, path);
        if (!File.Exists(path) || (startAnew && !resume))
            return journal;
        if (!resume)
            throw new OutputException(output, "was interrupted before its end; go on with --resume, or start anew with --force");
        journal.Read();
        return journal;
    }

    /// <summary>A name of a computation: a digest of all that it follows from.</summary>
    public static string Name(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));

    /// <summary>The exact value of a number, for a name.</summary>
    public static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The numbers of a computation: those that are kept, or computed now and kept. Called from any thread.</summary>
    /// <exception cref="OutputException">They cannot be kept; the message says where the journal is saved instead.</exception>
    public double[] Of(string name, Func<double[]> compute)
    {
        lock (_saving)
            if (_kept.TryGetValue(name, out double[]? kept))
                return kept;
        double[] values = compute();
        lock (_saving)
        {
            _kept[name] = values;
            _isChanged = true;
            if (DateTime.UtcNow - _saved > Interval)
                Save();
        }
        return values;
    }

    /// <summary>Writes it, where anything is new.</summary>
    /// <exception cref="OutputException">It cannot be written; the message says where it is saved instead.</exception>
    public void Save()
    {
        lock (_saving)
        {
            if (!_isChanged)
                return;
            string text = string.Concat(_kept.Select(k => string.Join(' ', [k.Key, .. k.Value.Select(Bits)]) + "\n").Prepend(Head + "\n"));
            OutputFile.WriteOrElsewhere(_path, place => OutputFile.WriteText(place, text), $"; to go on with --resume, move it to {_path}");
            (_saved, _isChanged) = (DateTime.UtcNow, false);
        }
    }

    /// <summary>Removes it: the work is done.</summary>
    public void Delete()
    {
        lock (_saving)
        {
            _isChanged = false;
            if (File.Exists(_path))
                File.Delete(_path);
        }
    }

    private void Read()
    {
        try
        {
            string[] lines = File.ReadAllLines(_path);
            if (lines.FirstOrDefault() != Head)
                throw new FormatException();
            foreach (string[] words in lines.Skip(1).Select(line => line.Split(' ')))
                _kept[words[0]] = [.. words.Skip(1).Select(w =>
                    BitConverter.Int64BitsToDouble(long.Parse(w, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            throw new OutputException(_path, "is no checkpoint that can be read; start anew with --force", e);
        }
    }
}
