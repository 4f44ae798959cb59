using System.IO.MemoryMappedFiles;
using FvSolver.Cases.Files;
using FvSolver.Cases.Output.Hdf5;

namespace FvSolver.Cases.Output;

/// <summary>
/// Result files on the disk; see <see cref="OutputFile"/> for how they are written.
/// </summary>
public static class ResultFile
{
    /// <summary>Words for what is expected, at the end of messages.</summary>
    internal const string Expected = "expected is a result written by 'fv run' (HDF5, layout 1 or 2)";

    /// <summary>Writes a result; an existing file is replaced at the end, at once.</summary>
    /// <exception cref="OutputException">The file cannot be written; an existing one is left as it was.</exception>
    public static void Write(string path, Result result) => Write(path, result, new Hdf5Format());

    /// <summary>Reads all of a result.</summary>
    /// <exception cref="OutputException">The file is missing, unreadable, damaged or foreign.</exception>
    public static Result Read(string path) => Read(path, new Hdf5Format());

    internal static void Write(string path, Result result, IDataFormat format)
    {
        DataGroup root = ResultLayout.ToTree(result);
        try
        {
            OutputFile.Write(path, file =>
            {
                format.Write(file, root);
                Seal.Append(file);
            }, flushToDisk: true);
        }
        // A full disk surfaces from the HDF5 library as whatever it wraps it in.
        catch (Exception e) when (e is not OutputException)
        {
            throw new OutputException(path, $"cannot be written: {OutputException.Describe(e.GetBaseException())}", e);
        }
    }

    internal static Result Read(string path, IDataFormat format)
    {
        if (FileIdentity.Of(path, followLinks: true) is { Kind: FileKind.Folder or FileKind.Special } there)
            throw new OutputException(path, $"is {there.Words}; {Expected}");
        try
        {
            using var handle = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (handle.Length == 0)
                throw new OutputException(path, $"is empty; {Expected}");
            // HDF5 is read in many small pieces all over the file: mapped, each costs a copy instead of a system call.
            using var map = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None,
                leaveOpen: true);
            using Stream file = map.CreateViewStream(0, handle.Length, MemoryMappedFileAccess.Read);
            if (Seal.IsTruncated(file))
                throw new OutputException(path, $"is cut off: it is shorter than it says itself; {Expected}");
            if (!Seal.IsIntact(file))
                throw new OutputException(path, $"is damaged: its content does not agree with its checksum; {Expected}");
            file.Position = 0;
            DataGroup root = format.Read(file, attributes => RequireLayout(path, attributes));
            return ResultLayout.FromTree(root);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new OutputException(path, $"cannot be read: {OutputException.Describe(e)}", e);
        }
        // Whatever a library throws on bytes that it did not expect means the same thing to the user.
        catch (Exception e) when (e is not OutputException)
        {
            throw new OutputException(path, $"is not a readable result; {Expected}", e);
        }
    }

    private static void RequireLayout(string path, IReadOnlyDictionary<string, object> attributes)
    {
        long layout = attributes.GetValueOrDefault("layout") switch { long n => n, int n => n, _ => 0 };
        if (layout == 0)
            throw new OutputException(path, $"is HDF5, but not a result of this program; {Expected}");
        if (layout > ResultLayout.Version)
            throw new OutputException(path, $"has layout {layout}, which this version does not know; {Expected}");
    }
}
