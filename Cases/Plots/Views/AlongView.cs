using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>What a cross-section does along its channel: fields of WO3 in the middle of the film, at a few of the sampled times.</summary>
internal static class AlongView
{
    public static FigureSpec? Of(Result result)
    {
        ProfileSet profiles = result.Record.Profiles;
        ProfileField[] fields = [.. profiles.Fields.Where(
            f => f.Triangles.Length > 0 && f.Samples.Count > 0 && f.Name is "hydrogen_density" or "electron_potential")];
        if (fields.Length == 0)
            return null;
        int[] chosen = SampleTimes.Choose([.. profiles.Times]);
        return new FigureSpec
        {
            Name = "along",
            Title = $"{result.Header.Title}: along the channel",
            Panels = [.. fields.Select((f, k) => new PanelSpec
            {
                X = new AxisSpec("position x", "nm"),
                Y = new AxisSpec(f.Name.Replace('_', ' '), f.Unit),
                Curves = [.. chosen.Select((sample, i) => Curve(f, sample) with
                {
                    Label = k == 0 ? SampleTimes.Words(result, sample) : "",
                    Tone = chosen.Length == 1 ? 0 : (double)i / (chosen.Length - 1),
                })],
            })],
        };
    }

    private static CurveSpec Curve(ProfileField field, int sample)
    {
        double middle = (field.Position.Min() + field.Position.Max()) / 2;
        (double At, double Value)[] points =
            [.. FieldView.Crossings(field.Position, field.PositionX, field.Triangles, field.Samples[sample], middle)
                .DistinctBy(p => p.At).OrderBy(p => p.At)];
        return new CurveSpec { X = [.. points.Select(p => 1e9 * p.At)], Y = [.. points.Select(p => p.Value)] };
    }
}
