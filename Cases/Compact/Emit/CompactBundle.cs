using FvSolver.Cases.Compact.Model;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes everything that circuit and array simulators read into one directory.</summary>
public static class CompactBundle
{
    /// <summary>Name of what is locked while a folder is written.</summary>
    public const string LockName = "compact";

    private const string Page = "index.html";

    /// <summary>Checks, before the work, that the files can be written: the folder is new, empty,
    /// or holds a model of this program.</summary>
    /// <exception cref="OutputException">It holds other files, or cannot be written to.</exception>
    public static void Check(string directory, bool overwriteForeign)
    {
        string page = Path.Combine(directory, Page);
        if (!overwriteForeign && !File.Exists(page) && Directory.Exists(directory)
            && Directory.EnumerateFiles(directory).Any(f => Path.GetFileNameWithoutExtension(f) != LockName))
            throw new OutputException(directory,
                "holds other files; choose a folder of its own for the model, or write into this one with --force");
        OutputFile.Check(overwriteForeign, page);
    }

    /// <summary>Writes the files.</summary>
    /// <param name="directory">Where to; made when absent.</param>
    /// <param name="result">Identified model.</param>
    /// <param name="curve">Update curve: of the solver's staircase, or of the model.</param>
    /// <param name="noise">Scatter of its steps.</param>
    /// <param name="readVoltage">Read voltage [V].</param>
    /// <param name="spread">Spread over devices, or null for none known; the retention time is the model's.</param>
    /// <returns>Names of the files.</returns>
    public static IReadOnlyList<string> Write(
        string directory, CompactIdentificationResult result, UpdateCurve curve, UpdateNoise noise, double readVoltage,
        ArraySpread? spread = null)
    {
        CompactParameterTable table = result.Table with { Scatter = noise.Figures };
        var model = new CompactModel(table.Values());
        double gate = model.GateCapacitance * table.Geometry.Area;
        double middle = model.CompositionAt((curve.Min + curve.Max) / 2, table.Geometry.Length, table.Geometry.Width);
        spread = (spread ?? new ArraySpread()) with { RetentionTime = model.RetentionTime(middle) };
        (string Name, string Text)[] files =
        [
            ("parameters.json", table.ToJson() + "\n"),
            .. SpiceDialect.All.Select(d => (SpiceEmitter.FileName(d), SpiceEmitter.Write(table, d))),
            .. SpiceExamples.Write(table, curve.UpAmplitude, curve.Width),
            ("fv_resistor.va", VerilogAEmitter.Write(table)),
            ("aihwkit_preset.py", AihwkitEmitter.Write(table, curve, noise, spread)),
            ("dG_increasing.txt", CrossSimEmitter.LookupTable(table, curve, noise, increasing: true)),
            ("dG_decreasing.txt", CrossSimEmitter.LookupTable(table, curve, noise, increasing: false)),
            ("crosssim_parameters.py", CrossSimEmitter.Parameters(table, curve)),
            ("neurosim_device.inc", NeuroSimEmitter.Write(table, curve, noise, gate, readVoltage, spread)),
            ("dnn_neurosim_device.py", DnnNeuroSimEmitter.Training(table, curve, noise)),
            ("dnn_neurosim_device.inc", DnnNeuroSimEmitter.Chip(table, curve, gate, readVoltage)),
            (Page, CompactPage.Write(result with { Table = table })),
        ];
        bool isNew = !File.Exists(Path.Combine(directory, Page));
        Directory.CreateDirectory(directory);
        int written = 0;
        try
        {
            for (; written < files.Length; written++)
                OutputFile.WriteText(Path.Combine(directory, files[written].Name), files[written].Text);
        }
        // Without its page a part of a model would be taken for the files of someone else.
        catch (OutputException) when (isNew)
        {
            foreach ((string name, _) in files.Take(written))
                File.Delete(Path.Combine(directory, name));
            throw;
        }
        return [.. files.Select(f => f.Name)];
    }
}
