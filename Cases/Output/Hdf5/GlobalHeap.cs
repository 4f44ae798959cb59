using System.Text;

namespace FvSolver.Cases.Output.Hdf5;

/// <summary>
/// The texts of attributes and the references to dimension scales: values of variable length, which HDF5 keeps apart (section III.E
/// of its format specification). Equal texts are kept once.
/// </summary>
/// <remarks>Which objects there are must be known before the file is laid out; the addresses that
/// references hold are filled in at the end.</remarks>
internal sealed class GlobalHeap
{
    private const int Header = 16, LargestCount = ushort.MaxValue;
    private readonly Dictionary<object, int> _index = [];
    private readonly List<(object Key, long Size)> _objects = [];

    /// <summary>Bytes of the heap in the file; the end is an object of free space, and a heap below 4096 bytes is not allowed.</summary>
    public long Size => Math.Max(4096, Header + _objects.Sum(o => Header + Padded(o.Size)) + Header);

    /// <summary>Makes room for a text.</summary>
    public void Reserve(string text)
    {
        if (text.Length > 0)
            Reserve(text, Encoding.UTF8.GetByteCount(text));
    }

    /// <summary>Makes room for a reference.</summary>
    public void Reserve(DataSet scale) => Reserve(new Reference(scale), 8);

    /// <summary>Adds a text as an element of variable length: number of characters, address of the heap, number of the object.</summary>
    public void Point(Bytes to, string text, long heapAddress)
    {
        int index = text.Length > 0 ? _index[text] : 0;
        to.Int(index > 0 ? _objects[index - 1].Size : 0).Long(index > 0 ? heapAddress : 0).Int(index);
    }

    /// <summary>Adds a sequence of one reference.</summary>
    public void Point(Bytes to, DataSet scale, long heapAddress) => to.Int(1).Long(heapAddress).Int(_index[new Reference(scale)]);

    /// <summary>The heap's bytes.</summary>
    /// <param name="address">Address of a dataset in the file.</param>
    public ReadOnlySpan<byte> ToBytes(Func<DataSet, long> address)
    {
        Bytes heap = new Bytes().Add("GCOL"u8).Byte(1).Add([0, 0, 0]).Long(Size);
        foreach ((object key, long size) in _objects)
        {
            heap.Short(_index[key]).Short(1).Int(0).Long(size);
            if (key is Reference reference)
                heap.Long(address(reference.Scale));
            else
                heap.Add(Encoding.UTF8.GetBytes((string)key)).Pad();
        }
        long free = Size - heap.Length;
        return heap.Short(0).Short(0).Int(0).Long(free).Add(new byte[free - Header]).Span;
    }

    private void Reserve(object key, long size)
    {
        if (!_index.TryAdd(key, _objects.Count + 1))
            return;
        _objects.Add((key, size));
        if (_objects.Count > LargestCount)
            throw new InvalidDataException($"it would hold more than {LargestCount} different texts in its attributes");
    }

    private static long Padded(long size) => (size + 7) / 8 * 8;

    /// <summary>A dataset by identity: as a record it would be compared by what it holds.</summary>
    private sealed class Reference(DataSet scale)
    {
        public DataSet Scale => scale;

        public override bool Equals(object? other) => other is Reference r && ReferenceEquals(r.Scale, scale);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(scale);
    }
}
