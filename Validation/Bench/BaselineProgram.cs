using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FvSolver.Validation.Bench;

/// <summary>The C program of the comparison, <c>PROGRAM NPULSES V+ V- TP TREST RTOL key=value
/// ...</c>: same device, mesh and train.</summary>
/// <param name="path">The program.</param>
internal sealed partial class BaselineProgram(string path)
{
    /// <summary>Milliseconds a pulse, and the steps and factorisations of the whole train, for a setting.</summary>
    public BaselineTime Time(BaselineSetting setting, ComparisonTrain train)
    {
        string line = Output(setting, train, "rep=1").Split('\n').LastOrDefault(l => l.Contains("per_pulse_ms")) ?? "";
        double Field(string name) => Match(line, $@"\b{name} (\S+)");
        return new(1e-3 * Field("per_pulse_ms") * train.Count, (long)Field("steps"), (long)Field("setups"), (long)Field("errfail"));
    }

    /// <summary>Hydrogen that each pulse brings into the channel [m^-2].</summary>
    public double[] Increments(BaselineSetting setting, ComparisonTrain train)
    {
        double[] excess = [.. Rows().Matches(Output(setting, train, "print=1")).Select(m => Number(m.Groups[1].Value))];
        return excess.Length == train.Count
            ? [.. excess.Select((x, i) => i == 0 ? x : x - excess[i - 1])]
            : throw new ProgramFailure($"'{path}' printed {excess.Length} pulses of {train.Count}.");
    }

    private string Output(BaselineSetting setting, ComparisonTrain train, string last)
    {
        string[] arguments =
        [
            Text(train.Each), Text(ComparisonTrain.UpVoltage), Text(ComparisonTrain.DownVoltage), Text(ComparisonTrain.Width),
            Text(ComparisonTrain.RestTime),
            Text(setting.RelativeTolerance), .. setting.Keys, last,
        ];
        return ChildProcess.Run(new(path, arguments)).Output;
    }

    private double Match(string line, string pattern) =>
        Regex.Match(line, pattern) is { Success: true } m ? Number(m.Groups[1].Value)
            : throw new ProgramFailure($"'{path}' did not print its time (per_pulse_ms, steps, setups, errfail).");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d+ V \S+ WO3 (\S+)", RegexOptions.Multiline)]
    private static partial Regex Rows();
}

/// <summary>One way to run the C program.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="RelativeTolerance">Its tolerance.</param>
/// <param name="Keys">Further arguments.</param>
internal sealed record BaselineSetting(string Name, double RelativeTolerance, params string[] Keys)
{
    /// <summary>What is compared with: its Rosenbrock method at two tolerances, and the best of its multistep methods.</summary>
    public static IReadOnlyList<BaselineSetting> All { get; } =
    [
        new("RODAS4", 2e-2, "method=rodas"),
        new("RODAS4", 1e-2, "method=rodas"),
        new("IDA", 3e-6, "lin=own", "maxord=3"),
    ];

    /// <summary>A run that leaves no error to speak of.</summary>
    public static BaselineSetting Converged { get; } = new("RODAS4", 1e-10, "method=rodas", "supalg=0");
}

/// <summary>One run of the C program.</summary>
/// <param name="Seconds">Time of the train [s].</param>
/// <param name="Steps">Accepted steps.</param>
/// <param name="Factorisations">Factorisations.</param>
/// <param name="Rejections">Steps rejected by the error.</param>
internal readonly record struct BaselineTime(double Seconds, long Steps, long Factorisations, long Rejections);
