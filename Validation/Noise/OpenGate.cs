using FvSolver.Cases.Noise;
using FvSolver.Solver.Kinetic;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.Noise;

/// <summary>Hydrogen and electrons of the channel with the gate open, event by event.</summary>
public sealed class OpenGate : ValidationCase
{
    public override string Id => "noise.open-gate";

    public override string Title => "With the gate open the hydrogen fluctuates against the film's double layers, the electrons do not";

    public override CaseGroup Group => CaseGroup.Noise;

    public override string Equation => "1/sd^2 = q^2/(kT C) + 1/N_H,  1/C = 1/C_S + 1/C_D";

    public override string Source => "equipartition; C_D is the ladder of planes q^2 c_k h_k A/kT joined by eps A/a";

    public override Control Control { get; } = new("C is that of the compact layer alone");

    public override ValidationOutcome Run(RunContext context)
    {
        // A tenth of the area has a tenth of the events; every term of the formula scales.
        (double share, int samples) = context.Quick ? (0.1, 3000) : (1.0, 5000);
        List<Check> checks = [];
        foreach (double content in context.Quick ? [1] : (double[])[1, 20])
        {
            var film = new LatticeFilm(ReferenceSets.Frozen, ReferenceSets.Frozen.Geometry.Area * share);
            var device = new KineticFilm(film, NoiseBlock.Mesh(film));
            int entered = Pulses.Point(10, content: content).Entered(film.Area);
            device.Draw(entered, NoiseBlock.Numbers(5, 0, 0));
            var atoms = new double[samples];
            double electrons = 0;
            for (int i = 0; i < samples; i++)
            {
                context.Cancel.ThrowIfCancellationRequested();
                device.Rest(1e-3);
                atoms[i] = device.Hydrogen;
                electrons = Math.Max(electrons, Math.Abs(device.Entered - entered));
            }
            var moments = new SampleMoments(atoms);
            double lag = Math.Max(0, SampleMoments.LagOne([atoms], moments.Mean));
            double theory = HydrogenLadder.Deviation(film, device.Equilibrium.MostProbable, moments.Mean);
            double alone = 1 / Math.Sqrt(1 / Math.Pow(HydrogenLadder.CompactLayerAlone(film), 2) + 1 / moments.Mean);
            double error = moments.DeviationError / theory * Math.Sqrt((1 + lag * lag) / (1 - lag * lag));
            checks.Add(new($"scatter of adsorbed and inserted hydrogen, 1 ms apart, at {content} x base", "1", moments.Deviation,
                context.Perturbed ? alone : theory, Band.Relative(context.Quick ? 0.03 + error : 0.03)));
            checks.Add(new($"largest change of the channel's electrons, at {content} x base", "1", electrons, 0, Band.Absolute(0)));
        }
        return new(checks);
    }
}
