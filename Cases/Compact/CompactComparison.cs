using FvSolver.Cases.Compact.Model;

namespace FvSolver.Cases.Compact;

/// <summary>How a train that was not fitted came out: kept with the parameters.</summary>
/// <param name="Train">Its name.</param>
/// <param name="Pulses">Number of pulses.</param>
/// <param name="WorstStep">Largest |relative error| of a step of conductance.</param>
/// <param name="ChargeReturn">Protons left at the end, model less solver, over the largest number stored on the way.</param>
public sealed record CompactCheck(string Train, int Pulses, double WorstStep, double ChargeReturn);

/// <summary>A whole train from rest as it was read, and as the model runs it by itself.</summary>
/// <param name="Experiment">The train.</param>
/// <param name="Read">Conductances read, at rest and after each pulse [S].</param>
/// <param name="Model">The model's [S].</param>
/// <param name="ReadProtons">Protons given by the gate since rest, after each pulse.</param>
/// <param name="ModelProtons">The model's.</param>
public sealed record CompactComparison(
    CompactExperiment Experiment, IReadOnlyList<double> Read, IReadOnlyList<double> Model, IReadOnlyList<double> ReadProtons,
    IReadOnlyList<double> ModelProtons)
{
    /// <summary>Runs a train on a model.</summary>
    public static CompactComparison Of(CompactParameters parameters, CompactGeometry geometry, CompactExperiment experiment,
        IReadOnlyList<CompactReading> readings)
    {
        var run = new CompactRun(new CompactModel(parameters, experiment.Temperature), geometry, 1e-5);
        double rest = run.Conductance;
        IReadOnlyList<CompactPulse> pulses = run.Run(experiment.Protocol);
        return new(experiment, [rest, .. readings.Select(r => r.Conductance)], [rest, .. pulses.Select(p => p.Conductance)],
            Sums(readings.Select(r => r.Protons)), Sums(pulses.Select(p => p.Protons)));
    }

    /// <summary>Relative error of each step.</summary>
    public IReadOnlyList<double> StepErrors =>
        [.. Enumerable.Range(1, Read.Count - 1).Select(i => (Model[i] - Model[i - 1]) / (Read[i] - Read[i - 1]) - 1)];

    /// <summary>Figures of the comparison.</summary>
    public CompactCheck Check => new(Experiment.Name, Read.Count - 1, StepErrors.Max(Math.Abs),
        (ModelProtons[^1] - ReadProtons[^1]) / ReadProtons.Max(Math.Abs));

    private static double[] Sums(IEnumerable<double> values)
    {
        double sum = 0;
        return [.. values.Select(v => sum += v)];
    }
}
