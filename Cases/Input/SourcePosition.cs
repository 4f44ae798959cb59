namespace FvSolver.Cases.Input;

/// <summary>Where a value was written.</summary>
/// <param name="File">Name of the file, or <see cref="CommandLine"/>.</param>
/// <param name="Line">Line from 1; 0 on the command line.</param>
public readonly record struct SourcePosition(string File, int Line)
{
    /// <summary>Name that stands for the command line's <c>--set</c>.</summary>
    public const string CommandLine = "--set";

    /// <summary>The place as provenance of a value, e.g. <c>case.toml line 12</c> or <c>--set</c>.</summary>
    public override string ToString() => Line > 0 ? $"{File} line {Line}" : File;
}
