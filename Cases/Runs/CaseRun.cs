using System.Diagnostics;
using System.Reflection;
using FvSolver.Cases.CrossSections;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Cases.Runs;

/// <summary>One run of a case: from rest, from an earlier result, or from where it was cut off.</summary>
/// <remarks>
/// While it runs, the file <c>OUTPUT.checkpoint</c> holds everything up to a moment between two pulses; it is written
/// under a temporary name and renamed, and goes away when the result is there. A run that resumes does the same
/// arithmetic on the same bits as one that was not cut off.
/// </remarks>
public sealed class CaseRun
{
    // Thousands of pulses are mapped in less time than it takes to put a state aside [s].
    private const double SnapshotInterval = 0.1;

    private readonly CaseDefinition _case;
    private readonly string _output, _commandLine;
    private readonly DeviceSimulation _device;
    private readonly RunRecorder _recorder;
    private readonly ProtocolRunner _runner;
    private readonly MappedProtocol? _mapped;
    private readonly RunOrigin _origin;
    private readonly RunPlace _place;
    private readonly long _stepsBefore;
    private readonly Lock _saving = new();

    // State after the last pulse or other step, which another thread may save while the next one runs.
    private volatile RunSnapshot? _snapshot;
    private RunSnapshot? _saved;
    private OutputLock? _lock;

    private CaseRun(
        CaseDefinition definition, string output, string commandLine, Result? resumed, Checkpoint? from, string fromPath, RunOrigin origin,
        MapFile? map = null, bool isForFigures = false)
    {
        (_case, _commandLine, _origin) = (definition, commandLine, origin);
        // Absolute: the working folder may vanish during the run.
        _output = output.Length > 0 ? Path.GetFullPath(output) : output;
        bool maps = definition.Solver.PulseMap == PulseMapUse.Auto
            && PulseMap.Obstacle(definition.Device, definition.CrossSection is not null) is null;
        // Pulses that are computed among mapped ones are computed as well as those that the map is built from.
        _device = CreateDevice(maps ? definition with { Solver = MapSettings.Accurate(definition.Solver) } : definition);
        MapSettings? settings = definition.Solver.PulseMap == PulseMapUse.Auto ? new()
            : isForFigures && MapSettings.Pays(definition.Solver.PulseMap, definition.Protocol) ? MapSettings.ForFigures : null;
        _recorder = new(_device, definition.Output, resumed?.Record, settings is not null);
        _place = RunPlace.Of(_device);
        if (from is not null)
            RunCheckpoint.Restore(from, fromPath, _device);
        _runner = new(_device, definition.Protocol, _recorder);
        if (settings is not null)
            _mapped = new(_device, _runner, _recorder, map?.Load(_device) ?? PulseMap.Of(_device, definition.Protocol, settings));
        if (resumed is null)
        {
            (_recorder.Extremes.ProtonsBefore, _recorder.Extremes.ChargeBefore) =
                (_recorder.Inventory.ProtonImbalance, _recorder.Inventory.ChargeImbalance);
            _recorder.Begin();
            return;
        }
        RunCheckpoint.Resume(from!, fromPath, _device, _runner, _recorder, _mapped);
        _stepsBefore = RunCheckpoint.Steps(from!, fromPath);
        // A checkpoint carries the figures of its moment; the run makes its own at the end.
        resumed.Record.Figures.Clear();
        resumed.Record.Warnings.Clear();
    }

    /// <summary>The device of a case at rest, on the mesh of its stack or of its cross-section.</summary>
    /// <exception cref="InputException">The mesh cannot be built, or the linear solver asked for is not installed.</exception>
    public static DeviceSimulation CreateDevice(CaseDefinition definition)
    {
        try
        {
            if (definition.CrossSection is not { } section)
                return new(definition.Device, definition.MeshFor(definition.Protocol), definition.Solver);
            ControlVolumeMesh mesh = CrossSectionBuilder.Mesh(section, definition.Device);
            // What reads the channel needs its contacts: a mesh without them is refused here, not once it is run.
            ChannelTerminals.Of(mesh);
            return new(definition.Device, mesh, definition.Solver,
                hopFactors: CrossSectionBuilder.HopFactors(section, definition.Device, mesh));
        }
        catch (MeshException e)
        {
            throw new InputException(definition.SourceName, 0, definition.CrossSection is null ? "mesh" : "cross_section", "", e.Message);
        }
        catch (PlatformNotSupportedException e)
        {
            throw new InputException(definition.SourceName, 0, "solver.linear_solver", "", e.Message);
        }
    }

    /// <summary>The device.</summary>
    public DeviceSimulation Device => _device;

    /// <summary>The recorder.</summary>
    public RunRecorder Recorder => _recorder;

    /// <summary>The case, on the mesh that was chosen for it.</summary>
    internal CaseDefinition Definition => _case;

    /// <summary>The map of its pulses; null where every pulse is computed.</summary>
    public MappedProtocol? Mapped => _mapped;

    /// <summary>Pulses done.</summary>
    public int Pulses => _recorder.PulseCount;

    /// <summary>Pulses that the protocol has at most.</summary>
    public double PulsesAtMost => ProtocolRunner.CountPulses(_case.Protocol);

    /// <summary>Name of the checkpoint of an output file.</summary>
    public static string CheckpointOf(string output) => output + ".checkpoint";

    /// <summary>Every file that a run may write.</summary>
    /// <param name="output">Result file.</param>
    public static IReadOnlyList<string> Files(string output) =>
        [output, CheckpointOf(output), output + ".failed", Path.ChangeExtension(output, ".xdmf"),
            Path.ChangeExtension(output, ".fields.h5"), RunPicture.PathOf(output)];

    /// <summary>A run from rest.</summary>
    /// <param name="definition">The case.</param>
    /// <param name="output">Result file.</param>
    /// <param name="commandLine">Command line, for the result.</param>
    /// <param name="from">An earlier result whose final state the run starts from, or null.</param>
    /// <param name="map">A map that was built before, or null.</param>
    /// <exception cref="InputException">The mesh cannot be built.</exception>
    /// <exception cref="OutputException">The earlier result cannot be read or does not fit.</exception>
    public static CaseRun Start(CaseDefinition definition, string output, string commandLine, string? from = null, MapFile? map = null)
    {
        definition = map?.OnItsMesh(definition) ?? definition;
        if (from is null)
        {
            definition = definition.WithChosenMesh();
            return new(definition, output, commandLine, null, null, "", RunOrigin.Of(definition), map);
        }
        Result result = ResultFile.Read(from);
        definition = OnMeshOf(result, definition, from);
        Checkpoint state = result.Checkpoint ?? throw new OutputException(from, "holds no final state to start from");
        return new(definition, output, commandLine, null, state, from,
            RunOrigin.Of(definition, RunOrigin.MarkOf(from), RunOrigin.OtherDevice(definition, result)), map);
    }

    /// <summary>A run of which only figures are wanted: many pulses are mapped where the map is certified, unless
    /// <c>solver.pulse_map</c> forbids it.</summary>
    /// <exception cref="InputException">The mesh cannot be built.</exception>
    internal static CaseRun ForFigures(CaseDefinition definition)
    {
        definition = definition.WithChosenMesh();
        return new(definition, "", "", null, null, "", RunOrigin.Of(definition), isForFigures: true);
    }

    /// <summary>A run that goes on from its checkpoint; from its start when there is none.</summary>
    /// <param name="definition">The case.</param>
    /// <param name="output">Result file.</param>
    /// <param name="commandLine">Command line, for the result.</param>
    /// <param name="from">The earlier result that the run started from; may be left out where
    /// there is a checkpoint, which knows it.</param>
    /// <param name="map">A map that was built before, or null.</param>
    /// <exception cref="OutputException">The checkpoint cannot be read, or is of another case, program or start.</exception>
    public static CaseRun Resume(CaseDefinition definition, string output, string commandLine, string? from = null, MapFile? map = null)
    {
        string path = CheckpointOf(output);
        if (!File.Exists(path))
        {
            if (File.Exists(output) && ResultFile.Read(output) is var finished
                && RunOrigin.Difference(OnMeshOf(finished, definition, output), finished) is { } other)
                throw new OutputException(output,
                    $"is the finished result of another run; they differ in {other}. Choose another output, or start anew with --force");
            return Start(definition, output, commandLine, from, map);
        }
        Result result = ResultFile.Read(path);
        if (result.Checkpoint is not { } checkpoint)
            throw new OutputException(path, "holds no state to go on from; start anew with --force");
        definition = OnMeshOf(result, definition, path);
        if (RunOrigin.Difference(definition, result) is { } difference)
            throw new OutputException(path, $"belongs to another case or run; they differ in {difference}. Start anew with --force");
        RunOrigin origin = RunOrigin.Of(checkpoint);
        if (from is not null && RunOrigin.MarkOf(from).Split(' ')[^1] != origin.Start.Split(' ')[^1])
            throw new OutputException(path,
                $"is of a run that started from {(origin.Start.Length > 0 ? origin.Start.Split(' ')[0] : "rest")}, not from {from}; start "
                    + "anew with --force");
        return new(definition, output, commandLine, result, checkpoint, path, origin, map);
    }

    /// <summary>A case whose mesh is automatic on the mesh of an earlier result, so that its state fits.</summary>
    internal static CaseDefinition OnMeshOf(Result result, CaseDefinition definition, string path)
    {
        if (!definition.HasAutomaticMesh)
            return definition;
        Dictionary<string, object> there = result.Parameters.ToDictionary(p => p.Path, p => p.Value);
        MeshSettings mesh = definition.Mesh;
        if (there.GetValueOrDefault("mesh.psg_cells") is not int cells
            || there.GetValueOrDefault("mesh.psg_first_cell_gate") is not double gate
            || there.GetValueOrDefault("mesh.psg_first_cell_channel") is not double channel)
            return definition.WithChosenMesh();
        // Results of earlier versions have cells graded smoothly and do not say so.
        double growth = there.GetValueOrDefault("mesh.psg_growth_ratio") as double? ?? 0;
        mesh = mesh with { PsgCells = cells, PsgFirstCellGate = gate, PsgFirstCellChannel = channel, PsgGrowthRatio = growth };
        return definition.WithMesh(mesh, $"auto: that of {Path.GetFileName(path)}");
    }

    /// <summary>Runs to the end.</summary>
    /// <param name="progress">Called after each pulse or other step, or null.</param>
    /// <param name="cancel">Cancelling saves a checkpoint.</param>
    /// <param name="held">The right to write the output, when the caller holds it already.</param>
    /// <returns>What was written to the output file.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint is saved.</exception>
    /// <exception cref="NumericalException">The integration failed; the state is saved for inspection.</exception>
    /// <exception cref="OutputException">The output cannot be written.</exception>
    public Result Run(Action<CaseRun>? progress, CancellationToken cancel, OutputLock? held = null)
    {
        using OutputLock? own = held is null ? OutputLock.Take(_output) : null;
        _lock = held ?? own;
        try
        {
            return Advance(progress, cancel);
        }
        finally
        {
            // From here on nobody saves in this run's name.
            lock (_saving)
                (_snapshot, _lock) = (null, null);
        }
    }

    private Result Advance(Action<CaseRun>? progress, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        double saved = 0;
        if (_mapped is not null)
            _mapped.Map.Cancel = cancel;
        try
        {
            _snapshot = RunSnapshot.Of(State(), _recorder.Record);
            double taken = 0;
            while (_mapped?.Advance() ?? _runner.Advance())
            {
                progress?.Invoke(this);
                bool isDue = cancel.IsCancellationRequested || clock.Elapsed.TotalSeconds - saved > _case.Output.CheckpointInterval;
                if (isDue || _mapped is not { HasMapped: true } || clock.Elapsed.TotalSeconds - taken > SnapshotInterval)
                {
                    _snapshot = RunSnapshot.Of(State(), _recorder.Record);
                    taken = clock.Elapsed.TotalSeconds;
                }
                if (!isDue)
                    continue;
                Save();
                cancel.ThrowIfCancellationRequested();
                saved = clock.Elapsed.TotalSeconds;
            }
        }
        catch (NumericalException e)
        {
            string where = _output + ".failed";
            _recorder.Record.Warnings.Add(e.Message);
            Write(where, Collect(State(), _recorder.Record), "");
            throw Failure(e, $"; state saved in {where}");
        }
        Complete();
        Result result = Collect(State(), _recorder.Record);
        Write(_output, result, "");
        lock (_saving)
        {
            _snapshot = null;
            File.Delete(CheckpointOf(_output));
        }
        XdmfFile.WriteBeside(_output, result.Record.Profiles);
        return result;
    }

    // Beyond breakdown no step is small enough, and that is what the user should hear first.
    private string Cause()
    {
        double field = Math.Max(_recorder.Extremes.Field, Math.Abs(_device.GateVoltage) / _device.Device.Psg.Thickness),
            limit = _device.Device.Psg.BreakdownField;
        return field > limit ? $"the field of {field / 1e9:g3} V/nm is beyond breakdown at {limit / 1e9:g3} V/nm; " : "";
    }

    /// <summary>Runs to the end without writing anything.</summary>
    /// <param name="progress">Called after each pulse or other step, or null.</param>
    /// <param name="cancel">Ends the run at the next time step.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="RunFailure">The integration failed.</exception>
    public Result RunUnwritten(Action<CaseRun>? progress, CancellationToken cancel)
    {
        _recorder.Cancel = cancel;
        if (_mapped is not null)
            _mapped.Map.Cancel = cancel;
        try
        {
            while (_mapped?.Advance() ?? _runner.Advance())
                progress?.Invoke(this);
        }
        catch (NumericalException e)
        {
            throw Failure(e, "");
        }
        return Collect(null, Complete());
    }

    private RunFailure Failure(NumericalException e, string remark) => new(
        $"{_case.SourceName}: pulse {Pulses + 1}: {Cause()}{e.Message}; worst unknown: {_device.Layout.Describe(e.Unknown)}{remark}", e);

    /// <summary>What the run asks for, without writing anything: one of many runs, of which the figures are wanted.</summary>
    public IEnumerable<DriveRequest> Requests() => _mapped?.Requests() ?? _runner.Requests();

    /// <summary>The record with its summary, when all requests are done.</summary>
    public RunRecord Complete()
    {
        _recorder.End();
        _recorder.Record.Warnings.AddRange(_origin.Notes);
        new RunSummary(_case, this).AddTo(_recorder.Record);
        return _recorder.Record;
    }

    /// <summary>Accepted time steps since the start of the run.</summary>
    public long Steps => _stepsBefore + _device.Statistics.Steps;

    /// <summary>Saves the state after the last pulse or other step; another thread may do so while the next one runs.</summary>
    /// <exception cref="OutputException">It cannot be saved beside the output; the message says where it is saved instead.</exception>
    public void Save()
    {
        lock (_saving)
            if (_snapshot is { } snapshot && !ReferenceEquals(snapshot, _saved))
            {
                Write(CheckpointOf(_output), Collect(snapshot.State, snapshot.Of(_recorder.Record)),
                    $"; to go on with --resume, move it to {CheckpointOf(_output)}");
                _saved = snapshot;
            }
    }

    private void Write(string path, Result result, string advice) => OutputFile.WriteOrElsewhere(path, place =>
    {
        if (place == path)
            lock (_saving)
                _lock!.Renew();
        ResultFile.Write(place, result);
    }, advice);

    private Checkpoint State()
    {
        Checkpoint state = RunCheckpoint.Take(_device, _runner, _recorder, Steps, _place, _mapped);
        _origin.AddTo(state);
        return state;
    }

    private Result Collect(Checkpoint? state, RunRecord record) => new()
    {
        Header = Header(_case, _commandLine),
        Record = record,
        Parameters = [.. _case.Parameters.Select(Store)],
        Checkpoint = state,
    };

    /// <summary>Where the result of a case comes from.</summary>
    internal static ResultHeader Header(CaseDefinition definition, string commandLine) => new()
    {
        Title = definition.Title,
        CaseText = definition.SourceText,
        CaseName = definition.SourceName,
        CommandLine = commandLine,
        CodeVersion = CodeVersion,
    };

    /// <summary>Version of the program.</summary>
    internal static string CodeVersion { get; } =
        typeof(CaseRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>A parameter as a result file keeps it.</summary>
    internal static StoredParameter Store(ParameterValue p) =>
        new(p.Path, p.Symbol, p.Unit, Stored(p), p.Kind, p.Reference);

    private static object Stored(ParameterValue p) => p.Value switch
    {
        CellCount { IsAuto: false } cells => cells.Number,
        Enum or NumberList or CellCount => p.ValueText,
        object value => value,
    };
}
