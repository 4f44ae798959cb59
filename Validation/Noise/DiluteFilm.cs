using FvSolver.Cases.Noise;
using FvSolver.Materials;
using FvSolver.Solver.Kinetic;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.Noise;

/// <summary>Point charges so far apart that they hardly feel each other: the mean field of planes is then right.</summary>
/// <remarks>
/// Both films start from one draw of the mean field, which each state of the point charges enters with its Boltzmann factor. What
/// protons there are, they share, and most of the scatter is gone.
/// </remarks>
public sealed class DiluteFilm : ValidationCase
{
    public override string Id => "noise.dilute";

    public override string Title => "In a dilute film point charges give the mean step of the mean field of planes";

    public override CaseGroup Group => CaseGroup.Noise;

    public override string Equation => "⟨X e^{-U/kT}⟩ / ⟨e^{-U/kT}⟩ = ⟨X⟩ of the mean field";

    public override string Source =>
        "a thousandth of a proton within the Bjerrum length; states of the mean field, weighted by the energy U of the pairs";

    public override Control Control { get; } = new("each proton is drawn to its own images, which the mean field of planes leaves out");

    public override ValidationOutcome Run(RunContext context)
    {
        Device dilute = CalibrationRules.Resolve(ReferenceSets.Frozen with
        {
            Psg = ReferenceSets.Frozen.Psg with { FixedChargeDensity = 1e24, RelativePermittivity = 80, ActivationEnergy = double.NaN },
        });
        // Nothing binds protons to so dilute a film: the interfaces stay as they are.
        var free = new PointOptions { KeepsContent = false, FirstRelaxations = 0, OwnImage = context.Perturbed };
        NoisePoint point = Pulses.Point(10) with { Device = dilute, Points = free };
        LatticeFilm film = NoiseBlock.FilmOf(point, new());
        PointFilm points = PointFilm.Factory(film, NoiseBlock.Mesh(film), free)(NoiseBlock.Numbers(1, 0, 0));
        var planes = new KineticFilm(film, NoiseBlock.Mesh(film));
        int count = context.Quick ? 1500 : 10_000;
        var samples = new (double Weight, double Points, double Planes)[count];
        for (int i = 0; i < count; i++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            points.Draw(0, NoiseBlock.Numbers(1, 1, i));
            planes.Draw(0, NoiseBlock.Numbers(1, 1, i));
            samples[i] = (Math.Exp(-points.Correlation), points.Pulse(point.Pulse).Mean, planes.Pulse(point.Pulse).Mean);
        }
        double weight = samples.Average(s => s.Weight), mean = samples.Average(s => s.Weight * s.Points) / weight;
        double field = samples.Average(s => s.Planes), ratio = mean / field;
        var scatter = new SampleMoments(
            [.. samples.Select(s => s.Weight * (s.Points - mean) / (weight * mean) - (s.Planes - field) / field)]);
        return new(new Check("mean step, point charges over the mean field of planes", "1", ratio, 1,
            Band.Absolute(context.Quick ? 0.01 + 2 * scatter.MeanError : 0.01)));
    }
}
