using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Studies;

/// <summary>Step of one pulse against how far the gate reaches beyond the channel (negative: how far it ends before it).</summary>
internal sealed class GateOverlap : IStudy
{
    private readonly CaseDefinition _case;
    private readonly int _gate;
    private readonly double _left, _right, _amplitude, _width;
    private readonly IReadOnlyList<double> _overlaps;

    private GateOverlap(CaseDefinition definition, TableReader table)
    {
        _case = definition;
        if (definition.CrossSection is not { } section || !section.Rectangles.Any(r => r.Shape.Material == MaterialKind.GateMetal))
            throw table.Error("type", "gate-overlap needs a cross_section with a rectangle of gate-metal");
        _gate = section.Rectangles.ToList().FindIndex(r => r.Shape.Material == MaterialKind.GateMetal);
        _left = section.Rectangles.Where(r => r.Shape.Material == MaterialKind.Channel).Min(r => r.Shape.Left);
        _right = section.Rectangles.Where(r => r.Shape.Material == MaterialKind.Channel).Max(r => r.Shape.Right);
        _overlaps = table.Numbers("overlaps", "m", Bounds.Any);
        _amplitude = table.Number("amplitude", "V", Bounds.Any);
        _width = table.Number("width", "s", new Bounds(2 * definition.Device.Gate.EdgeTime, 1));
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new GateOverlap(definition, table);

    public StudyAnswer Run(StudyContext context)
    {
        IReadOnlyList<IReadOnlyDictionary<string, double>> found = context.Compute(_case,
            [.. _overlaps.Select(o => new StudyPoint($"overlap of {o * 1e9:g4} nm", () => SectionPulse.Run(At(o), _amplitude, _width)))]);
        var table = new Table(
        [
            new("overlap", "m", "how far the gate reaches beyond the channel on either side"),
            new("conductance_step", "S", "change of conductance by one pulse from rest"),
            new("protons_into_wo3", "1", "hydrogen that entered WO3"),
            new("hot_spot", "1", "largest over mean number of protons per area under the gate"),
        ]);
        var answer = new StudyAnswer { Points = table };
        foreach ((int i, double overlap) in _overlaps.Index())
        {
            table.Append([overlap, found[i]["step"], found[i]["protons"], found[i]["hot"]]);
            string key = $"{overlap * 1e9:g4}nm".Replace('.', '_').Replace("-", "minus_", StringComparison.Ordinal);
            answer.Add($"step_{key}", $"step, overlap of {overlap * 1e9:g4} nm; hot spot {found[i]["hot"]:f2} x", found[i]["step"], "S",
                $"{found[i]["step"] * 1e12:f2} pS");
        }
        double? flat = FlatFilm.Step(_case, _amplitude, _width, PulseExperiment.ReadTime);
        if (flat is { } step)
            answer.Add("step_flat", "step of the same films in 1-D, without edges", step, "S", $"{step * 1e12:f2} pS");
        answer.Plots.Add(new()
        {
            Name = "gate-overlap",
            Title = $"One pulse of {_amplitude:g3} V and {_width * 1e9:g3} ns against the overlap of the gate",
            Panels =
            [
                new()
                {
                    X = new("gate beyond the channel", "nm"),
                    Y = new("step of conductance", "pS") { Min = 0 },
                    Curves = [new() { Style = CurveStyle.MarkersAndLine, X = [.. _overlaps.Select(o => 1e9 * o)],
                        Y = [.. found.Select(f => 1e12 * f["step"])] }],
                    References = flat is { } inFlat
                        ? [new($"1-D, without edges: {1e12 * inFlat:f0} pS", 1e12 * inFlat, 1e12 * inFlat)] : [],
                },
            ],
        });
        return answer;
    }

    // The mesh gets finer towards the edges of the gate as it does towards the finest of the case's own lines.
    private CaseDefinition At(double overlap)
    {
        CrossSectionCase section = _case.CrossSection!;
        (double left, double right) = (_left - overlap, _right + overlap);
        double fine = section.FineX.Count > 0 ? section.FineX.Min(f => f.Size) : section.CellX;
        SectionRectangle gate = section.Rectangles[_gate];
        return _case with
        {
            CrossSection = section with
            {
                Rectangles = [.. section.Rectangles.Select(
                    (r, i) => i == _gate ? gate with { Shape = gate.Shape with { Left = left, Right = right } } : r)],
                FineX = [.. section.FineX, new(left, fine), new(right, fine)],
            },
        };
    }
}
