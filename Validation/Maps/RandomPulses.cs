using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;

namespace FvSolver.Validation.Maps;

/// <summary>Maps of a device for pulses of both signs whose amplitudes, and perhaps widths, vary.</summary>
internal sealed class RandomPulses
{
    private readonly Random _random;
    private readonly CaseDefinition _case;

    /// <summary>Pulses up of 8 to 10 V and down of -6.5 to -8.5 V, 5 ns or 3 to 10 ns wide.</summary>
    /// <param name="preset">The device.</param>
    /// <param name="hasWidths">True for widths that vary.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="rest">Rest after a pulse [s].</param>
    public RandomPulses(string preset, bool hasWidths, int seed, double rest = 1)
    {
        _case = CaseReader.Read("single", [$"preset={preset}"]).WithChosenMesh();
        double edge = _case.Device.Gate.EdgeTime, least = hasWidths ? 3e-9 : 5e-9, most = hasWidths ? 10e-9 : 5e-9;
        Map = new(CaseRun.CreateDevice(_case), [new(8, 10, least, most, edge, null, rest), new(-8.5, -6.5, least, most, edge, null, rest)],
            new());
        _random = new(seed);
        // In the middle of the plateau of the reservoir, and of the contents that the paper's pulses cover.
        Start = new(1.5, Map.Branches.Middle(ReservoirBranch.Plateau) ?? 0);
    }

    /// <summary>A device at rest.</summary>
    public DeviceSimulation Create(double tolerance) => new(_case.Device, _case.Mesh, _case.Solver with { RelativeTolerance = tolerance });

    public PulseMap Map { get; }

    public SlowState Start { get; }

    /// <summary>A pulse, up or down.</summary>
    public (double Amplitude, double Width) Next(bool up)
    {
        PulseFamily family = Map.Families[up ? 0 : 1];
        Span<double> variables = [2 * _random.NextDouble() - 1, 2 * _random.NextDouble() - 1];
        return family.At(variables);
    }

    /// <summary>A number between two.</summary>
    public double Between(double low, double high) => low + (high - low) * _random.NextDouble();

    /// <summary>Amplitudes and widths of a walk: signs at random, which lead back to the middle a little more often than on.</summary>
    /// <param name="count">Pulses.</param>
    /// <param name="from">Where it begins; null for <see cref="Start"/>.</param>
    public (double[] Amplitudes, double[] Widths) Walk(int count, SlowState? from = null)
    {
        var amplitudes = new double[count];
        var widths = new double[count];
        SlowState state = from ?? Start;
        Piece(true, state.U);
        Piece(false, state.U);
        var train = new StateTrain(Map, Map.Families[0]);
        for (int i = 0; i < count; i++)
        {
            // Back to where it came from a little more often than on: a walk that stays in the range of the paper's pulses.
            (amplitudes[i], widths[i]) = Next(_random.NextDouble() < (state.U > Start.U ? 0.4 : 0.6));
            train.Apply(ref state, amplitudes.AsSpan(i, 1), widths.AsSpan(i, 1));
        }
        return (amplitudes, widths);
    }

    /// <summary>A random walk as a train.</summary>
    public PulseTrain Train(SlowState start, int count)
    {
        (double[] amplitudes, double[] widths) = Walk(count, start);
        return new() { Amplitudes = amplitudes, Widths = widths, Count = count };
    }

    /// <summary>What a train does by maps.</summary>
    public Table Follow(SlowState start, PulseTrain train)
    {
        DeviceSimulation device = Create(1e-6);
        (RunRecorder recorder, ProtocolRunner runner) = Begin(device, start, train, maps: true);
        var mapped = new MappedProtocol(device, runner, recorder, Map);
        while (mapped.Advance())
        {
        }
        return recorder.Record.Pulses;
    }

    /// <summary>What trains do, every pulse computed at a relative tolerance of 1e-8; up to eight trains.</summary>
    public Table[] Compute(SlowState[] starts, PulseTrain[] trains, CancellationToken cancel)
    {
        var recorders = new RunRecorder[trains.Length];
        IEnumerable<DriveRequest> Requests(int i)
        {
            DeviceSimulation device = Create(1e-8);
            (recorders[i], ProtocolRunner runner) = Begin(device, starts[i], trains[i], maps: false);
            recorders[i].Cancel = cancel;
            return runner.Requests();
        }
        var ensemble = DeviceEnsemble.Run([.. trains.Select((_, i) => Requests(i))]);
        if (ensemble.Failures.FirstOrDefault(f => f is not null) is { } failure)
            throw failure;
        return [.. recorders.Select(r => r.Record.Pulses)];
    }

    private (RunRecorder Recorder, ProtocolRunner Runner) Begin(DeviceSimulation device, SlowState start, PulseTrain train, bool maps)
    {
        Piece(true, start.U).Settled.Place(device.State, start.U, start.Given);
        var recorder = new RunRecorder(
            device, new() { SeriesPulses = 0, SeriesEvery = int.MaxValue, ProfilesEvery = int.MaxValue }, mapsPulses: maps);
        recorder.Begin();
        return (recorder, new(device, [train], recorder));
    }

    /// <summary>The middle one of some numbers.</summary>
    public static double Median(List<double> numbers)
    {
        numbers.Sort();
        return numbers[numbers.Count / 2];
    }

    /// <summary>The piece of a direction at a content.</summary>
    public MapPiece Piece(bool up, double u) => Map.Find(up ? 0 : 1, u, Start.Given, 1e9)
        ?? throw new InvalidOperationException($"there is no map at u = {u:g3}: {string.Join("; ", Map.Refusals)}");
}
