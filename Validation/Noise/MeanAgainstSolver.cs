using FvSolver.Cases.Noise;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Noise;

/// <summary>Means and Fano factors of whole protons against the solver and against theory.</summary>
public sealed class MeanAgainstSolver : ValidationCase
{
    public override string Id => "noise.mean";

    public override string Title => "Whole protons give the mean of the solver on lattice planes, and scatter as independent hops do";

    public override CaseGroup Group => CaseGroup.Noise;

    public override string Equation =>
        "X = Q_M/q + given, when the gate opens\nVar(X)/X = sum of w^2 (N_+ + N_-) / sum of w (N_+ - N_-), w = h/d (Ramo)";

    public override string Source => "the solver with cells of one hop; S. Ramo, Proc. IRE 27, 584 (1939)";

    public override Control Control { get; } = new("rates take the potentials before an event, not the energies before and after it");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        // On a twentieth of the area a proton is worth 20 times the voltage; the mean is then 2.5 % less than that of the continuum.
        var small = new NoiseSettings { AreaFactor = 0.05, Options = new() { BeforeEvent = context.Perturbed } };
        NoisePoint base10 = Pulses.Point(10);
        double lattice = LatticeReference.Step(base10);
        NoiseStatistics few = Pulses.Run(context, base10, context.Quick ? 20_000 : 80_000, small);
        checks.Add(Pulses.Mean("protons of a pulse of 10 V on a twentieth of the area", few.Pulse, lattice / 20, 0.03));
        foreach ((string name, NoisePoint point, double band, int pulses) in Points(context.Quick))
        {
            NoiseStatistics s = Pulses.Run(context, point, pulses);
            checks.Add(Pulses.Mean($"protons of a pulse, {name}", s.Pulse, LatticeReference.Step(point), band));
            checks.Add(new($"Fano factor, {name}", "1", s.Pulse.Fano, s.RamoFano,
                Band.Relative(0.04 + 2 * s.Pulse.FanoError / s.RamoFano)));
        }
        if (context.Quick || context.Perturbed)
            return new(checks);
        // The next pulse knows nothing of the one before once the film has relaxed, event by event.
        NoiseStatistics rested = Pulses.Run(context, base10, 2500, new() { Rest = 1e-3 });
        checks.Add(Pulses.Mean("protons of a pulse, 10 V, 1 ms of rest", rested.Pulse, lattice, 0.005));
        checks.Add(new("correlation with the pulse before, 1 ms of rest", "1", rested.LagOfPulse, 0,
            Band.Absolute(0.01 + 2 / Math.Sqrt(rested.Pulse.Count))));
        return new(checks);
    }

    private static IEnumerable<(string Name, NoisePoint Point, double Band, int Pulses)> Points(bool quick)
    {
        yield return ("10 V", Pulses.Point(10), 0.005, quick ? 1000 : 10_000);
        yield return ("-8.5 V", Pulses.Point(-8.5), 0.005, quick ? 1000 : 10_000);
        if (quick)
            yield break;
        yield return ("9 V", Pulses.Point(9), 0.005, 10_000);
        yield return ("8 V", Pulses.Point(8), 0.007, 10_000);
        yield return ("10 V at 350 K", Pulses.Point(10, temperature: 350), 0.007, 10_000);
        yield return ("10 V at 20 x base", Pulses.Point(10, content: 20), 0.01, 2500);
        yield return ("10 V for 60 ns", Pulses.Point(10, 60e-9), 0.01, 2500);
    }
}
