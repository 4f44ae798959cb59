using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>What recording and writing a run cost: the case fig2a bare, recorded, and with its result file.</summary>
internal sealed class Recording : Workload
{
    public override string Id => "recording";

    public override string Title => "Case fig2a: the bare simulation, with the recorder of fv run, and with its result file";

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        int each = context.Quick ? 50 : 1000;
        CaseDefinition definition = CaseReader.Read("fig2a", [$"protocol.0.count={each}", $"protocol.1.count={each}"]);
        string folder = Directory.CreateTempSubdirectory("fv-bench-").FullName;
        string[] names = ["bare", "with recorder", "with recorder and file"];
        Timing[][] times;
        try
        {
            string file = Path.Combine(folder, "fig2a.h5");
            // A share of a few per cent takes many rounds where others use the machine.
            times = Rounds.Run(3 * context.RoundCount, context.Cancel, () => Bare(definition), () => Recorded(definition),
                () => Written(definition, file));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
        return Measurement.Against(Id, names, times, 2 * each, definition.Solver, ratio => $"{100 * (1 - 1 / ratio):0.0} % of the run");
    }

    private static Timing Bare(CaseDefinition definition)
    {
        DeviceSimulation device = CaseRun.CreateDevice(definition);
        return Rounds.Time(() =>
        {
            foreach (PulseTrain train in definition.Protocol.Cast<PulseTrain>())
                for (int i = 0; i < train.Count; i++)
                {
                    device.Pulse(train.Amplitudes[0], train.Widths[0], definition.Device.Gate.EdgeTime);
                    device.Rest(train.Rest);
                }
        });
    }

    private static Timing Recorded(CaseDefinition definition)
    {
        DeviceSimulation device = CaseRun.CreateDevice(definition);
        var recorder = new RunRecorder(device, definition.Output);
        var runner = new ProtocolRunner(device, definition.Protocol, recorder);
        return Rounds.Time(() =>
        {
            recorder.Begin();
            while (runner.Advance())
            {
            }
        });
    }

    private static Timing Written(CaseDefinition definition, string file)
    {
        CaseRun run = CaseRun.Start(definition, file, "fv bench");
        return Rounds.Time(() => run.Run(null, CancellationToken.None));
    }
}
