namespace FvSolver.Mesh;

/// <summary>A geometry or mesh that cannot be used; the message is one line with place and remedy.</summary>
public sealed class MeshException : Exception
{
    /// <summary>An error in a geometry that was not read from a file.</summary>
    public MeshException(string message)
        : base(message)
    {
    }

    /// <summary>An error at a line of a file.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="line">Line, counted from 1.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public MeshException(string file, int line, string message)
        : base($"{file}({line}): {message}")
    {
        File = file;
        Line = line;
    }

    /// <summary>Name of the file, or null.</summary>
    public string? File { get; }

    /// <summary>Line in the file, or null.</summary>
    public int? Line { get; }
}
