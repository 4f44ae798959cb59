using System.Text;
using FvSolver.Cases.Files;

namespace FvSolver.Cases.Output;

/// <summary>The right to write an output, which one process holds at a time through the file <c>OUTPUT.lock</c>.</summary>
/// <remarks>
/// The lock is the system's on the open file: it ends with the process, however that dies.
/// </remarks>
public sealed class OutputLock : IDisposable
{
    private const string Foreign = "is not a lock file of this program; remove it or choose another output";

    private readonly string _output, _path;
    private FileStream _file;

    private OutputLock(string output)
    {
        (_output, _path) = (output, output + ".lock");
        _file = Open();
    }

    /// <summary>Takes the right to write an output, whose folder is made when it is not there.</summary>
    /// <exception cref="OutputException">Another process holds it, or the lock file cannot be written.</exception>
    public static OutputLock Take(string output)
    {
        OutputFolder.Ensure(output);
        return new(output);
    }

    /// <summary>Takes the right again when folder and lock file have vanished meanwhile.</summary>
    /// <exception cref="OutputException">Another process has taken it.</exception>
    public void Renew()
    {
        OutputFolder.Ensure(_output);
        if (IsCurrent(_file))
            return;
        _file.Dispose();
        _file = Open();
    }

    /// <summary>Gives the right up and removes the file.</summary>
    public void Dispose()
    {
        // Removed while it is still held: who opened it meanwhile sees that it is no longer the file of this name.
        if (IsCurrent(_file))
            File.Delete(_path);
        _file.Dispose();
    }

    private FileStream Open()
    {
        while (true)
        {
            if (FileIdentity.Of(_path).Kind is not (FileKind.Absent or FileKind.Regular))
                throw new OutputException(_path, Foreign);
            FileStream file;
            try
            {
                file = new(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.Message.Contains("being used by another process", StringComparison.Ordinal))
            {
                throw new OutputException(_output, $"is being written by another process{Holder()}; wait for it or choose another output",
                    e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
            {
                throw new OutputException(_output, $"cannot be written: {OutputException.Describe(e)}", e);
            }
            if (!IsCurrent(file))
            {
                // The holder before removed it between our opening and our lock.
                file.Dispose();
                continue;
            }
            if (!OutputFile.IsOurs(file))
            {
                file.Dispose();
                throw new OutputException(_path, Foreign);
            }
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes($"{OutputFile.Mark}\n"));
            file.Flush();
            return file;
        }
    }

    private bool IsCurrent(FileStream file) => !OperatingSystem.IsLinux()
        ? File.Exists(_path)
        : FileIdentity.Of(_path) == FileIdentity.Of($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}", followLinks: true);

    // The kernel's list of locks, e.g. "1: FLOCK ADVISORY WRITE 4711 fe:00:966663 0 EOF"; processes on other machines are not in it.
    private string Holder()
    {
        string file = $":{FileIdentity.Of(_path).Number} ";
        string? line = File.Exists("/proc/locks")
            ? File.ReadLines("/proc/locks").FirstOrDefault(l => l.Contains(file, StringComparison.Ordinal)) : null;
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, var process, ..] ? $" (process {process})" : "";
    }
}
