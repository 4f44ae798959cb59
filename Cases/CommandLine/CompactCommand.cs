using System.CommandLine;
using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Cases.Compact.Model;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv compact</c>: identifies the compact model of a case's device and writes what circuit and array simulators read.</summary>
public static class CompactCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("compact",
            "Identify the compact model of a device and write it for ngspice, Verilog-A, aihwkit, CrossSim and NeuroSim.");
        var arguments = new CaseArguments(command);
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder for the files (default: results/CASE-compact).",
            HelpName = "DIR"
        };
        var pulses = new Option<int>("--pulses")
        {
            Description = "Pulses up and pulses down of the staircase.",
            DefaultValueFactory = _ => 1000,
        };
        pulses.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 10 or > 100000)
                result.AddError($"--pulses = {result.Tokens[0].Value}: must be from 10 to 100000");
        });
        command.Options.Add(output);
        command.Options.Add(pulses);
        var resume = new Option<bool>("--resume") { Description = "Go on from the checkpoint of an identification that was cut off." };
        command.Options.Add(resume);
        command.SetAction((parsed, cancel) =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            string name = Path.GetFileNameWithoutExtension(definition.SourceName);
            string folder = parsed.GetValue(output) ?? Path.Combine("results", name + "-compact");
            TextWriter text = parsed.InvocationConfiguration.Output;
            CompactScope.Check(definition);
            using OutputLock held = OutputLock.Take(Path.Combine(folder, CompactBundle.LockName));
            var journal = Journal.Open(folder, parsed.GetValue(resume), arguments.IsForced(parsed));
            // With a journal the files that are there are those of a writing that was cut off.
            CompactBundle.Check(folder, arguments.IsForced(parsed) || journal.Count > 0);
            using IDisposable saving = Interruption.Save(journal.Save);
            Write(definition, name, folder, parsed.GetValue(pulses), text, journal, cancel);
            journal.Delete();
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    /// <summary>Runs the experiments on all cores, fits, and writes the files.</summary>
    private static void Write(
        CaseDefinition definition, string name, string folder, int pulses, TextWriter text, Journal journal, CancellationToken cancel)
    {
        Device device = definition.Device;
        IReadOnlyList<CompactExperiment> experiments = CompactExperiment.Default(device, pulses), unseen = CompactExperiment.Unseen(device);
        text.WriteLine($"running {experiments.Count + unseen.Count} experiments on {Environment.ProcessorCount} cores");
        var source = new SolverSource(device, definition.MeshFor(experiments.Concat(unseen).SelectMany(e => e.Protocol)),
            definition.Solver)
        {
            Cancel = cancel,
        };
        string[] origin = [definition.SourceText, .. definition.Settings, .. definition.Files, CaseRun.CodeVersion];
        IReadOnlyList<CompactReading> Read(CompactExperiment e) => CompactReading.FromNumbers(journal.Of(
            Journal.Name([.. origin, e.Name, $"{pulses}"]), () => CompactReading.ToNumbers(source.Read(e))));
        Dictionary<string, IReadOnlyList<CompactReading>> readings = experiments.Concat(unseen)
            .OrderByDescending(e => e.Trains.Sum(t => t.Count)).AsParallel().WithCancellation(cancel)
            .Select(e => (e.Name, Readings: Read(e)))
            .ToDictionary(e => e.Name, e => e.Readings);
        text.WriteLine("fitting");
        CompactIdentificationResult result =
            new CompactIdentification().Run(name, device, experiments, e => readings[e.Name])
                .Tried(experiments.Where(e => e.Name == "staircase"), unseen, e => readings[e.Name]);
        foreach (CompactParameter p in result.Table.Parameters)
            text.WriteLine($"{p.Symbol,-10} {p.Value,12:g6} {(p.StandardError is double se ? $"+- {se:g2}" : ""),-12} {p.Unit}");
        text.WriteLine($"worst fitted step: {100 * result.Table.Validity!.WorstStep:g3} % off the solver");
        foreach (string warning in result.Table.Warnings)
            text.WriteLine("warning: " + warning);
        foreach (CompactCheck check in result.Table.Checks)
            text.WriteLine(
                $"not fitted: {check.Train}: worst step {100 * check.WorstStep:g3} % off, charge left {100 * check.ChargeReturn:g3} % off");

        double top = 1e9 * device.Psg.Thickness, down = 2 * device.Gate.RestVoltage - top;
        // A staircase that does not come back to its start is completed by the model.
        UpdateCurve curve = UpdateCurve.Of(result.Table, top, down, 5e-9, pulses);
        UpdateNoise noise = UpdateNoise.Of(device, result.Table, curve);
        foreach (CompactScatter s in noise.Figures)
            text.WriteLine(
                $"{s.Name,-18} {s.Value,10:g5} {(s.StandardError is double se ? $"+- {se:g2}" : ""),-12} {s.Meaning}; {s.Origin}");
        foreach (string file in CompactBundle.Write(folder, result, curve, noise, device.Gate.ReadVoltage))
            text.WriteLine(Path.Combine(folder, file));
    }
}
