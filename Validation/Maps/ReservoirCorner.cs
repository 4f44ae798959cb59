using FvSolver.Solver.Maps;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Maps;

/// <summary>Where the reservoir leaves its plateau.</summary>
public sealed class ReservoirCorner(string preset) : MapCase("maps.corner", preset)
{
    public override string Title => "Maps are split where the reservoir leaves its plateau";

    public override string Equation => "a_H = 1 on the plateau, [x/(1-x)]/[x_h/(1-x_h)] above it";

    public override string Source => "pulses computed at a relative tolerance of 1e-8 with a gate that is richer than the plateau";

    public override Control Control { get; } = new("the map of the plateau is used past its end");

    public override ValidationOutcome Run(RunContext context)
    {
        var pulses = new RandomPulses(Preset, hasWidths: false, seed: 3);
        double worst = 0;
        for (int i = 0; i < (context.Quick ? 4 : 20); i++)
        {
            double u = pulses.Between(-0.49, -0.3), given = pulses.Map.Content.Atoms * (Math.Exp(u) - 1);
            (double amplitude, double width) = pulses.Next(up: false);
            MapPiece rich = pulses.Map.Find(1, u, given, 1e9)!,
                used = context.Perturbed ? pulses.Map.Find(1, u, pulses.Start.Given, 1e9)! : rich;
            double computed = pulses.Map.Compute(rich, u, null, amplitude, width).Step;
            worst = Math.Max(worst, Math.Abs(used.StepAt(u, amplitude, width) / computed - 1) / rich.Errors.Total);
        }
        return new(new Check("largest error of a step over its bound", "1", worst, Band.AtMost(1)));
    }
}
