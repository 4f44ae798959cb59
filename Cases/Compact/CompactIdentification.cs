using FvSolver.Cases.Compact.Model;
using FvSolver.Cases.Fits;
using FvSolver.Materials;
using FvSolver.Solver.Drive;

namespace FvSolver.Cases.Compact;

/// <summary>One step of conductance: as it was read, and as the model predicts it.</summary>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="Pulse">Number of the pulse in it, from 0.</param>
/// <param name="Read">Step read [S].</param>
/// <param name="Predicted">Step predicted [S].</param>
/// <param name="Train">The pulse: amplitude, width and rest.</param>
/// <param name="Temperature">Temperature [K].</param>
public sealed record CompactStep(string Experiment, int Pulse, double Read, double Predicted, PulseTrain Train, double Temperature)
{
    /// <summary>(predicted - read)/read.</summary>
    public double RelativeError => (Predicted - Read) / Read;
}

/// <summary>Outcome of an identification.</summary>
/// <param name="Table">The model.</param>
/// <param name="Fit">The fit.</param>
/// <param name="Steps">Steps that were fitted.</param>
public sealed record CompactIdentificationResult(CompactParameterTable Table, FitResult Fit, IReadOnlyList<CompactStep> Steps)
{
    /// <summary>Whole trains beside the model, for the page.</summary>
    public IReadOnlyList<CompactComparison> Comparisons { get; init; } = [];

    /// <summary>The same with trains that were not fitted: they are compared, and what came out is kept in the table.</summary>
    /// <param name="fitted">Whole trains that were fitted, only to be shown.</param>
    /// <param name="unseen">Trains that were not.</param>
    /// <param name="source">Their readings.</param>
    public CompactIdentificationResult Tried(IEnumerable<CompactExperiment> fitted, IEnumerable<CompactExperiment> unseen,
        CompactSource source)
    {
        CompactParameters values = Table.Values();
        CompactComparison[] Compare(IEnumerable<CompactExperiment> trains) =>
            [.. trains.Select(e => CompactComparison.Of(values, Table.Geometry, e, source(e)))];
        CompactComparison[] fresh = Compare(unseen);
        return this with { Comparisons = [.. Compare(fitted), .. fresh], Table = Table with { Checks = [.. fresh.Select(c => c.Check)] } };
    }

    /// <summary>Largest |relative error| of the fitted steps of a kind of experiments.</summary>
    public double WorstStep(Func<CompactStep, bool> which) => Steps.Where(which).Max(s => Math.Abs(s.RelativeError));
}

/// <summary>Finds the compact model's parameters from readings of experiments.</summary>
/// <remarks>
/// Weighted least squares on steps (relative), gate voltages and protons. The device's own parameters are the start, and their
/// priors: what the readings do not determine stays where the physics puts it.
/// </remarks>
public sealed class CompactIdentification
{
    /// <summary>How well a step is to be met, relative.</summary>
    public double StepSigma { get; init; } = 0.01;

    /// <summary>How well a gate voltage is to be met [V].</summary>
    public double VoltageSigma { get; init; } = 2e-3;

    /// <summary>How well the number of protons of a pulse is to be met, relative.</summary>
    public double ProtonSigma { get; init; } = 0.02;

    /// <summary>Largest relative error of a fitted step without a warning.</summary>
    public double Band { get; init; } = 0.05;

    /// <summary>Relative tolerance of the integrator during the fit.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>Width of the prior of each fitted parameter, as a standard deviation of its logarithm
    /// (activation energies: of the value in eV).</summary>
    public IReadOnlyDictionary<string, double> Priors { get; init; } = new Dictionary<string, double>
    {
        [nameof(CompactParameters.FilmCurrent)] = 0.3,
        [nameof(CompactParameters.SlopeVoltage)] = 0.1,
        [nameof(CompactParameters.DiffuseCapacitance)] = 0.3,
        [nameof(CompactParameters.CarrierCharge)] = 0.5,
        [nameof(CompactParameters.ExchangeCurrent)] = 0.7,
        [nameof(CompactParameters.ChannelCharge)] = 0.1,
        [nameof(CompactParameters.CoverageCharge)] = 0.3,
        [nameof(CompactParameters.FilmActivation)] = 0.1,
        [nameof(CompactParameters.InterfaceActivation)] = 0.1,
    };

    /// <summary>Identifies the model.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="device">The device that was read.</param>
    /// <param name="experiments">Experiments.</param>
    /// <param name="source">Their readings.</param>
    /// <param name="options">Settings of the fit, or null.</param>
    /// <exception cref="ArgumentException">A source gave another number of readings than there are pulses.</exception>
    public CompactIdentificationResult Run(
        string name, Device device, IReadOnlyList<CompactExperiment> experiments, CompactSource source, FitOptions? options = null)
    {
        CompactParameters start = CompactParameters.FromDevice(device);
        CompactGeometry geometry = CompactGeometry.Of(device);
        Recorded[] records = [.. experiments.Select(e => new Recorded(e, source(e), start, geometry))];
        double largest = records.Max(r => Math.Abs(r.Steps[0].Step));
        string[] names = [.. Priors.Keys];
        bool warm = experiments.Select(e => e.Temperature).Distinct().Count() > 1;
        IEnumerable<(double Observed, double Sigma)> Data(Recorded r) => r.Steps.SelectMany(s => new[]
        {
            (s.Step, StepSigma * r.Experiment.Slack * Math.Max(Math.Abs(s.Step), r.Experiment.Floor * largest)),
            (s.Reading.GateVoltage, VoltageSigma),
            (s.Reading.Protons, ProtonSigma * r.Experiment.Slack * Math.Max(1, Math.Abs(s.Reading.Protons))),
        });
        (double Observed, double Sigma)[] data = [.. records.SelectMany(Data)];
        bool[] known = [.. data.Select(d => !double.IsNaN(d.Observed))];
        CompactParameters Place(double[] p) => start.With(names.Select((n, j) => KeyValuePair.Create(n, p[j])));
        double[] Predict(double[] p)
        {
            CompactParameters values = Place(p);
            return [.. records.SelectMany(r => r.Predict(values, Tolerance)).SelectMany(s => new[] { s.Step, s.Volt, s.Protons })
                .Where((_, i) => known[i])];
        }
        FitResult fit = Fit.Run(new FitProblem
        {
            Parameters = [.. names.Select(n => Parameter(n, start[n], warm))],
            Start = [.. names.Select(n => start[n])],
            Model = Predict,
            Observed = [.. data.Where((_, i) => known[i]).Select(d => d.Observed)],
            Sigma = [.. data.Where((_, i) => known[i]).Select(d => d.Sigma)],
        }, options ?? new FitOptions
        {
            MaxIterations = 60,
            DifferenceStep = 1e-3,
            StepTolerance = 1e-4,
            Threads = Environment.ProcessorCount
        });
        CompactParameters best = Place(fit.Values);
        var errors = fit.Parameters.Where(p => !p.Held).ToDictionary(p => p.Name, p => p.StandardError);
        CompactStep[] steps = [.. records.SelectMany(r => r.Predict(best, Tolerance).Select((p, i) =>
            new CompactStep(r.Experiment.Name, r.Steps[i].Pulse, r.Steps[i].Step, p.Step, r.Pulses[r.Steps[i].Pulse],
                r.Experiment.Temperature)))];
        // Experiments with slack say something about the model, but are not met well enough to be called valid.
        Recorded[] firm = [.. records.Where(r => r.Experiment.Slack <= 1)];
        PulseTrain[] trains = [.. firm.SelectMany(r => r.Pulses)];
        double worst = steps.Where(s => firm.Any(r => r.Experiment.Name == s.Experiment)).Max(s => Math.Abs(s.RelativeError));
        var model = new CompactModel(best);
        double rest = model.Conductance(default, geometry.Length, geometry.Width);
        double relaxation = best.FilmCapacitance * best.SlopeVoltage / best.FilmCurrent;
        return new CompactIdentificationResult(
            CompactParameterTable.Of(name, geometry, best, errors,
                $"fitted to {records.Sum(r => r.Steps.Count)} steps of {experiments.Count} experiments") with
            {
                Validity = new CompactValidity(
                    CompactRange.Of(trains.SelectMany(t => t.Amplitudes).Where(a => a < best.RestVoltage)),
                    CompactRange.Of(trains.SelectMany(t => t.Amplitudes).Where(a => a > best.RestVoltage)),
                    CompactRange.Of(trains.SelectMany(t => t.Widths)),
                    CompactRange.Of(records.SelectMany(r => r.Conductances)
                        .Select(g => (g / rest - best.BackgroundShare) / (1 - best.BackgroundShare))),
                    CompactRange.Of(experiments.Select(e => e.Temperature)), CompactRange.Of(trains.Select(t => t.Rest)))
                {
                    WorstStep = worst,
                    Reasons =
                    [
                        "amplitude, width, composition, temperature: what the readings cover; beyond them the model extrapolates",
                        FormattableString.Invariant(
                            $"rest: pulses that follow sooner find a film that has not relaxed, which takes {relaxation:g2} s"),
                        "edges: those of the readings; the steps' exponent in the width comes from them",
                    ],
                },
                Warnings = worst > Band ? [.. fit.Warnings,
                    $"fitted steps are up to {100 * worst:g3} % off, more than {100 * Band:g3} %: see the experiments before the model is "
                        + "used there"] : fit.Warnings,
            }, fit, steps);
    }

    private FitParameter Parameter(string name, double start, bool warm)
    {
        bool energy = name.EndsWith("Activation", StringComparison.Ordinal);
        string unit = CompactParameters.Quantity(CompactParameters.Properties.Single(p => p.Name == name)).Unit;
        return new FitParameter(name, unit)
        {
            LogScale = !energy,
            Lower = energy ? Math.Min(0, start - 1) : start / 30,
            Upper = energy ? start + 1 : start * 30,
            Prior = new GaussianPrior(start, Priors[name]),
            Fixed = energy && !warm,
        };
    }

    /// <summary>An experiment with its readings, reduced to the steps that are fitted.</summary>
    private sealed class Recorded
    {
        private readonly CompactGeometry _geometry;
        private readonly (double Before, PulseTrain Pulse)[] _sampled = [];

        public Recorded(CompactExperiment experiment, IReadOnlyList<CompactReading> readings, CompactParameters start,
            CompactGeometry geometry)
        {
            (Experiment, _geometry) = (experiment, geometry);
            PulseTrain[] pulses = Pulses = [.. experiment.Trains.SelectMany(t => Enumerable.Range(0, t.Count).Select(k => t with
            {
                Count = 1,
                Amplitudes = [t.Amplitudes[k % t.Amplitudes.Count]],
                Widths = [t.Widths[k % t.Widths.Count]],
            }))];
            if (readings.Count != pulses.Length)
                throw new ArgumentException(
                    $"Experiment '{experiment.Name}' has {pulses.Length} pulses, but {readings.Count} readings were given.");
            double rest = new CompactModel(start).Conductance(default, geometry.Length, geometry.Width);
            Conductances = [rest, .. readings.Select(r => r.Conductance)];
            int stride = experiment.Sampled > 0 ? Math.Max(1, (pulses.Length - experiment.Filling) / experiment.Sampled) : 1;
            Steps = [.. Enumerable.Range(0, pulses.Length).Where(i => i >= experiment.Filling && (i - experiment.Filling) % stride == 0)
                .Select(i => (i, Conductances[i + 1] - Conductances[i], readings[i]))];
            if (experiment.Sampled > 0)
                _sampled = [.. Steps.Select(s => (Conductances[s.Pulse], pulses[s.Pulse]))];
        }

        public CompactExperiment Experiment { get; }

        /// <summary>Pulses, one by one.</summary>
        public PulseTrain[] Pulses { get; }

        /// <summary>Conductances at rest and after each pulse [S].</summary>
        public double[] Conductances { get; }

        public IReadOnlyList<(int Pulse, double Step, CompactReading Reading)> Steps { get; }

        /// <summary>Step, gate voltage and protons of each fitted pulse.</summary>
        public (double Step, double Volt, double Protons)[] Predict(CompactParameters parameters, double tolerance)
        {
            var model = new CompactModel(parameters, Experiment.Temperature);
            var run = new CompactRun(model, _geometry, tolerance);
            if (_sampled.Length > 0)
                return [.. _sampled.Select(s =>
                {
                    run.State = model.Equilibrium(model.CompositionAt(s.Before, _geometry.Length, _geometry.Width));
                    CompactPulse pulse = run.Run([s.Pulse])[0];
                    return (pulse.Conductance - s.Before, pulse.GateVoltage, pulse.Protons);
                })];
            double before = run.Conductance;
            var result = new List<(double, double, double)>();
            foreach (CompactPulse pulse in run.Run(Experiment.Protocol))
            {
                result.Add((pulse.Conductance - before, pulse.GateVoltage, pulse.Protons));
                before = pulse.Conductance;
            }
            return [.. result];
        }
    }
}
