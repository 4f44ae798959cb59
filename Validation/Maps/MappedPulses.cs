using FvSolver.Solver.Maps;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Maps;

/// <summary>Mapped pulses at random contents and amplitudes against the same pulses computed.</summary>
public sealed class MappedPulses(string preset) : MapCase("maps.pulses", preset)
{
    public override string Title => "Random pulses are within the bounds of their map, which are not much wider than needed";

    public override string Equation => "bound = interpolation + tolerance of the map + tolerance of the reference + memory";

    public override string Source => "pulses computed at a relative tolerance of 1e-8";

    public override Control Control { get; } = new("the content before a pulse is left out: that of the pulse before is taken");

    public override ValidationOutcome Run(RunContext context)
    {
        var pulses = new RandomPulses(Preset, hasWidths: false, seed: 7);
        int count = context.Quick ? 40 : 1000, held = 0;
        var ratios = new List<double>();
        double earlier = 0.5, worst = 0;
        for (int i = 0; i < count; i++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            bool up = i % 2 == 0;
            (double amplitude, double width) = pulses.Next(up);
            double u = pulses.Between(-0.25, 3.15);
            MapPiece piece = pulses.Piece(up, u);
            double computed = pulses.Map.Compute(piece, u, null, amplitude, width).Step;
            double error = Math.Abs(piece.StepAt(context.Perturbed ? earlier : u, amplitude, width) / computed - 1);
            held += error <= piece.Errors.Total ? 1 : 0;
            ratios.Add(piece.Errors.Total / error);
            (earlier, worst) = (u, Math.Max(worst, error));
        }
        return new(
            new Check("pulses within their bound", "1", held, count, Band.Absolute(0)),
            new Check("median of bound over error", "1", RandomPulses.Median(ratios), Band.Between(1, 50)),
            new Check("smallest of bound over error", "1", ratios[0], Band.Shown),
            new Check("largest error of a step, relative", "1", worst, Band.Shown),
            new Check("pulses that the maps are built from", "1", pulses.Map.Pieces.Sum(p => p.Pulses), Band.AtMost(250)));
    }
}
