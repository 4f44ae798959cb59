using FvSolver.Solver.Maps;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Maps;

/// <summary>Contents beyond those that a piece is built for.</summary>
public sealed class ContentRange(string preset) : MapCase("maps.range", preset)
{
    public override string Title => "Contents beyond an interval belong to the next piece, and past the last to direct pulses";

    public override string Equation => "u in [u_low, u_high] of the piece";

    public override string Source => "pulses computed at a relative tolerance of 1e-8";

    public override Control Control { get; } = new("the range is not looked at: the first piece is used beyond its end");

    public override ValidationOutcome Run(RunContext context)
    {
        var pulses = new RandomPulses(Preset, hasWidths: false, seed: 5);
        MapPiece first = pulses.Piece(true, 3);
        double worst = 0;
        for (int i = 0; i < (context.Quick ? 4 : 20); i++)
        {
            double u = pulses.Between(4, 5);
            (double amplitude, double width) = pulses.Next(up: true);
            MapPiece own = pulses.Piece(true, u);
            double computed = pulses.Map.Compute(own, u, null, amplitude, width).Step;
            worst = Math.Max(worst, Math.Abs((context.Perturbed ? first : own).StepAt(u, amplitude, width) / computed - 1)
                / own.Errors.Total);
        }
        return new(
            new Check("largest error of a step over its bound", "1", worst, Band.AtMost(1)),
            new Check("pieces at a full channel", "1", pulses.Map.Find(0, 7.9, pulses.Start.Given, 1e9) is null ? 0 : 1, 0,
                Band.Absolute(0)));
    }
}
