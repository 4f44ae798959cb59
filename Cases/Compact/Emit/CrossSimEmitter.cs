using System.Text;
using FvSolver.Cases.Noise;
using MathNet.Numerics.Distributions;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes CrossSim's lookup tables of the update (version 2) and device parameters (version 3).</summary>
public static class CrossSimEmitter
{
    /// <summary>Lookup tables are cut at this many standard deviations: their probabilities run from 0 to 1.</summary>
    private const double Cut = 3;

    /// <summary>
    /// A lookup table: a comment, conductances, probabilities from 0 to 1, an empty line, then one row a probability and one
    /// column a conductance with the change of conductance [S].
    /// </summary>
    /// <param name="table">Model.</param>
    /// <param name="curve">Update curve.</param>
    /// <param name="noise">Scatter of its steps.</param>
    /// <param name="increasing">True for <c>dG_increasing.txt</c>, false for <c>dG_decreasing.txt</c>; the
    /// first three lines but the comment agree.</param>
    /// <param name="bins">Number of conductances.</param>
    /// <param name="probabilities">Number of probabilities.</param>
    public static string LookupTable(
        CompactParameterTable table, UpdateCurve curve, UpdateNoise noise, bool increasing, int bins = 100, int probabilities = 1601)
    {
        double[] g = [.. Enumerable.Range(0, bins).Select(i => curve.Min + (curve.Max - curve.Min) * i / (bins - 1))];
        double[] p = [.. Enumerable.Range(0, probabilities).Select(i => (double)i / (probabilities - 1))];
        double[] mean = [.. g.Select(x => increasing ? curve.StepUp(x) : -curve.StepDown(x))];
        double tail = Normal.CDF(0, 1, -Cut);
        StepNoise step = increasing ? noise.Up : noise.Down;
        double scatter = increasing ? noise.DeviationUp : noise.DeviationDown;
        var text = new StringBuilder();
        text.Append($"conductance steps of {NumberText.Short(increasing ? curve.UpAmplitude : curve.DownAmplitude)} V, "
            + $"{NumberText.Short(curve.Width)} s pulses; conductances, probabilities, then rows of dG [S]; scatter of a step in protons: "
            + $"{NumberText.Short(step.PulseDeviation, 3)} from the pulse, {NumberText.Short(step.ResetDeviation, 3)} from the reset, "
            + $"follows; {NumberText.Line(step.Origin)}; {string.Join(' ', CompactValidityText.Lines(table))}\n");
        text.Append(NumberText.List(g)).Append('\n').Append(NumberText.List(p)).Append("\n\n");
        // CrossSim takes its mean from all rows but the last, so that each of them stands for the interval up to the next, by its middle.
        // It draws the nearest row, the first and the last half as often as others, which adds 3
        // deviations over the number of rows to what it draws.
        double[] z = [.. Enumerable.Range(0, probabilities).Select(i => Normal.InvCDF(0, 1,
            tail + (1 - 2 * tail) * (i + 1 < probabilities ? (i + 0.5) / (probabilities - 1) : 1)))];
        // The cut and the middles take some of the deviation away.
        double deviation = Math.Sqrt(z[..^1].Average(x => x * x));
        foreach (double x in z)
            text.Append(NumberText.List(mean.Select(m => m + scatter * x / deviation))).Append('\n');
        return text.ToString();
    }

    /// <summary>A Python module that sets the device parameters of version 3, which has no update by pulses.</summary>
    /// <param name="table">Model.</param>
    /// <param name="curve">Update curve: its ends are the range.</param>
    /// <param name="readNoise">Read noise, relative to the conductance; 0 for none.</param>
    public static string Parameters(CompactParameterTable table, UpdateCurve curve, double readNoise = 0) => $$"""
        # {{NumberText.Line(table.Name)}}: protonic programmable resistor for CrossSim 3.
        {{CompactValidityText.Comment(table, "# ")}}
        {{CompactValidityText.Python(table, curve)}}
        R_MIN = {{NumberText.Real(1 / curve.Max)}}  # ohm
        R_MAX = {{NumberText.Real(1 / curve.Min)}}  # ohm
        READ_NOISE = {{NumberText.Real(readNoise)}}  # relative


        def apply(params, **used):
            check(**used)
            device = params.xbar.device
            device.Rmin = R_MIN
            device.Rmax = R_MAX
            device.infinite_on_off_ratio = False
            device.read_noise.enable = READ_NOISE > 0
            if READ_NOISE > 0:
                device.read_noise.model = "NormalProportionalDevice"
                device.read_noise.magnitude = READ_NOISE
            device.drift_error.enable = False  # the model holds its state with the gate open
            return params

        """.ReplaceLineEndings("\n");
}
