using System.Globalization;

namespace FvSolver.Cases.Sweeps;

/// <summary>A value that a sweep gives to a parameter: a number, or the name of a choice such as a hop law.</summary>
public readonly record struct SweepValue
{
    /// <summary>A number [unit of the parameter].</summary>
    public SweepValue(double number)
    {
        Number = number;
        Text = null;
    }

    /// <summary>A choice.</summary>
    public SweepValue(string text)
    {
        Number = double.NaN;
        Text = text;
    }

    /// <summary>The number; NaN for a choice.</summary>
    public double Number { get; }

    /// <summary>The choice; null for a number.</summary>
    public string? Text { get; }

    /// <summary>The value as it stands in a file, to the last bit.</summary>
    public override string ToString() => Text ?? Number.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>A parameter with the value that it takes at a point.</summary>
/// <param name="Path">Path of the parameter, e.g. <c>psg.hop_distance</c>.</param>
/// <param name="Value">Its value.</param>
public sealed record Setting(string Path, SweepValue Value);

/// <summary>One point of a sweep.</summary>
/// <param name="Index">Number of the point, from 0; it names the point's result file.</param>
/// <param name="Settings">Parameters in the order of the sweep.</param>
public sealed record SweepPoint(int Index, IReadOnlyList<Setting> Settings);
