using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>Fields over depth, or along an interface, at a few of the sampled times; in 2-D maps of the last sample.</summary>
internal static class ProfilesView
{
    private const int MostCurves = 7;

    public static FigureSpec? Of(Result result)
    {
        ProfileSet profiles = result.Record.Profiles;
        PanelSpec[] panels = [.. profiles.Fields.Where(f => f.Samples.Count > 0 && f.Position.Length > 1)
            .Select(f => f.Triangles.Length > 0 ? Map(f) : Curves(f, profiles.Times))];
        return panels.Length == 0 ? null : new FigureSpec
        {
            Name = "profiles",
            Title = $"{result.Header.Title}: fields",
            Columns = panels.Length > 2 ? 2 : 1,
            Panels = panels,
        };
    }

    private static PanelSpec Curves(ProfileField field, List<double> times)
    {
        int count = Math.Min(field.Samples.Count, MostCurves);
        int[] chosen = [.. Enumerable.Range(0, count).Select(k => count == 1 ? 0 : k * (field.Samples.Count - 1) / (count - 1))];
        // Without triangles a field of a cross-section lives on a line along x.
        bool isAlong = field.PositionX.Length > 0;
        double[] place = isAlong ? field.PositionX : field.Position;
        int[] order = [.. Enumerable.Range(0, place.Length).OrderBy(n => place[n])];
        double[] along = [.. order.Select(n => 1e9 * place[n])];
        return new PanelSpec
        {
            X = new AxisSpec(isAlong ? "position x" : "depth z", "nm"),
            Y = new AxisSpec(Name(field), field.Unit),
            Curves = [.. chosen.Select((sample, k) => new CurveSpec
            {
                Label = sample < times.Count ? Typography.Quantity(times[sample], "s") : "",
                Tone = count == 1 ? 0 : (double)k / (count - 1),
                X = along,
                Y = [.. order.Select(n => field.Samples[sample][n])],
            })],
        };
    }

    private static PanelSpec Map(ProfileField field) => new()
    {
        X = new AxisSpec("position x", "nm"),
        Y = new AxisSpec("depth z", "nm") { Reversed = true },
        Map = new MapSpec
        {
            Label = Name(field),
            Unit = field.Unit,
            X = [.. field.PositionX.Select(v => 1e9 * v)],
            Y = [.. field.Position.Select(v => 1e9 * v)],
            Values = field.Samples[^1],
            Triangles = field.Triangles,
        },
    };

    private static string Name(ProfileField field) => field.Name.Replace('_', ' ');
}
