using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FvSolver.Cases.Output;
using FvSolver.Cases.Output.Hdf5;
using FvSolver.Cases.Runs;

namespace FvSolver.Cases.Provenance;

/// <summary>A digest of what a run computed: equal for two results exactly when every number and
/// text in them is, to the last bit.</summary>
/// <remarks>When, by which command line and by which version it was computed does not count, nor in
/// which file a parameter was written.</remarks>
public sealed class ResultDigest
{
    private static readonly string[] Circumstances = ["command_line", "code_version", "created"];

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>SHA-256 of the content, in hexadecimal.</summary>
    public static string Of(Result result)
    {
        DataGroup root = ResultLayout.ToTree(result);
        foreach (string name in Circumstances)
            root.Attributes.Remove(name);
        RemoveReferences(root.Group("parameters"));
        // By its path; its content is another input of the crate.
        if (root.Groups.TryGetValue("checkpoint", out DataGroup? checkpoint))
            checkpoint.Group("strings").Attributes.Remove(RunOrigin.StartName);
        var digest = new ResultDigest();
        digest.Add(root);
        return Convert.ToHexStringLower(digest._hash.GetHashAndReset());
    }

    private static void RemoveReferences(DataGroup group)
    {
        foreach (DataSet data in group.DataSets.Values)
            data.Attributes.Remove("reference");
        foreach (DataGroup inner in group.Groups.Values)
            RemoveReferences(inner);
    }

    private void Add(DataGroup group)
    {
        Add(group.Attributes);
        foreach ((string name, DataSet data) in group.DataSets.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            Add(name);
            Add(data.Shape);
            Add(data.Value);
            Add(data.Attributes);
        }
        foreach ((string name, DataGroup inner) in group.Groups.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Add(name);
            Add(inner);
        }
        Add(-1);
    }

    private void Add(Dictionary<string, object> attributes)
    {
        foreach ((string name, object value) in attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Add(name);
            Add(value);
        }
    }

    private void Add(object value)
    {
        switch (value)
        {
            case string text:
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                Add(bytes.Length);
                _hash.AppendData(bytes);
                break;
            case double number:
                Add(BitConverter.DoubleToInt64Bits(number));
                break;
            case long number:
                Span<byte> eight = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(eight, number);
                _hash.AppendData(eight);
                break;
            case int or bool:
                Add(Convert.ToInt64(value));
                break;
            case Array array:
                Add(array.Length);
                foreach (object item in array)
                    Add(item);
                break;
            default:
                throw new NotSupportedException($"there is no digest of {value.GetType().Name}");
        }
    }
}
