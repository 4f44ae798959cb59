using System.Text;
using FvSolver.Cases.Files;

namespace FvSolver.Cases.Output;

/// <summary>Files that the program writes.</summary>
/// <remarks>
/// Each is written under a temporary name of its own beside its place and renamed, so that at every moment the name stands
/// for a whole file, the old one or the new one. The program's files carry a mark, by which it knows them again: anything
/// else is not replaced unless the user says so, and what is no regular file never is.
/// </remarks>
public static class OutputFile
{
    /// <summary>Stands at the start or the end of each file of the program.</summary>
    public const string Mark = "FvSolver";

    private const int SearchedBytes = 4096;
    private static int _pending;

    /// <summary>True while some file is being written: the process must not be ended now.</summary>
    public static bool IsWriting => Volatile.Read(ref _pending) > 0;

    /// <summary>Checks, before the work, that files can be written: their folders are made, and what is there may be replaced.</summary>
    /// <param name="overwriteForeign">True to replace files that this program has not written.</param>
    /// <param name="paths">The files.</param>
    /// <exception cref="OutputException">One of them cannot be written.</exception>
    public static void Check(bool overwriteForeign, params IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            RequireReplaceable(path);
            if (!overwriteForeign && !IsOurs(path))
                throw new OutputException(path,
                    "exists and was not written by this program; choose another name, or replace it with --force");
            OutputFolder.Ensure(path);
            try
            {
                string probe = TemporaryName(path);
                using (Create(probe))
                    File.Delete(probe);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
            {
                throw new OutputException(path, $"cannot be written: {OutputException.Describe(e)}", e);
            }
        }
    }

    /// <summary>Refuses to write over a file that the same command reads, whatever the user says.</summary>
    /// <exception cref="OutputException">Both are one file.</exception>
    public static void RequireApart(string output, string input)
    {
        FileIdentity a = FileIdentity.Of(output, followLinks: true), b = FileIdentity.Of(input, followLinks: true);
        if (Path.GetFullPath(output) == Path.GetFullPath(input) || (a.Kind == FileKind.Regular && a.Number != 0 && a == b))
            throw new OutputException(output, "is the file that the command reads; give the output another name");
    }

    /// <summary>Writes a file; an existing one is replaced at the end, at once.</summary>
    /// <param name="path">Where to; its folder must exist.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="flushToDisk">True to wait until the disk has it.</param>
    /// <exception cref="IOException">It cannot be written; an existing file is left as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">Neither file nor folder may be written to.</exception>
    public static void Write(string path, Action<FileStream> write, bool flushToDisk = false)
    {
        Interlocked.Increment(ref _pending);
        string temporary = TemporaryName(path);
        try
        {
            using (FileStream file = Create(temporary))
            {
                write(file);
                file.Flush(flushToDisk);
            }
            RequireReplaceable(path);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    /// <summary>Writes a file; where its place cannot be written to, into a folder for temporary files, so that nothing is lost.</summary>
    /// <param name="path">Where to; its folder is made when it is not there.</param>
    /// <param name="write">Writes it to a path.</param>
    /// <param name="advice">What to do with a file elsewhere.</param>
    /// <exception cref="OutputException">It is elsewhere; the message says where.</exception>
    public static void WriteOrElsewhere(string path, Action<string> write, string advice)
    {
        try
        {
            OutputFolder.Ensure(path);
            write(path);
        }
        catch (OutputException e)
        {
            string elsewhere = Path.Combine(Directory.CreateTempSubdirectory("fv-").FullName, Path.GetFileName(path));
            write(elsewhere);
            throw new OutputException($"{e.Message}; saved in {elsewhere} instead{advice}");
        }
    }

    /// <summary>Writes a text; an existing file is replaced at the end, at once.</summary>
    /// <exception cref="OutputException">It cannot be written; an existing file is left as it was.</exception>
    public static void WriteText(string path, string text) => WriteBytes(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes; an existing file is replaced at the end, at once.</summary>
    /// <exception cref="OutputException">It cannot be written; an existing file is left as it was.</exception>
    public static void WriteBytes(string path, byte[] content)
    {
        try
        {
            Write(path, file => file.Write(content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OutputException(path, $"cannot be written: {OutputException.Describe(e)}", e);
        }
    }

    /// <summary>True when there is no file, an empty one, or one with the program's mark.</summary>
    internal static bool IsOurs(string path)
    {
        if (!File.Exists(path))
            return true;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return IsOurs(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>True when a file is empty or has the program's mark.</summary>
    internal static bool IsOurs(FileStream file)
    {
        var head = new byte[(int)Math.Min(SearchedBytes, file.Length)];
        file.ReadExactly(head);
        var tail = new byte[head.Length];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        return file.Length == 0 || HasMark(head) || HasMark(tail);
    }

    private static bool HasMark(ReadOnlySpan<byte> bytes) => bytes.IndexOf("FvSolver"u8) >= 0 || bytes.IndexOf(Seal.Mark) >= 0;

    // Exclusive and not to be guessed: a link that someone has put there beforehand is not followed, and two writers do not meet.
    private static FileStream Create(string temporary) => new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);

    private static string TemporaryName(string path) => $"{path}.{Path.GetRandomFileName()[..8]}.partial";

    private static void RequireReplaceable(string path)
    {
        FileIdentity there = FileIdentity.Of(path);
        if (there.Kind is not (FileKind.Absent or FileKind.Regular))
            throw new OutputException(path, $"cannot be written: it is {there.Words}; an output must be a regular file");
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The error that is being reported says more than a file that could not be made in the first place.
        }
    }
}
