using FvSolver.Cases.Output;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Runs;

/// <summary>State of a run between two pulses, to the last bit: what <c>--resume</c> and <c>--from</c> start from.</summary>
internal static class RunCheckpoint
{
    private const string State = "state", Quadratures = "quadratures", Time = "time", Extremes = "extremes",
        Position = "position", Statistics = "steps", Layout = "layout", Protocol = "protocol_settings";

    /// <summary>Takes the state down.</summary>
    public static Checkpoint Take(DeviceSimulation device, ProtocolRunner runner, RunRecorder recorder, long steps, string[] protocolSettings)
    {
        var checkpoint = new Checkpoint();
        checkpoint.Doubles[State] = [.. device.State.Select(x => x.Value)];
        checkpoint.Doubles[Quadratures] = [.. device.Quadratures.Select(x => x.Value)];
        checkpoint.Doubles[Time] = [device.Time];
        checkpoint.Doubles[Extremes] = recorder.Extremes.Values;
        checkpoint.Longs[Position] = runner.Position;
        checkpoint.Longs[Statistics] = [steps];
        checkpoint.Strings[Layout] = [Signature(device)];
        checkpoint.Strings[Protocol] = protocolSettings;
        return checkpoint;
    }

    /// <summary>True when the protocol was changed by the same settings as it is now.</summary>
    public static bool HasProtocolSettings(Checkpoint checkpoint, string[] settings) =>
        (checkpoint.Strings.GetValueOrDefault(Protocol) ?? []).SequenceEqual(settings);

    /// <summary>Steps that the parts of the run before this process have taken.</summary>
    public static long Steps(Checkpoint checkpoint) => checkpoint.Longs[Statistics][0];

    /// <summary>Puts a device into the state of a checkpoint.</summary>
    /// <exception cref="OutputException">The checkpoint is of a device with other unknowns.</exception>
    public static void Restore(Checkpoint checkpoint, string path, DeviceSimulation device)
    {
        string expected = Signature(device);
        string found = checkpoint.Strings.GetValueOrDefault(Layout)?[0] ?? "none";
        if (found != expected || !checkpoint.Doubles.ContainsKey(State))
            throw new OutputException(path,
                $"holds a state with other unknowns ({found}) than the case has ({expected}); use the same mesh and physics");
        checkpoint.Doubles[State].Select(x => new Scalar(x)).ToArray().CopyTo(device.State, 0);
        checkpoint.Doubles[Quadratures].Select(x => new Scalar(x)).ToArray().CopyTo(device.Quadratures, 0);
    }

    /// <summary>Puts the clock, the protocol and the extremes back, for a run that goes on.</summary>
    public static void Resume(Checkpoint checkpoint, DeviceSimulation device, ProtocolRunner runner, RunRecorder recorder)
    {
        device.Time = checkpoint.Doubles[Time][0];
        runner.Position = checkpoint.Longs[Position];
        recorder.Extremes.Values = checkpoint.Doubles[Extremes];
    }

    private static string Signature(DeviceSimulation device) =>
        $"{device.Layout.PsgNodes.Length} PSG nodes, {device.Layout.Wo3Nodes.Length} WO3 nodes, "
        + $"{device.System.Size} unknowns, {device.System.QuadratureCount} quadratures";
}
