using System.Diagnostics;
using System.Reflection;
using FvSolver.Cases.CrossSections;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
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
    private readonly CaseDefinition _case;
    private readonly string _output, _commandLine;
    private readonly DeviceSimulation _device;
    private readonly RunRecorder _recorder;
    private readonly ProtocolRunner _runner;
    private readonly long _stepsBefore;
    private readonly Lock _saving = new();

    // State after the last pulse or other step, which another thread may save while the next one runs.
    private volatile RunSnapshot? _snapshot;
    private RunSnapshot? _saved;
    private OutputLock? _lock;

    private CaseRun(CaseDefinition definition, string output, string commandLine, Result? resumed, Checkpoint? from, string fromPath)
    {
        (_case, _commandLine) = (definition, commandLine);
        // Absolute: the working folder may vanish during the run.
        _output = output.Length > 0 ? Path.GetFullPath(output) : output;
        _device = CreateDevice(definition);
        _recorder = new(_device, definition.Output, resumed?.Record);
        if (from is not null)
            RunCheckpoint.Restore(from, fromPath, _device);
        _runner = new(_device, definition.Protocol, _recorder);
        if (resumed is null)
        {
            _recorder.Begin();
            return;
        }
        RunCheckpoint.Resume(from!, _device, _runner, _recorder);
        _stepsBefore = RunCheckpoint.Steps(from!);
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
                return new(definition.Device, definition.Mesh, definition.Solver);
            ControlVolumeMesh mesh = CrossSectionBuilder.Mesh(section, definition.Device);
            return new(definition.Device, mesh, definition.Solver, hopFactors: CrossSectionBuilder.HopFactors(section, definition.Device, mesh));
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

    /// <summary>Pulses done.</summary>
    public int Pulses => _recorder.PulseCount;

    /// <summary>Pulses that the protocol has at most.</summary>
    public double PulsesAtMost => ProtocolRunner.CountPulses(_case.Protocol);

    /// <summary>Name of the checkpoint of an output file.</summary>
    public static string CheckpointOf(string output) => output + ".checkpoint";

    /// <summary>Every file that a run may write.</summary>
    /// <param name="output">Result file.</param>
    public static IReadOnlyList<string> Files(string output) =>
        [output, CheckpointOf(output), output + ".failed", Path.ChangeExtension(output, ".xdmf"), Path.ChangeExtension(output, ".fields.h5"), RunPicture.PathOf(output)];

    /// <summary>A run from rest.</summary>
    /// <param name="definition">The case.</param>
    /// <param name="output">Result file.</param>
    /// <param name="commandLine">Command line, for the result.</param>
    /// <param name="from">An earlier result whose final state the run starts from, or null.</param>
    /// <exception cref="InputException">The mesh cannot be built.</exception>
    /// <exception cref="OutputException">The earlier result cannot be read or does not fit.</exception>
    public static CaseRun Start(CaseDefinition definition, string output, string commandLine, string? from = null)
    {
        if (from is null)
            return new(definition, output, commandLine, null, null, "");
        Checkpoint state = ResultFile.Read(from).Checkpoint
            ?? throw new OutputException(from, "holds no final state to start from");
        return new(definition, output, commandLine, null, state, from);
    }

    /// <summary>A run that goes on from its checkpoint; from rest when there is none.</summary>
    /// <exception cref="OutputException">The checkpoint cannot be read or belongs to another case.</exception>
    public static CaseRun Resume(CaseDefinition definition, string output, string commandLine)
    {
        string path = CheckpointOf(output);
        if (!File.Exists(path))
            return Start(definition, output, commandLine);
        Result result = ResultFile.Read(path);
        if (result.Checkpoint is null || !IsSameCase(definition, result))
            throw new OutputException(path, "belongs to another case; remove it or run without --resume");
        return new(definition, output, commandLine, result, result.Checkpoint, path);
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
        var clock = Stopwatch.StartNew();
        double saved = 0;
        try
        {
            _snapshot = RunSnapshot.Of(State(), _recorder.Record);
            while (_runner.Advance())
            {
                _snapshot = RunSnapshot.Of(State(), _recorder.Record);
                progress?.Invoke(this);
                if (cancel.IsCancellationRequested)
                {
                    Save();
                    cancel.ThrowIfCancellationRequested();
                }
                if (clock.Elapsed.TotalSeconds - saved > _case.Output.CheckpointInterval)
                {
                    Save();
                    saved = clock.Elapsed.TotalSeconds;
                }
            }
        }
        catch (NumericalException e)
        {
            string where = _output + ".failed";
            _recorder.Record.Warnings.Add(e.Message);
            Write(where, Collect(State(), _recorder.Record), "");
            throw new RunFailure(
                $"{_case.SourceName}: pulse {Pulses + 1}: {e.Message}; worst unknown: {_device.Layout.Describe(e.Unknown)}; "
                + $"state saved in {where}", e);
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

    /// <summary>What the run asks for, without writing anything: one of many runs, of which the figures are wanted.</summary>
    public IEnumerable<DriveRequest> Requests() => _runner.Requests();

    /// <summary>The record with its summary, when all requests are done.</summary>
    public RunRecord Complete()
    {
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
                Write(CheckpointOf(_output), Collect(snapshot.State, snapshot.Of(_recorder.Record)), $"; to go on with --resume, move it to {CheckpointOf(_output)}");
                _saved = snapshot;
            }
    }

    /// <summary>Writes a file of the run; where its place cannot be written to, into a folder for temporary files, so that nothing is lost.</summary>
    private void Write(string path, Result result, string advice)
    {
        try
        {
            lock (_saving)
                _lock!.Renew();
            ResultFile.Write(path, result);
        }
        catch (OutputException e)
        {
            string elsewhere = Path.Combine(Directory.CreateTempSubdirectory("fv-").FullName, Path.GetFileName(path));
            ResultFile.Write(elsewhere, result);
            throw new OutputException($"{e.Message}; saved in {elsewhere} instead{advice}");
        }
    }

    private Checkpoint State() => RunCheckpoint.Take(_device, _runner, _recorder, Steps, ProtocolSettings(_case));

    private Result Collect(Checkpoint state, RunRecord record) => new()
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
        CommandLine = commandLine,
        CodeVersion = typeof(CaseRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
    };

    /// <summary>A parameter as a result file keeps it.</summary>
    internal static StoredParameter Store(ParameterValue p) =>
        new(p.Path, p.Symbol, p.Unit, p.Value is Enum ? p.ValueText : p.Value, p.Kind, p.Reference);

    /// <summary>Changes of the protocol, which are no parameters and in no case text.</summary>
    private static string[] ProtocolSettings(CaseDefinition definition) =>
        [.. definition.Settings.Where(s => s.StartsWith("protocol", StringComparison.Ordinal))];

    private static bool IsSameCase(CaseDefinition definition, Result result)
    {
        Dictionary<string, object> stored = result.Parameters.ToDictionary(p => p.Path, p => p.Value);
        return result.Header.CaseText == definition.SourceText
            && RunCheckpoint.HasProtocolSettings(result.Checkpoint!, ProtocolSettings(definition))
            && definition.Parameters.All(p => stored.TryGetValue(p.Path, out object? value) && Equals(value, Store(p).Value));
    }
}

/// <summary>A run that the integrator could not finish; the message is one line with time, step, unknown and saved state.</summary>
public sealed class RunFailure(string message, Exception cause) : Exception(message, cause);
