using PureHDF;
using PureHDF.VOL.Native;

namespace FvSolver.Cases.Output.Hdf5;

/// <summary>HDF5 in managed code: written by <see cref="Hdf5Writer"/>, read by the PureHDF package.</summary>
/// <remarks>
/// Booleans are stored as unsigned 8-bit integers. Links of other kinds and datasets of other types than <see cref="DataSet"/> names
/// are passed over when reading.
/// </remarks>
public sealed class Hdf5Format : IDataFormat
{
    /// <summary>Groups in groups that are read; a damaged or foreign file may link to itself.</summary>
    private const int MaxDepth = 8;

    /// <summary>Deflate cannot shrink by more than this factor, so more bytes than that in a file are a lie.</summary>
    private const double MaxCompression = 1032;

    /// <inheritdoc/>
    public void Write(Stream stream, DataGroup root) => Hdf5Writer.Write(stream, root);

    /// <inheritdoc/>
    public DataGroup Read(Stream stream, Action<IReadOnlyDictionary<string, object>> accept)
    {
        Screening.Refuse(stream);
        using NativeFile file = H5File.Open(stream, leaveOpen: true);
        var attributes = new Dictionary<string, object>();
        ReadAttributes(file, attributes, stream.Length);
        accept(attributes);
        return ReadGroup(file, stream.Length, 0);
    }

    private static DataGroup ReadGroup(IH5Group source, long fileLength, int depth)
    {
        if (depth > MaxDepth)
            throw new InvalidDataException($"groups are nested deeper than {MaxDepth}");
        var group = new DataGroup();
        ReadAttributes(source, group.Attributes, fileLength);
        foreach (IH5Object child in source.Children())
        {
            if (child is IH5Group inner)
                group.Groups.Add(child.Name, ReadGroup(inner, fileLength, depth + 1));
            else if (child is IH5Dataset dataset && ReadDataSet(dataset, fileLength) is { } data)
                group.DataSets.Add(child.Name, data);
        }
        return group;
    }

    private static DataSet? ReadDataSet(IH5Dataset source, long fileLength)
    {
        int[] shape = [.. source.Space.Dimensions.Select(n => checked((int)n))];
        Require(source.Name, source.Space, source.Type, source.Layout.Class == H5DataLayoutClass.Chunked ? MaxCompression * fileLength
            : fileLength);

        object? value = shape.Length == 0
            ? (source.Type.Class, source.Type.Size) switch
            {
                (H5DataTypeClass.FloatingPoint, 8) => source.Read<double>(),
                (H5DataTypeClass.FixedPoint, 8) => source.Read<long>(),
                (H5DataTypeClass.FixedPoint, 4) => source.Read<int>(),
                (H5DataTypeClass.FixedPoint, 1) => source.Read<byte>() != 0,
                (H5DataTypeClass.VariableLength or H5DataTypeClass.String, _) => source.Read<string>(),
                _ => null,
            }
            : (source.Type.Class, source.Type.Size) switch
            {
                (H5DataTypeClass.FloatingPoint, 8) => source.Read<double[]>(),
                (H5DataTypeClass.FixedPoint, 8) => source.Read<long[]>(),
                (H5DataTypeClass.FixedPoint, 4) => source.Read<int[]>(),
                (H5DataTypeClass.VariableLength or H5DataTypeClass.String, _) => source.Read<string[]>(),
                _ => null,
            };
        if (value is null)
            return null;
        var data = new DataSet(value, shape);
        ReadAttributes(source, data.Attributes, fileLength);
        return data;
    }

    /// <summary>Refuses what claims to hold more than the file can before memory is taken for it.</summary>
    private static void Require(string name, IH5Dataspace space, IH5DataType type, double bytes)
    {
        if (space.Dimensions.Aggregate((double)type.Size, (product, n) => product * n) > bytes)
            throw new InvalidDataException($"'{name}' claims to be larger than the file can hold");
    }

    private static void ReadAttributes(IH5Object source, Dictionary<string, object> target, long fileLength)
    {
        // What marks dimension scales belongs to the format.
        foreach (IH5Attribute attribute in source.Attributes().Where(a => a.Name is not ("CLASS" or "NAME" or "DIMENSION_LIST")))
        {
            Require(attribute.Name, attribute.Space, attribute.Type, fileLength);
            bool single = attribute.Space.Rank == 0;
            object? value = (attribute.Type.Class, attribute.Type.Size) switch
            {
                (H5DataTypeClass.FloatingPoint, 8) when single => attribute.Read<double>(),
                (H5DataTypeClass.FixedPoint, 8) when single => attribute.Read<long>(),
                (H5DataTypeClass.FixedPoint, 4) when single => attribute.Read<int>(),
                (H5DataTypeClass.VariableLength or H5DataTypeClass.String, _) =>
                    // An empty text of variable length is read as none.
                    single ? attribute.Read<string?>() ?? "" : attribute.Read<string?[]>().Select(t => t ?? "").ToArray(),
                _ => null,
            };
            if (value is not null)
                target.Add(attribute.Name, value);
        }
    }
}
