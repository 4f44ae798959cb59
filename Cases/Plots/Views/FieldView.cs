using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>One recorded field at one sample: a map over the cross-section, or a cut through it.</summary>
internal static class FieldView
{
    /// <summary>Relative difference that is rounding.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Width over height of a cross-section from which its picture is stretched along the depth.</summary>
    private const double Stretched = 2;

    /// <summary>The field of a name.</summary>
    /// <exception cref="OutputException">There is none.</exception>
    public static ProfileField Find(Result result, string name) =>
        result.Record.Profiles.Fields.FirstOrDefault(f => f.Name == name && f.Samples.Count > 0)
            ?? throw new OutputException(
                $"--field: there is no field '{name}' in this result; there are "
                    + $"{string.Join(", ", result.Record.Profiles.Fields.Select(f => f.Name))}");

    /// <summary>The map of a sample, with the colours of all samples so that pictures can be compared.</summary>
    /// <exception cref="OutputException">The field has no triangles, or there is no such sample.</exception>
    public static FigureSpec Map(Result result, string name, int sample)
    {
        ProfileField field = Find(result, name);
        if (field.Triangles.Length == 0)
            throw new OutputException($"--field: '{name}' is no field over a cross-section; draw it with --view profiles");
        return new()
        {
            Name = name,
            Title = Title(result, field, sample),
            Panels = [Panel(result.Record.Profiles, field, Index(field, sample), field.Samples)],
        };
    }

    /// <summary>A sample as a map, with the outlines of electrodes.</summary>
    /// <param name="profiles">All fields.</param>
    /// <param name="field">The field.</param>
    /// <param name="sample">Its sample.</param>
    /// <param name="range">Samples whose values the colours span.</param>
    internal static PanelSpec Panel(ProfileSet profiles, ProfileField field, int sample, IEnumerable<double[]> range)
    {
        double[] x = [.. field.PositionX.Select(v => 1e9 * v)], z = [.. field.Position.Select(v => 1e9 * v)];
        (double low, double high) = (range.Min(s => s.Min()), range.Max(s => s.Max()));
        // What differs by rounding only is one value.
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low <= Rounding * size)
            (low, high) = (low - 0.01 * size, high + 0.01 * size);
        return new()
        {
            X = new AxisSpec("position x", "nm") { Min = x.Min(), Max = x.Max() },
            Y = new AxisSpec(x.Max() - x.Min() > Stretched * (z.Max() - z.Min()) ? "depth z, stretched" : "depth z", "nm")
            {
                Reversed = true,
                Min = z.Min(),
                Max = z.Max(),
            },
            Map = new MapSpec
            {
                Label = Label(field),
                Unit = field.Unit,
                X = x,
                Y = z,
                Values = field.Samples[sample],
                Triangles = field.Triangles,
                Min = low,
                Max = high,
            },
            Curves = [.. profiles.Fields.Where(f => f.Part is ProfileParts.Gate or ProfileParts.Contacts && f.Triangles.Length > 0)
                .Select(Border)],
        };
    }

    private static CurveSpec Border(ProfileField metal)
    {
        (double[] x, double[] z) = Outline.Of(metal.PositionX, metal.Position, metal.Triangles);
        return new() { Color = FigurePalette.Reference, X = [.. x.Select(v => 1e9 * v)], Y = [.. z.Select(v => 1e9 * v)] };
    }

    /// <summary>Values along the line of one x, down the stack, at each sample.</summary>
    /// <exception cref="OutputException">The line does not meet the field.</exception>
    public static FigureSpec Cut(Result result, string name, double x)
    {
        ProfileField field = Find(result, name);
        List<double> times = result.Record.Profiles.Times;
        CurveSpec[] curves = [.. field.Samples.Select((values, k) =>
        {
            (double At, double Value)[] points = [.. Crossings(field.PositionX, field.Position, field.Triangles, values, x)
                .DistinctBy(p => p.At).OrderBy(p => p.At)];
            return new CurveSpec
            {
                Label = Typography.Quantity(times[k], "s"),
                Tone = field.Samples.Count == 1 ? 0 : (double)k / (field.Samples.Count - 1),
                X = [.. points.Select(p => 1e9 * p.At)],
                Y = [.. points.Select(p => p.Value)],
            };
        })];
        if (curves[0].X.Length == 0)
            throw new OutputException($"--cut: the line x = {Typography.Quantity(x, "m")} does not meet '{name}'");
        return new()
        {
            Name = $"{name}-cut",
            Title = $"{result.Header.Title}: cut at x = {Typography.Quantity(x, "m")}",
            Panels = [new PanelSpec { X = new AxisSpec("depth z", "nm"), Y = new AxisSpec(Label(field), field.Unit), Curves = curves }],
        };
    }

    /// <summary>Where a line of constant coordinate meets the edges of triangles, and the value there.</summary>
    /// <param name="across">Coordinate of the nodes that is constant on the line.</param>
    /// <param name="along">Their other coordinate.</param>
    /// <param name="triangles">Triples of nodes.</param>
    /// <param name="values">Values at the nodes.</param>
    /// <param name="at">Where the line is.</param>
    internal static IEnumerable<(double At, double Value)> Crossings(
        double[] across, double[] along, int[] triangles, double[] values, double at)
    {
        for (int t = 0; t < triangles.Length; t += 3)
            for (int e = 0; e < 3; e++)
            {
                int a = triangles[t + e], b = triangles[t + (e + 1) % 3];
                if (across[a] == across[b] || at < Math.Min(across[a], across[b]) || at > Math.Max(across[a], across[b]))
                    continue;
                double s = (at - across[a]) / (across[b] - across[a]);
                yield return (along[a] + s * (along[b] - along[a]), values[a] + s * (values[b] - values[a]));
            }
    }

    private static int Index(ProfileField field, int sample)
    {
        int index = sample < 0 ? field.Samples.Count + sample : sample;
        return index >= 0 && index < field.Samples.Count
            ? index
            : throw new OutputException(
                $"--sample: there is no sample {sample}; '{field.Name}' has {field.Samples.Count}, counted from 0 (or from -1 backwards)");
    }

    private static string Title(Result result, ProfileField field, int sample) =>
        $"{result.Header.Title}: {Typography.Quantity(result.Record.Profiles.Times[Index(field, sample)], "s")}";

    private static string Label(ProfileField field) => field.Name.Replace('_', ' ');
}
