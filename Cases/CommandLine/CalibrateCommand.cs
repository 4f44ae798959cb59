using System.CommandLine;
using System.Diagnostics;
using FvSolver.Cases.Electrochemistry;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Fits;
using FvSolver.Cases.Fits.Calibration;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;
using FvSolver.Materials;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv calibrate</c>: adjusts parameters so that runs meet targets, and says what the targets determine.</summary>
public static class CalibrateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var targets = new Argument<string>("TARGETS")
        { Description = "Targets file (TOML): parameters with bounds and priors, figures of runs to meet." };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Preset to write (default: results/TARGETS-preset.toml).",
            HelpName = "FILE"
        };
        Option<int> iterations = IntegerOption.Create("--iterations", "Most iterations.", 1, 10_000, 15);
        var difference = new Option<double>("--difference")
        {
            Description = "Step of the finite differences, relative.",
            DefaultValueFactory = _ => 0.02
        };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "Relative step of the parameters at which the search ends.",
            DefaultValueFactory = _ => 1e-2
        };
        Option<int> profile = IntegerOption.Create("--profile",
            "Points of the misfit on each side of the best, a standard error apart; 0 for none.", 0, 1000, 2);
        var against = new Option<string[]>("--against")
        {
            Description = "Targets file of a rival on the same data: calibrated as well, then compared. May be repeated.",
            HelpName = "FILE"
        };
        var resume = new Option<bool>("--resume") { Description = "Go on from the checkpoint of a calibration that was cut off." };
        Option<bool> force = ForceOption.Create();
        var command = new Command("calibrate", "Adjust named parameters so that a set of runs meets named targets; writes a preset.")
        {
            targets, output, iterations, difference, tolerance, profile, against, resume, force,
        };
        var json = new JsonOption(command);
        command.SetAction((parsed, cancel) => Task.FromResult(InputTrouble.Report(() =>
        {
            string path = parsed.GetValue(targets)!;
            string preset = parsed.GetValue(output) ?? Path.Combine("results", Path.GetFileNameWithoutExtension(path) + "-preset.toml");
            string picture = Path.ChangeExtension(preset, ".png");
            OutputFile.RequireApart(preset, path);
            string record = Path.ChangeExtension(preset, ".h5");
            OutputFile.RequireApart(picture, preset);
            OutputFile.RequireApart(record, path);
            OutputFile.Check(parsed.GetValue(force), preset, picture, record);
            using OutputLock held = OutputLock.Take(preset);
            TextWriter text = json.Words(parsed);
            TargetsFile file = TargetsFile.Read(path);
            var journal = Journal.Open(preset, parsed.GetValue(resume), parsed.GetValue(force));
            using IDisposable saving = Interruption.Save(journal.Save);
            if (journal.Count > 0)
                text.WriteLine($"going on after {journal.Count} runs");
            var runs = new CalibrationRuns(file, KeptRuns.Of(file, new(file, path), journal));
            var clock = Stopwatch.StartNew();
            double last = 0, best = double.PositiveInfinity;
            var options = new FitOptions
            {
                Cancel = cancel,
                MaxIterations = parsed.GetValue(iterations),
                DifferenceStep = parsed.GetValue(difference),
                StepTolerance = parsed.GetValue(tolerance),
                Threads = Environment.ProcessorCount,
            };
            CalibrationResult result = new Calibrator(file.Parameters, file.Targets, runs.Run).Run(options, (run, misfit) =>
            {
                lock (clock)
                {
                    best = Math.Min(best, misfit);
                    double now = clock.Elapsed.TotalSeconds;
                    if (now - last < 5)
                        return;
                    last = now;
                    text.WriteLine($"{run} evaluations, {now:f0} s, least misfit of the targets {best:g4}");
                    text.Flush();
                }
            }, cancel);
            IReadOnlyList<GuidedProfile> profiles = parsed.GetValue(profile) is > 0 and int points
                ? GuidedProfile.Of(file.Parameters, file.Targets, result.Fit, runs.Run, points, cancel)
                : [];
            CalibrationReport.Write(text, file.Parameters, result, profiles);
            text.WriteLine($"{result.Runs} evaluations in {clock.Elapsed.TotalSeconds:f0} s");

            held.Renew();
            using var content = new StringWriter();
            PresetWriter.Write(content, result, $"{file.Name}: written by fv calibrate {Path.GetFileName(path)}, {OutputFile.Mark}");
            OutputFile.WriteText(preset, content.ToString());
            text.WriteLine($"preset: {preset} (--set preset={preset})");
            ResultFile.Write(record, runs.Result(InputFile.Read(path), path, result, CommandApplication.Line, profiles));
            text.WriteLine($"runs: {record} (fv view {record})");
            if (profiles.Count > 0)
            {
                FigureImage.Save(CalibrationReport.Picture(file.Name, file.Parameters, result, profiles), picture);
                text.WriteLine($"picture: {picture}");
            }
            string[] others = parsed.GetValue(against) ?? [];
            IReadOnlyList<Rival> rivals = others.Length == 0 ? []
                : [RivalOf(file, path, result, cancel), .. others.Select(r => Calibrated(r, options, journal, cancel))];
            if (rivals.Count > 0)
                RivalComparison.Write(text, rivals, file.Measurements);
            journal.Delete();
            json.Write(parsed, () => new
            {
                Targets = result.Targets.Select(t => new
                {
                    t.Target.Name,
                    t.Target.Unit,
                    t.Target.Value,
                    t.Target.Sigma,
                    t.Result,
                    t.Deviation
                }),
                result.Fit.Converged,
                Parameters = FitReport.Json(result.Fit),
                Misfit = result.Fit.SumOfSquares,
                Evaluations = result.Runs,
                Preset = preset,
                Runs = record,
                Picture = profiles.Count > 0 ? picture : null,
                Rivals = rivals.Select(r => new
                {
                    r.Name,
                    Misfit = r.Result.Fit.SumOfSquares,
                    Parameters = FitReport.Json(r.Result.Fit),
                    r.FreeParameters,
                    r.LogEvidence,
                    r.Predictions,
                }),
            });
            return result.Fit.Converged ? ExitCode.Success : ExitCode.NumericalFailure;
        })));
        return command;
    }

    private static Rival Calibrated(string path, FitOptions options, Journal journal, CancellationToken cancel)
    {
        TargetsFile file = TargetsFile.Read(path);
        return RivalOf(file, path, new Calibrator(file.Parameters, file.Targets, KeptRuns.Of(file, new(file, path), journal))
            .Run(options, null, cancel), cancel);
    }

    private static Rival RivalOf(TargetsFile file, string path, CalibrationResult result, CancellationToken cancel)
    {
        Dictionary<string, double> best = result.Fit.Parameters.ToDictionary(p => p.Name, p => p.Value);
        return new(file.Name, file.Parameters, result, new CaseTargets(file with { Targets = file.Measurements }, path).Run(best, cancel));
    }
}
