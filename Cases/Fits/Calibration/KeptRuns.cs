using FvSolver.Cases.Output;

namespace FvSolver.Cases.Fits.Calibration;

/// <summary>Runs of a calibration that are kept as they come, so that one that was cut off goes on.</summary>
internal static class KeptRuns
{
    /// <summary>The runs behind a targets file, of which those that are kept are not done again.</summary>
    /// <param name="file">Parameters and targets.</param>
    /// <param name="runs">What runs them.</param>
    /// <param name="journal">Where they are kept; null for nowhere.</param>
    public static CalibrationRun Of(TargetsFile file, CaseTargets runs, Journal? journal)
    {
        if (journal is null)
            return runs.Run;
        string[] names = [.. file.Targets.Select(t => t.Name)];
        string[] origin = [.. runs.Marks, .. names.Select(n => file.Sources[n].Figure)];
        return (parameters, cancel) =>
        {
            string name = Journal.Name([.. origin, .. parameters.Select(p => p.Key + Journal.Bits(p.Value))]);
            double[] figures = journal.Of(name, () =>
            {
                try
                {
                    IReadOnlyDictionary<string, double> computed = runs.Run(parameters, cancel);
                    return [.. names.Select(n => computed[n])];
                }
                catch (ArithmeticException)
                {
                    return []; // a run that fails fails again
                }
            });
            return figures.Length > 0 ? names.Zip(figures).ToDictionary(f => f.First, f => f.Second)
                : throw new ArithmeticException("A run of this trial failed.");
        };
    }
}
