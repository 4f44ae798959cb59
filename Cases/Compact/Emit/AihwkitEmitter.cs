using System.Text;
using FvSolver.Cases.Noise;
using MathNet.Numerics.LinearAlgebra;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Spread and decay that a preset for training on arrays carries beside the update curve.</summary>
/// <param name="StepSpread">Device-to-device spread of the step, relative.</param>
/// <param name="RangeSpread">Device-to-device spread of the ends of the range, relative.</param>
/// <param name="AsymmetrySpread">Device-to-device spread of the asymmetry of up and down.</param>
/// <param name="RetentionTime">Time constant of the stored state's decay [s]; infinite when there is none.</param>
public sealed record ArraySpread(
    double StepSpread = 0, double RangeSpread = 0, double AsymmetrySpread = 0, double RetentionTime = double.PositiveInfinity);

/// <summary>Writes a preset for aihwkit: a <c>PiecewiseStepDevice</c> in a Python module.</summary>
/// <remarks>
/// Weight w = 2 (G - G_mid)/(G_max - G_min). dw_min is the larger of the two steps at w = 0, up_down = (s_up - s_down)/dw_min; the
/// nodes are steps relative to the step of their own direction at w = 0. Steps grow with the state, which soft bounds cannot carry.
/// </remarks>
public static class AihwkitEmitter
{
    /// <summary>Largest number of nodes that the consumer takes.</summary>
    public const int LargestNodeCount = 63;

    /// <summary>The module as text.</summary>
    /// <param name="table">Model.</param>
    /// <param name="curve">Update curve.</param>
    /// <param name="noise">Scatter of its steps.</param>
    /// <param name="spread">Spread and decay.</param>
    /// <param name="nodes">Number of nodes, 2 to 63, ends included; odd, so that w = 0 is one.</param>
    /// <exception cref="ArgumentException">The number of nodes is not allowed.</exception>
    public static string Write(
        CompactParameterTable table, UpdateCurve curve, UpdateNoise noise, ArraySpread spread, int nodes = LargestNodeCount)
    {
        if (nodes is < 3 or > LargestNodeCount || nodes % 2 == 0)
            throw new ArgumentException($"The number of nodes is {nodes}; an odd number from 3 to {LargestNodeCount} is needed.");
        double scale = 2 / (curve.Max - curve.Min);
        double[] ups = Nodes(curve, g => scale * curve.StepUp(g), nodes), downs = Nodes(curve, g => scale * curve.StepDown(g), nodes);
        double up = ups[nodes / 2], down = downs[nodes / 2], step = Math.Max(up, down);
        bool retains = double.IsInfinity(spread.RetentionTime);
        var text = new StringBuilder();
        text.Append($"\"\"\"{Escape(table.Name)}: protonic programmable resistor for aihwkit.\n\n");
        text.Append($"Weight w = 2 (G - G_MID)/(G_MAX - G_MIN); pulses of {NumberText.Short(curve.UpAmplitude)} V and "
            + $"{NumberText.Short(curve.DownAmplitude)} V, {NumberText.Short(curve.Width)} s.\n");
        text.Append(CompactValidityText.Comment(table, "")).Append('\n');
        text.Append("dw_min_std is the scatter of a step at w = 0, pulse and reset in quadrature over the step: it follows from the "
            + $"model.\nOne number for both directions: {CompactScatterText.Miss(noise.RelativeMiss(curve))}.\n");
        foreach ((string way, StepNoise n) in ((string, StepNoise)[])[("up", noise.Up), ("down", noise.Down)])
            text.Append($"Pulses {way}: {NumberText.Short(n.PulseDeviation, 3)} protons from the pulse, "
                + $"{NumberText.Short(n.ResetDeviation, 3)} from the reset, ")
                .Append($"together {NumberText.Short(n.Deviation, 4)} +- {NumberText.Short(n.Error, 2)}; {NumberText.Line(n.Origin)}.\n");
        text.Append("\"\"\"\n\n").Append(CompactValidityText.Python(table, curve)).Append('\n');
        text.Append($"G_MIN = {NumberText.Real(curve.Min)}  # S\nG_MAX = {NumberText.Real(curve.Max)}  # S\nG_MID = 0.5 * (G_MIN + "
            + "G_MAX)\n\n");
        text.Append("# Decay of the stored state; None: none in the model.\nRETENTION_TAU = "
            + $"{(retains ? "None" : NumberText.Real(spread.RetentionTime))}  # s\n\n");
        text.Append("PARAMETERS = {\n");
        void Entry(string key, string value, string comment = "") =>
            text.Append($"    \"{key}\": {value},{(comment.Length > 0 ? $"  # {comment}" : "")}\n");
        Entry("dw_min", NumberText.Real(step), "larger step at w = 0");
        Entry("dw_min_dtod", NumberText.Real(spread.StepSpread));
        Entry("dw_min_std", NumberText.Real(noise.Relative(curve)), "kind: follows");
        Entry("up_down", NumberText.Real((up - down) / step));
        Entry("up_down_dtod", NumberText.Real(spread.AsymmetrySpread));
        Entry("w_max", "1.0");
        Entry("w_max_dtod", NumberText.Real(spread.RangeSpread));
        Entry("w_min", "-1.0");
        Entry("w_min_dtod", NumberText.Real(spread.RangeSpread));
        Entry("piecewise_up", $"[{NumberText.List(ups.Select(s => s / up))}]");
        Entry("piecewise_down", $"[{NumberText.List(downs.Select(s => s / down))}]");
        text.Append("""
            }


            def lifetime(seconds_per_batch):
                # aihwkit counts the lifetime in mini-batches; 0 means no decay.
                return 0.0 if RETENTION_TAU is None else RETENTION_TAU / seconds_per_batch


            def device(seconds_per_batch=None, **used):
                check(**used)
                from aihwkit.simulator.configs.devices import PiecewiseStepDevice

                extra = {} if seconds_per_batch is None else {"lifetime": lifetime(seconds_per_batch)}
                return PiecewiseStepDevice(**PARAMETERS, **extra)

            """.ReplaceLineEndings("\n"));
        return text.ToString();
    }

    /// <summary>
    /// Values at equally spaced nodes of the piecewise linear function that is nearest to the steps in the mean square: values of the
    /// curve at the nodes would make chords, which lie above it where it bends, and a thousand pulses add that up.
    /// </summary>
    private static double[] Nodes(UpdateCurve curve, Func<double, double> step, int nodes)
    {
        const int samples = 20;
        int count = samples * (nodes - 1);
        double Place(int i) => (i + 0.5) / samples;
        Matrix<double> hats = Matrix<double>.Build.Dense(count, nodes, (i, k) => Math.Max(0, 1 - Math.Abs(Place(i) - k)));
        Vector<double> steps = Vector<double>.Build.Dense(count, i => step(curve.Min + (curve.Max - curve.Min) * Place(i) / (nodes - 1)));
        return [.. hats.TransposeThisAndMultiply(hats).Cholesky().Solve(hats.TransposeThisAndMultiply(steps))];
    }

    private static string Escape(string text) => NumberText.Line(text).Replace("\\", "\\\\").Replace("\"", "'");
}
