namespace FvSolver.Cases.Output.Hdf5;

/// <summary>Turns a tree of groups into the bytes of an HDF5 file and back: the seam to the HDF5 library in use.</summary>
public interface IDataFormat
{
    /// <summary>Writes a whole file into an empty, seekable stream, which stays open.</summary>
    void Write(Stream stream, DataGroup root);

    /// <summary>Reads a whole file from the start of a stream, which stays open.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="accept">
    /// Sees the attributes of the root before anything else is read, and throws when the file is not wanted: a
    /// foreign file may be large.
    /// </param>
    DataGroup Read(Stream stream, Action<IReadOnlyDictionary<string, object>> accept);
}
