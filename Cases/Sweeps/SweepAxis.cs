namespace FvSolver.Cases.Sweeps;

/// <summary>A parameter and the values that a grid gives it.</summary>
/// <param name="Path">Path of the parameter.</param>
/// <param name="Values">Values in order.</param>
public sealed record SweepAxis(string Path, IReadOnlyList<SweepValue> Values)
{
    /// <summary>Listed numbers.</summary>
    public static SweepAxis List(string path, params double[] values) => new(path, [.. values.Select(v => new SweepValue(v))]);

    /// <summary>Evenly spaced numbers, both ends included.</summary>
    /// <exception cref="ArgumentException">Fewer than two points.</exception>
    public static SweepAxis Linear(string path, double from, double to, int count)
    {
        CheckCount(path, count);
        return List(path, [.. Enumerable.Range(0, count).Select(i => i == count - 1 ? to : from + (to - from) * i / (count - 1))]);
    }

    /// <summary>Numbers in a constant ratio, both ends included.</summary>
    /// <exception cref="ArgumentException">Fewer than two points, or an end that is not positive.</exception>
    public static SweepAxis Logarithmic(string path, double from, double to, int count)
    {
        CheckCount(path, count);
        if (!(from > 0 && to > 0))
            throw new ArgumentException($"Axis '{path}': logarithmic ends must be positive; they are {from:g6} and {to:g6}.");
        return List(path, [.. Enumerable.Range(0, count).Select(i =>
            i == 0 ? from : i == count - 1 ? to : from * Math.Pow(to / from, (double)i / (count - 1)))]);
    }

    /// <summary>Numbers from one end by a step until past the other end.</summary>
    /// <exception cref="ArgumentException">The step does not lead from one end to the other.</exception>
    public static SweepAxis Range(string path, double from, double to, double step)
    {
        double steps = (to - from) / step;
        if (!(steps >= 0))
            throw new ArgumentException($"Axis '{path}': a step of {step:g6} does not lead from {from:g6} to {to:g6}.");
        if (steps >= SweepDefinition.MostPoints)
            throw new ArgumentException(
                $"Axis '{path}': a step of {step:g6} from {from:g6} to {to:g6} makes {steps:g3} values; a sweep has at most "
                    + $"{SweepDefinition.MostPoints} points.");
        return List(path, [.. Enumerable.Range(0, (int)Math.Floor(steps + 1e-9) + 1).Select(i => from + i * step)]);
    }

    private static void CheckCount(string path, int count)
    {
        if (count < 2)
            throw new ArgumentException($"Axis '{path}': count is {count}; at least 2 are needed.");
        if (count > SweepDefinition.MostPoints)
            throw new ArgumentException($"Axis '{path}': count is {count}; a sweep has at most {SweepDefinition.MostPoints} points.");
    }
}
