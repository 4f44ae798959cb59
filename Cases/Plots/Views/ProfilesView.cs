using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>Fields over depth, or along an interface, at a few of the sampled times; in 2-D maps of the last sample.</summary>
internal static class ProfilesView
{
    /// <summary>Largest over smallest value from which an axis counts decades.</summary>
    private const double Decades = 5;

    public static FigureSpec? Of(Result result)
    {
        ProfileSet profiles = result.Record.Profiles;
        ProfileField[] fields = [.. profiles.Fields.Where(f => f.Samples.Count > 0 && f.Position.Length > 1
            && f.Part is not (ProfileParts.Gate or ProfileParts.Contacts))];
        // One legend is that of all.
        ProfileField? named = fields.FirstOrDefault(f => f.Triangles.Length == 0);
        PanelSpec[] panels = [.. fields.Select(f => f.Triangles.Length > 0
            ? FieldView.Panel(profiles, f, f.Samples.Count - 1, [f.Samples[^1]]) : Curves(result, f, f == named))];
        return panels.Length == 0 ? null : new FigureSpec
        {
            Name = "profiles",
            Title = $"{result.Header.Title}: fields"
                + (fields.Any(f => f.Triangles.Length > 0) ? $", {SampleTimes.Words(result, profiles.Times.Count - 1)}" : ""),
            Columns = panels.Length > 2 ? 2 : 1,
            Panels = panels,
        };
    }

    private static PanelSpec Curves(Result result, ProfileField field, bool isNamed)
    {
        int[] chosen = SampleTimes.Choose([.. result.Record.Profiles.Times.Take(field.Samples.Count)]);
        // Without triangles a field of a cross-section lives on a line along x.
        bool isAlong = field.PositionX.Length > 0;
        double[] place = isAlong ? field.PositionX : field.Position;
        int[] order = [.. Enumerable.Range(0, place.Length).OrderBy(n => place[n])];
        double[] along = [.. order.Select(n => 1e9 * place[n])];
        IEnumerable<double> values = chosen.SelectMany(k => field.Samples[k]);
        return new PanelSpec
        {
            X = new AxisSpec(isAlong ? "position x" : "depth z", "nm"),
            Y = new AxisSpec(Name(field), field.Unit) { Log = values.Min() > 0 && values.Max() > Decades * values.Min() },
            Curves = [.. chosen.Select((sample, k) => new CurveSpec
            {
                Label = isNamed ? SampleTimes.Words(result, sample) : "",
                Tone = chosen.Length == 1 ? 0 : (double)k / (chosen.Length - 1),
                X = along,
                Y = [.. order.Select(n => field.Samples[sample][n])],
            })],
            References = isAlong ? [] : [.. Interfaces(field).Select(i => new ReferenceSpec(i.Name, i.At, i.At) { OnX = true })],
        };
    }

    /// <summary>Where a layer of the stack ends.</summary>
    private static IEnumerable<(string Name, double At)> Interfaces(ProfileField field)
    {
        (double top, double bottom) = (1e9 * field.Position.Min(), 1e9 * field.Position.Max());
        return field.Part switch
        {
            ProfileParts.Electrolyte => [("Pd", top), ("WO3", bottom)],
            ProfileParts.Channel => [("PSG", top), ("oxide", bottom)],
            _ => [],
        };
    }

    private static string Name(ProfileField field) => field.Name.Replace('_', ' ');
}
