using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>One recorded field at one sample: a map over the cross-section, or a cut through it.</summary>
internal static class FieldView
{
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
            Panels =
            [
                new PanelSpec
                {
                    X = new AxisSpec("position x", "nm"),
                    Y = new AxisSpec("depth z", "nm") { Reversed = true },
                    Map = new MapSpec
                    {
                        Label = Label(field),
                        Unit = field.Unit,
                        X = [.. field.PositionX.Select(v => 1e9 * v)],
                        Y = [.. field.Position.Select(v => 1e9 * v)],
                        Values = field.Samples[Index(field, sample)],
                        Triangles = field.Triangles,
                        Min = field.Samples.Min(s => s.Min()),
                        Max = field.Samples.Max(s => s.Max()),
                    },
                },
            ],
        };
    }

    /// <summary>Values along the line of one x, down the stack, at each sample.</summary>
    /// <exception cref="OutputException">The line does not meet the field.</exception>
    public static FigureSpec Cut(Result result, string name, double x)
    {
        ProfileField field = Find(result, name);
        List<double> times = result.Record.Profiles.Times;
        CurveSpec[] curves = [.. field.Samples.Select((values, k) =>
        {
            (double Z, double Value)[] points = [.. Crossings(field, values, x).DistinctBy(p => p.Z).OrderBy(p => p.Z)];
            return new CurveSpec
            {
                Label = Typography.Quantity(times[k], "s"),
                Tone = field.Samples.Count == 1 ? 0 : (double)k / (field.Samples.Count - 1),
                X = [.. points.Select(p => 1e9 * p.Z)],
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

    private static IEnumerable<(double Z, double Value)> Crossings(ProfileField field, double[] values, double x)
    {
        for (int t = 0; t < field.Triangles.Length; t += 3)
            for (int e = 0; e < 3; e++)
            {
                int a = field.Triangles[t + e], b = field.Triangles[t + (e + 1) % 3];
                double xa = field.PositionX[a], xb = field.PositionX[b];
                if (xa == xb || x < Math.Min(xa, xb) || x > Math.Max(xa, xb))
                    continue;
                double s = (x - xa) / (xb - xa);
                yield return (field.Position[a] + s * (field.Position[b] - field.Position[a]), values[a] + s * (values[b] - values[a]));
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
