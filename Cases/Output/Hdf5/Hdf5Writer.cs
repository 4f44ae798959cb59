using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace FvSolver.Cases.Output.Hdf5;

/// <summary>Writes a tree of groups as an HDF5 file that libhdf5 1.10 and later, and netCDF-4 on top of it, read.</summary>
/// <remarks>
/// The file: superblock 3, a global heap, and for each group and dataset an object header of version 2 with all its links and
/// attributes; arrays in one piece, large matrices in compressed chunks of rows. Texts of attributes have variable length. A text that
/// is a dataset has a fixed one, which is all that Octave reads, and is labelled ASCII even where it is UTF-8, since libhdf5 does not
/// convert between the two; arrays of texts are attributes only, since netCDF-4 crashes on them. The marks of dimension scales have
/// the fixed length that the convention demands.
/// A dataset whose one dimension has its own name is the scale of that dimension; others refer to it (HDF5 Dimension Scale
/// Specification). Why not a library: none that is managed code writes texts of both kinds into one file. PureHDF with one fixed length
/// for all of them and headers mended afterwards is read by the same programs, but cuts longer texts silently, and has no attribute above
/// 64 kB for them as lines: the text of a case, the references of parameters and the settings of a run that goes on would not fit.
/// </remarks>
internal sealed class Hdf5Writer
{
    /// <summary>Values from which a matrix is stored in compressed chunks; below, compression saves nothing that matters.</summary>
    private const int CompressedFrom = 16_384;

    /// <summary>Values in a chunk, about: 0.5 MB.</summary>
    private const int ChunkSize = 65_536;

    private const int SuperblockSize = 48;

    private readonly Stream _file;
    private readonly GlobalHeap _heap = new();
    private readonly Dictionary<DataSet, DataSet[]> _dimensions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<DataSet, long> _addresses = new(ReferenceEqualityComparer.Instance);

    private Hdf5Writer(Stream file) => _file = file;

    /// <summary>Writes a whole file into an empty, seekable stream, which stays open.</summary>
    public static void Write(Stream file, DataGroup root) => new Hdf5Writer(file).Write(root);

    private void Write(DataGroup root)
    {
        Survey(root, []);
        _file.Position = SuperblockSize + _heap.Size;
        long start = AddGroup(root), end = _file.Position;
        _file.Position = 0;
        _file.Write(new Bytes().Add([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]).Byte(3).Byte(8).Byte(8).Byte(0)
            .Long(0).Long(Message.Undefined).Long(end).Long(start).Seal().Span);
        _file.Write(_heap.ToBytes(d => _addresses[d]));
        _file.Position = end;
    }

    /// <summary>Finds the scale of each dimension, and what the heap must have room for.</summary>
    private void Survey(DataGroup group, DataGroup[] above)
    {
        DataGroup[] scope = [group, .. above];
        Survey(group.Attributes.Values);
        foreach ((string name, DataSet data) in group.DataSets)
        {
            Survey(data.Attributes.Values);
            if (data.Dimensions.Length == 0 || IsScale(name, data))
                continue;
            _dimensions[data] = [.. data.Dimensions.Select((dimension, i) =>
                scope.Select(g => g.DataSets.GetValueOrDefault(dimension))
                    .FirstOrDefault(d => d is not null) is { Shape: [int extent] } scale
                    && extent == data.Shape[i]
                    ? scale
                    : throw new InvalidDataException(
                        $"dataset '{name}' has a dimension '{dimension}' that no dataset of its length is the scale of"))];
            foreach (DataSet scale in _dimensions[data])
                _heap.Reserve(scale);
        }
        foreach (DataGroup inner in group.Groups.Values)
            Survey(inner, scope);
    }

    private void Survey(IEnumerable<object> attributes)
    {
        foreach (string text in attributes.SelectMany(a => a switch { string one => [one], string[] many => many, _ => (string[])[] }))
            _heap.Reserve(text);
    }

    private static bool IsScale(string name, DataSet data) => data.Dimensions is [var own] && own == name;

    private long AddGroup(DataGroup group)
    {
        // What others refer to comes first.
        foreach ((string name, DataSet data) in group.DataSets.OrderBy(d => IsScale(d.Key, d.Value) ? 0 : 1))
            _addresses[data] = AddDataSet(name, data);
        IEnumerable<(string Name, long Address)> links =
            [.. group.DataSets.Select(d => (d.Key, _addresses[d.Value])), .. group.Groups.Select(g => (g.Key, AddGroup(g.Value)))];
        return Append(Message.Header(
        [
            Message.LinkInfo(links.Count()), Message.GroupInfo,
            .. links.Select((link, i) => Message.Link(link.Name, i, link.Address)),
            .. Attributes(group.Attributes),
        ]).Span);
    }

    private long AddDataSet(string name, DataSet data)
    {
        var messages = new List<Message> { Message.Dataspace(data.Shape), Message.Datatype(TypeOf(data.Value)), Message.NoFill };
        if (data.Value is double[] { Length: >= CompressedFrom } matrix && data.Shape is [var rows, var columns])
        {
            messages.Add(AddChunks(matrix, rows, columns));
            messages.Add(Message.Filters);
        }
        else
        {
            byte[] bytes = BytesOf(data.Value);
            messages.Add(Message.Contiguous(Append(bytes), bytes.Length));
        }
        messages.AddRange(Attributes(data.Attributes));
        if (IsScale(name, data))
        {
            messages.Add(Mark("CLASS", "DIMENSION_SCALE"));
            messages.Add(Mark("NAME", name));
        }
        else if (_dimensions.TryGetValue(data, out DataSet[]? scales))
        {
            var lists = new Bytes();
            foreach (DataSet scale in scales)
                _heap.Point(lists, scale, SuperblockSize);
            messages.Add(Message.Attribute("DIMENSION_LIST", Message.References, [scales.Length], lists.Span));
        }
        return Append(Message.Header(messages).Span);
    }

    private static Message Mark(string name, string value) =>
        Message.Attribute(name, Message.FixedText(value.Length + 1, ascii: true), [], [.. Encoding.ASCII.GetBytes(value), 0]);

    /// <summary>Writes a matrix in chunks of rows, and the fixed array that finds them (section VII.C of the specification).</summary>
    private Message AddChunks(double[] matrix, int rows, int columns)
    {
        int chunkRows = Math.Clamp(ChunkSize / columns, 1, rows), count = (rows + chunkRows - 1) / chunkRows;
        int size = 8 * chunkRows * columns, sizeBytes = Math.Min(8, 1 + (int.Log2(size) + 8) / 8), pageBits = int.Log2(count) + 1;
        var elements = new Bytes();
        byte[] plain = new byte[size], shuffled = new byte[size];
        for (int i = 0; i < count; i++)
        {
            Array.Clear(plain);
            int first = i * chunkRows * columns;
            MemoryMarshal.AsBytes(matrix.AsSpan(first, Math.Min(chunkRows * columns, matrix.Length - first))).CopyTo(plain);
            for (int k = 0; k < size; k++)
                shuffled[k % 8 * (size / 8) + k / 8] = plain[k];
            using var packed = new MemoryStream();
            using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                deflate.Write(shuffled);
            elements.Long(Append(packed.GetBuffer().AsSpan(0, (int)packed.Length)));
            elements.Add(new Bytes().Long(packed.Length).Span[..sizeBytes]).Int(0);
        }
        // Header and block name each other's addresses; the header has 28 bytes.
        long header = _file.Position;
        Append(new Bytes().Add("FAHD"u8).Byte(0).Byte(1).Byte(12 + sizeBytes).Byte(pageBits).Long(count).Long(header + 28).Seal().Span);
        Append(new Bytes().Add("FADB"u8).Byte(0).Byte(1).Long(header).Add(elements.Span).Seal().Span);
        return Message.Chunked(chunkRows, columns, pageBits, header);
    }

    private IEnumerable<Message> Attributes(Dictionary<string, object> attributes)
    {
        foreach ((string name, object value) in attributes)
        {
            if (value is string or string[])
            {
                var pointers = new Bytes();
                foreach (string text in value as string[] ?? [(string)value])
                    _heap.Point(pointers, text, SuperblockSize);
                yield return Message.Attribute(name, Message.VariableText, value is string[] many ? [many.Length] : [], pointers.Span);
            }
            else
            {
                yield return Message.Attribute(name, TypeOf(value), [], BytesOf(value));
            }
        }
    }

    private static Bytes TypeOf(object value) => value switch
    {
        double or double[] => Message.Double,
        long or long[] => Message.Integer(8, isSigned: true),
        int or int[] => Message.Integer(4, isSigned: true),
        bool => Message.Integer(1, isSigned: false),
        string text => Message.FixedText(Encoding.UTF8.GetByteCount(text) + 1, ascii: true),
        _ => throw new InvalidDataException($"values of type {value.GetType().Name} cannot be stored"),
    };

    private static byte[] BytesOf(object value) => value switch
    {
        double[] a => MemoryMarshal.AsBytes<double>(a).ToArray(),
        long[] a => MemoryMarshal.AsBytes<long>(a).ToArray(),
        int[] a => MemoryMarshal.AsBytes<int>(a).ToArray(),
        double d => BytesOf(new[] { d }),
        long n => BytesOf(new[] { n }),
        int n => BytesOf(new[] { n }),
        bool b => [b ? (byte)1 : (byte)0],
        string text => [.. Encoding.UTF8.GetBytes(text), 0],
        _ => throw new InvalidDataException($"values of type {value.GetType().Name} cannot be stored"),
    };

    private long Append(ReadOnlySpan<byte> bytes)
    {
        long address = _file.Position;
        _file.Write(bytes);
        return address;
    }
}
