using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Validation.Bench;

/// <summary>Time against measured error of the isothermal train, over methods and tolerances, and
/// the cheapest that is right enough.</summary>
/// <remarks>What is compared at equal tolerance says nothing: the tolerance of another code means something else.</remarks>
internal sealed record ToleranceFront
{
    /// <summary>Largest error of a pulse that a setting may have [1].</summary>
    public const double ErrorAllowed = 1e-4;

    private static readonly double[] s_tolerances = [4e-2, 3e-2, 2e-2, 1.5e-2, 1e-2, 5e-3, 2e-3];

    /// <summary>All that was tried.</summary>
    public required IReadOnlyList<FrontPoint> Points { get; init; }

    /// <summary>Pulses in each direction of the train that was used.</summary>
    public required int PulsesEach { get; init; }

    /// <summary>The cheapest with an error of at most <see cref="ErrorAllowed"/>.</summary>
    public SolverSettings Chosen { get; private init; } = new();

    /// <summary>Measures it.</summary>
    public static ToleranceFront Measure(BenchContext context)
    {
        var train = new ComparisonTrain(context.Quick ? 20 : 200);
        double[] converged = train.Increments(Converged());
        SolverSettings[] settings =
        [
            .. from method in Enum.GetValues<Method>()
               from tolerance in s_tolerances
               select new SolverSettings { Method = method, RelativeTolerance = tolerance },
        ];
        DeviceSimulation Create(SolverSettings s) => BenchDevice.Create(BenchDevice.Isothermal, s.Method, s.RelativeTolerance);
        var found = new (double Max, double Median, double Steps)[settings.Length];
        for (int i = 0; i < settings.Length; i++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            DeviceSimulation device = Create(settings[i]);
            var error = ComparisonTrain.Error(train.Increments(device), converged);
            found[i] = (error.Max, error.Median, (double)device.Statistics.Steps / train.Count);
        }
        double[] seconds = Least(context, settings, Create, train, 5);
        FrontPoint[] points =
        [
            .. settings.Select((s, i) => new FrontPoint(s.Method.ToString(), s.RelativeTolerance, found[i].Max, found[i].Median,
                found[i].Steps, 1e3 * seconds[i] / train.Count)),
        ];
        // On a machine with others a few rounds do not tell the fastest from the next: more of them do, for those that are near.
        double allowed = Math.Max(ErrorAllowed, points.Min(p => p.ErrorMax));
        int[] right = [.. Enumerable.Range(0, points.Length).Where(i => points[i].ErrorMax <= allowed)];
        int[] near = [.. right.Where(i => seconds[i] <= 1.4 * right.Min(k => seconds[k]))];
        double[] again = Least(context, [.. near.Select(i => settings[i])], Create, train, context.Quick ? 5 : 15);
        return new()
        {
            Points = points,
            PulsesEach = train.Each,
            Chosen = settings[near.Zip(again).MinBy(n => Math.Min(n.Second, seconds[n.First])).First],
        };
    }

    /// <summary>Least processor time of the train by each setting [s]: others on the machine must
    /// not decide which is the cheapest.</summary>
    private static double[] Least(
        BenchContext context, SolverSettings[] settings, Func<SolverSettings, DeviceSimulation> create, ComparisonTrain train,
        int rounds) =>
    [
        .. Rounds.Run(rounds, context.Cancel, [.. settings.Select(s => (Func<Timing>)(() =>
        {
            DeviceSimulation device = create(s);
            device.MakeIntegrator();
            return Rounds.Time(() => train.Run(device));
        }))]).Select(times => times.Min(t => t.ProcessorSeconds)),
    ];

    /// <summary>The isothermal device at a tolerance that leaves no error to speak of.</summary>
    public static DeviceSimulation Converged() => BenchDevice.Create(BenchDevice.Isothermal, Method.Rodas5P, 1e-9);
}

/// <summary>One method at one tolerance.</summary>
/// <param name="Method">Method.</param>
/// <param name="RelativeTolerance">Tolerance.</param>
/// <param name="ErrorMax">Largest relative error of a pulse's hydrogen.</param>
/// <param name="ErrorMedian">Median of these errors.</param>
/// <param name="StepsPerPulse">Accepted steps a pulse with its rest.</param>
/// <param name="MillisecondsPerPulse">Processor time of a pulse with its rest [ms], least of five runs.</param>
internal sealed record FrontPoint(
    string Method, double RelativeTolerance, double ErrorMax, double ErrorMedian, double StepsPerPulse, double MillisecondsPerPulse);
