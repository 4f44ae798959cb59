using System.Globalization;
using FvSolver.Cases.Input;

namespace FvSolver.Cases.Fits.Calibration;

/// <summary>Writes calibrated parameters as a preset: one TOML section per part of the device, each
/// value with its kind and reference.</summary>
public static class PresetWriter
{
    /// <summary>Writes the preset.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The calibration.</param>
    /// <param name="title">First line of the comment, e.g. the name of the targets file.</param>
    public static void Write(TextWriter writer, CalibrationResult result, string title)
    {
        writer.Write($"# {OneLine(title)}\n");
        foreach (MetTarget met in result.Targets)
            writer.Write(
                $"# {met.Target.Name}: {Text(met.Result, 6)} {met.Target.Unit}, target {Text(met.Target.Value, 6)} +- "
                    + $"{Text(met.Target.Sigma, 3)} ({OneLine(met.Target.Reference)})\n");
        foreach (string warning in result.Fit.Warnings)
            writer.Write($"# warning: {OneLine(warning)}\n");
        string reference = "calibrated to " + string.Join(", ", result.Targets.Select(t => t.Target.Name));
        foreach (var section in result.Fit.Parameters.GroupBy(p => Split(p.Name).Section))
        {
            writer.Write($"\n[{section.Key}]\n");
            foreach (FittedParameter parameter in section)
            {
                string error = parameter.Held ? "held" : $"standard error {Text(parameter.StandardError, 3)}";
                writer.Write(
                    $"{Split(parameter.Name).Key} = {{ value = {Number(parameter.Value)}, kind = \"calibrated\", reference = "
                        + $"{CaseText.Quote($"{reference}; {error}")} }}\n");
            }
        }
    }

    private static (string Section, string Key) Split(string path)
    {
        int dot = path.LastIndexOf('.');
        if (dot <= 0)
            throw new ArgumentException($"Parameter '{path}' has no section: a path such as psg.hop_distance is needed.");
        return (path[..dot], path[(dot + 1)..]);
    }

    /// <summary>A float of TOML, which needs a point or an exponent, to the last bit.</summary>
    private static string Number(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.') || text.Contains('E') ? text : text + ".0";
    }

    private static string Text(double value, int digits) => value.ToString("g" + digits, CultureInfo.InvariantCulture);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
