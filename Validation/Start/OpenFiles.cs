using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FvSolver.Validation.Start;

/// <summary>The number of files that the program may have open at once.</summary>
internal static class OpenFiles
{
    // A run holds some 70 open, most of them parts of the program; pictures and distributed sweeps add theirs.
    private const int Fewest = 128;
    private const string Limits = "/proc/self/limits", Line = "Max open files";

    /// <summary>
    /// True, and said in one line, when they are so few that the runtime would end in a stack trace or without a word.
    /// </summary>
    /// <remarks>Nothing here needs more than the core of the runtime: every further part is a file itself.</remarks>
    public static bool AreTooFew()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            foreach (string line in File.ReadLines(Limits))
                if (line.StartsWith(Line, StringComparison.Ordinal)
                    && int.TryParse(line.AsSpan(Line.Length).TrimStart().Slice(0, 10).TrimEnd(), CultureInfo.InvariantCulture, out int most)
                    && most < Fewest)
                {
                    using var error = new FileStream(new SafeFileHandle(2, ownsHandle: false), FileAccess.Write);
                    error.Write(Encoding.UTF8.GetBytes(
                        $"fv: this shell allows {most} open files, and the program needs {Fewest}; allow more with ulimit -n\n"));
                    return true;
                }
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
