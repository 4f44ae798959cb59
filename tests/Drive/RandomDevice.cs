using System.Globalization;
using FvSolver.Cases.Input;
using FvSolver.Materials;

namespace FvSolver.Tests.Drive;

/// <summary>Devices that nobody designed: a preset with every parameter multiplied or divided by a factor, or some of them.</summary>
/// <param name="preset">The preset.</param>
/// <param name="factor">The factor.</param>
/// <param name="changes">How many parameters change.</param>
internal sealed class RandomDevice(string preset, double factor, int changes = int.MaxValue)
{
    /// <summary>The temperature at which rates are given: halved, it speeds them up by up to e^80.</summary>
    public const string UsuallyKept = "heat.reference_temperature";

    private const double ThinnestPerVolt = 0.5e-9;

    // The rest voltage follows from them.
    private static readonly string[] s_implied = ["pd.hydrogen_pressure", "hypotheses.cell_offset"];

    // What rectangles say.
    private static readonly string[] s_drawn = ["psg.thickness", "wo3.thickness", "pd.thickness", "geometry.length"];

    private readonly Device _given = CaseReader.Read("single", ["preset=" + preset]).Device;

    /// <summary>Parameters that stay.</summary>
    public IReadOnlyCollection<string> Kept { get; init; } = [UsuallyKept];

    /// <summary>A case of the library whose cross-section they all have, with its thicknesses; none in 1-D.</summary>
    public string Section { get; init; } = "";

    /// <summary>Text of a case: the next device of a sequence with one pulse up and one down.</summary>
    public string Case(Random random)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine($"preset = \"{preset}\"");
        Parameter[] numbers = [.. ParameterCatalogue.Device.Parameters.Where(p => p.Type == typeof(double)).OrderBy(_ => random.Next())
            .Take(changes)];
        foreach (Parameter p in numbers)
        {
            double value = (double)p.Read(_given) * (random.Next(2) == 0 ? factor : 1 / factor);
            if (value != 0 && !p.ByRule && p.Violation(value) is null && !Kept.Contains(p.Path) && !s_implied.Contains(p.Path)
                && (Section.Length == 0 || !s_drawn.Contains(p.Path)))
                text.WriteLine($"{p.Path} = {value:R}");
        }
        if (Section.Length > 0)
        {
            string given = CaseLibrary.Find(Section)!;
            int start = given.IndexOf("[cross_section]", StringComparison.Ordinal);
            text.WriteLine(given[start..given.IndexOf("[[protocol]]", start, StringComparison.Ordinal)]);
        }
        foreach (string amplitude in new[] { "10 V", "-8.5 V" })
            text.WriteLine($"[[protocol]]\ntype = \"pulses\"\namplitude = \"{amplitude}\"\nwidth = \"5 ns\"\nrest = \"1 s\"");
        return text.ToString();
    }

    /// <summary>Reads one; null where its changes contradict each other or its film is beyond breakdown.</summary>
    public static CaseDefinition? Read(string text)
    {
        try
        {
            CaseDefinition device = CaseReader.Parse(text, "random.toml", acceptImplausible: true);
            return device.Device.Psg.Thickness < 10 * ThinnestPerVolt ? null : device;
        }
        catch (InputException)
        {
            return null;
        }
    }
}
