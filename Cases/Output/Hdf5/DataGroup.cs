namespace FvSolver.Cases.Output.Hdf5;

/// <summary>
/// A group of an HDF5 file as plain objects: attributes, datasets and further groups. It is all that the rest of the
/// program knows about HDF5; an <see cref="IDataFormat"/> turns it into bytes and back.
/// </summary>
public sealed class DataGroup
{
    /// <summary>Attributes: <see cref="double"/>, <see cref="long"/>, <see cref="int"/>, <see cref="string"/> or string[].</summary>
    public Dictionary<string, object> Attributes { get; } = [];

    /// <summary>Datasets by name.</summary>
    public Dictionary<string, DataSet> DataSets { get; } = [];

    /// <summary>Groups by name.</summary>
    public Dictionary<string, DataGroup> Groups { get; } = [];

    /// <summary>The group of that name, made when it is not there.</summary>
    public DataGroup Group(string name)
    {
        if (!Groups.TryGetValue(name, out DataGroup? group))
            Groups.Add(CheckedName(name), group = new DataGroup());
        return group;
    }

    /// <summary>Adds a dataset with the attributes that every dataset has.</summary>
    /// <param name="name">Its name in this group.</param>
    /// <param name="value">What it holds: see <see cref="DataSet"/>.</param>
    /// <param name="unit">SI unit as text; 1 when dimensionless.</param>
    /// <param name="longName">Meaning, in words.</param>
    /// <param name="shape">Extents of an array of higher rank, stored row by row; by default one of its length.</param>
    /// <param name="dimensions">Names of its dimensions: see <see cref="DataSet.Dimensions"/>; by default they have none.</param>
    public DataSet Add(string name, object value, string unit, string longName, int[]? shape = null, string[]? dimensions = null)
    {
        var data = new DataSet(value, shape ?? (value is Array a ? [a.Length] : [])) { Dimensions = dimensions ?? [] };
        data.Attributes["units"] = unit;
        data.Attributes["long_name"] = longName;
        DataSets.Add(CheckedName(name), data);
        return data;
    }

    /// <summary>Adds the numbers from <paramref name="first"/> as the coordinate along a dimension that has no other.</summary>
    public void AddIndex(string dimension, int length, string longName, int first = 0) =>
        Add(dimension, Enumerable.Range(first, length).ToArray(), "1", longName, dimensions: [dimension]);

    private static string CheckedName(string name) => name is not ("" or "." or "..") && !name.Contains('/')
        ? name
        : throw new ArgumentException($"'{name}' cannot name a dataset or a group: it must not be empty or contain '/'.");
}

/// <summary>One dataset.</summary>
/// <param name="Value">
/// double, long, int, bool or string, or an array (one-dimensional, row by row) of double, long or int; when read from
/// layout 1 also of string.
/// </param>
/// <param name="Shape">Extents; empty for a single value.</param>
public sealed record DataSet(object Value, int[] Shape)
{
    /// <summary>Attributes, with <c>units</c> and <c>long_name</c> among them.</summary>
    public Dictionary<string, object> Attributes { get; } = [];

    /// <summary>
    /// Names of the dimensions, one an extent, or none: that of a dataset in the same group, or in one around it, which holds the
    /// coordinate. A dataset with its own name as its one dimension is such a coordinate. Not read back.
    /// </summary>
    public string[] Dimensions { get; init; } = [];

    /// <summary>Unit as text; 1 when the file does not say.</summary>
    public string Unit => Text("units", "1");

    /// <summary>Meaning in words; empty when the file does not say.</summary>
    public string LongName => Text("long_name", "");

    /// <summary>An attribute that is a string, or what to take when it is absent.</summary>
    public string Text(string attribute, string otherwise) => Attributes.GetValueOrDefault(attribute) as string ?? otherwise;
}
