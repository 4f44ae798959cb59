using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FvSolver.Cases.Output;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Runs;

/// <summary>State of a run between two pulses, to the last bit: what <c>--resume</c> and <c>--from</c> start from.</summary>
internal static class RunCheckpoint
{
    private const string State = "state", Quadratures = "quadratures", Time = "time", Extremes = "extremes",
        Position = "position", Statistics = "steps", Layout = "layout", Mesh = "mesh", Nuclei = "nuclei",
        MapPieces = "map_pieces", MapCounts = "map_counts", MapError = "map_error",
        Pulses = "pulses", Envelopes = "envelopes";

    /// <summary>Takes the state down.</summary>
    public static Checkpoint Take(DeviceSimulation device, ProtocolRunner runner, RunRecorder recorder, long steps, RunPlace place,
        MappedProtocol? mapped = null)
    {
        var checkpoint = new Checkpoint();
        checkpoint.Doubles[State] = [.. device.State.Select(x => x.Value)];
        checkpoint.Doubles[Quadratures] = [.. device.Quadratures.Select(x => x.Value)];
        checkpoint.Doubles[Time] = [device.Time];
        checkpoint.Doubles[Extremes] = recorder.Extremes.Values;
        checkpoint.Doubles[Nuclei] = [device.Nucleation.Hazard, device.Nucleation.Count];
        checkpoint.Longs[Position] = runner.Position;
        checkpoint.Longs[Statistics] = [steps];
        checkpoint.Longs[Pulses] = [recorder.PulseCount];
        checkpoint.Doubles[Envelopes] = recorder.Envelopes.Values;
        if (mapped is not null)
        {
            checkpoint.Longs[MapPieces] = mapped.Map.Recipe;
            checkpoint.Longs[MapCounts] = [mapped.Mapped, mapped.Computed, mapped.NextAudit];
            checkpoint.Doubles[MapError] = mapped.Error.Save([.. mapped.Map.Pieces]);
        }
        checkpoint.Strings[Layout] = [place.Unknowns];
        checkpoint.Strings[Mesh] = [place.Mesh];
        return checkpoint;
    }

    /// <summary>Steps that the parts of the run before this process have taken.</summary>
    public static long Steps(Checkpoint checkpoint, string path)
    {
        long steps = 0;
        Whole(path, () => steps = checkpoint.Longs[Statistics][0]);
        return steps;
    }

    /// <summary>Puts a device into the state of a checkpoint.</summary>
    /// <exception cref="OutputException">The checkpoint is of a device with other unknowns, or on another mesh.</exception>
    public static void Restore(Checkpoint checkpoint, string path, DeviceSimulation device)
    {
        RunPlace place = RunPlace.Of(device);
        string expected = place.Unknowns;
        string found = checkpoint.Strings.GetValueOrDefault(Layout)?[0] ?? "none";
        if (found != expected || !checkpoint.Doubles.ContainsKey(State))
            throw new OutputException(path,
                $"holds a state with other unknowns ({found}) than the case has ({expected}); use the same mesh and physics");
        if (checkpoint.Strings.GetValueOrDefault(Mesh)?[0] != place.Mesh)
            throw new OutputException(path,
                "holds the state of a device of another geometry or mesh; "
                    + "start from a result with the same layers, cross-section and mesh");
        Whole(path, () =>
        {
            checkpoint.Doubles[State].Select(x => new Scalar(x)).ToArray().CopyTo(device.State, 0);
            checkpoint.Doubles[Quadratures].Select(x => new Scalar(x)).ToArray().CopyTo(device.Quadratures, 0);
        });
    }

    // A file whose content was changed by another program is readable and yet no state.
    private static void Whole(string path, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException or IndexOutOfRangeException)
        {
            throw new OutputException(path, "holds a state of which a part is missing", e);
        }
    }

    /// <summary>Puts the clock, the protocol and the extremes back, for a run that goes on.</summary>
    /// <exception cref="OutputException">A part of it is missing.</exception>
    public static void Resume(Checkpoint checkpoint, string path, DeviceSimulation device, ProtocolRunner runner, RunRecorder recorder,
        MappedProtocol? mapped) => Whole(path, () => Resume(checkpoint, device, runner, recorder, mapped));

    private static void Resume(Checkpoint checkpoint, DeviceSimulation device, ProtocolRunner runner, RunRecorder recorder,
        MappedProtocol? mapped)
    {
        device.Time = checkpoint.Doubles[Time][0];
        runner.Position = checkpoint.Longs[Position];
        recorder.Extremes.Values = checkpoint.Doubles[Extremes];
        if (checkpoint.Doubles.TryGetValue(Nuclei, out double[]? nuclei))
            device.Nucleation = (nuclei[0], nuclei[1]);
        recorder.PulseCount = (int)checkpoint.Longs[Pulses][0];
        recorder.Envelopes.Values = checkpoint.Doubles[Envelopes];
        if (mapped is null)
            return;
        mapped.Map.Rebuild(checkpoint.Longs[MapPieces]);
        long[] counts = checkpoint.Longs[MapCounts];
        (mapped.Mapped, mapped.Computed, mapped.NextAudit) = (counts[0], counts[1], counts[2]);
        mapped.Error.Load([.. mapped.Map.Pieces], checkpoint.Doubles[MapError]);
    }
}

/// <summary>Where the numbers of a state belong.</summary>
/// <param name="Unknowns">Their count, in words.</param>
/// <param name="Mesh">Digest of the mesh: positions, volumes and faces.</param>
internal sealed record RunPlace(string Unknowns, string Mesh)
{
    /// <summary>That of a device's state.</summary>
    public static RunPlace Of(DeviceSimulation device)
    {
        ControlVolumeMesh mesh = device.Mesh;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (double[] numbers in (double[][])[mesh.X, mesh.Z, mesh.Volume, mesh.EdgeLength, mesh.EdgeArea])
            hash.AppendData(MemoryMarshal.AsBytes<double>(numbers));
        return new(
            $"{device.Layout.PsgNodes.Length} PSG nodes, {device.Layout.Wo3Nodes.Length} WO3 nodes, "
            + $"{device.System.Size} unknowns, {device.System.QuadratureCount} quadratures",
            Convert.ToHexStringLower(hash.GetHashAndReset())[..32]);
    }
}
