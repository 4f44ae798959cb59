using System.Globalization;
using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Studies;

/// <summary>Pulses on a device that starts from rest, and the steps of conductance that they make.</summary>
internal static class PulseExperiment
{
    /// <summary>Time with the gate open before a read [s] (onen2022: averaged over about a second).</summary>
    public const double ReadTime = 1;

    /// <summary>Step of conductance of one pulse from rest [S].</summary>
    public static double Step(CaseDefinition definition, double amplitude, double width) =>
        Means(definition, [(amplitude, width)], 1).Of(0, default);

    /// <summary>Mean steps of conductance of trains of equal pulses, each from rest [S], by number of the train.</summary>
    public static Dictionary<string, double> MeanSteps(
        CaseDefinition definition, (double Amplitude, double Width)[] pulses, int count, CancellationToken cancel)
    {
        TrainMeans means = Means(definition, pulses, count);
        return Enumerable.Range(0, pulses.Length).ToDictionary(i => i.ToString(CultureInfo.InvariantCulture), i => means.Of(i, cancel));
    }

    private static TrainMeans Means(CaseDefinition definition, (double Amplitude, double Width)[] pulses, int count) =>
        new(definition, new(definition.Device, definition.MeshFor(pulses.Select(p => Equal(p.Amplitude, p.Width))),
            definition.Solver), pulses, count);

    /// <summary>Equal pulses, each with its read.</summary>
    public static PulseTrain Equal(double amplitude, double width, int count = 1) =>
        new() { Amplitudes = [amplitude], Widths = [width], Count = count, Rest = ReadTime };

    /// <summary>A train of equal pulses from rest, one row each (see <see cref="PulseTable.Columns"/>).</summary>
    public static RunRecorder Train(CaseDefinition definition, double amplitude, double width, int count,
        CancellationToken cancel = default)
    {
        PulseTrain train = Equal(amplitude, width, count);
        var device = new DeviceSimulation(definition.Device, definition.MeshFor(train), definition.Solver);
        var recorder = new RunRecorder(device, definition.Output.Quiet());
        var runner = new ProtocolRunner(device, [train], recorder);
        while (runner.Advance())
            cancel.ThrowIfCancellationRequested();
        return recorder;
    }
}
