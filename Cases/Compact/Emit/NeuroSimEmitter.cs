using System.Text;
using FvSolver.Cases.Fits;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Nonlinearity of an update curve as NeuroSim labels it.</summary>
/// <param name="Curvature">kappa = P_max/A of G = G_min + B (1 - exp(-P/A)); negative when steps grow.</param>
public sealed record NeuroSimNonlinearity(double Curvature)
{
    /// <summary>
    /// NeuroSim's label: the largest distance of the normalised curve from the straight line, over 0.099, with the sign of A;
    /// negative when the curve is convex. (Its table of A against labels 0.01 to 9 obeys this rule within 2 %, from A = 126.27 P_max
    /// at 0.01 over 1.2517 at 1 to 0.0228 at 9.)
    /// </summary>
    public double Label
    {
        get
        {
            double k = Math.Abs(Curvature);
            if (k < 1e-9)
                return 0;
            double share = -Expm1(-k), at = Math.Log(k / share) / k;
            return Math.Sign(Curvature) * (-Expm1(-k * at) / share - at) / 0.099;
        }
    }

    /// <summary>Fits the law to a rising curve.</summary>
    public static NeuroSimNonlinearity Of(IReadOnlyList<double> rising)
    {
        int n = rising.Count;
        double range = rising[^1] - rising[0];
        FitResult fit = Fit.Run(new FitProblem
        {
            Parameters = [new FitParameter("curvature", "1") { Lower = -50, Upper = 50 }],
            Start = [0.1],
            Model = p => [.. Enumerable.Range(0, n).Select(i => Curve(p[0], (double)i / (n - 1)))],
            Observed = [.. rising.Select(g => (g - rising[0]) / range)],
        });
        return new NeuroSimNonlinearity(fit["curvature"].Value);
    }

    /// <summary>(1 - exp(-k x))/(1 - exp(-k)).</summary>
    private static double Curve(double k, double x) => Math.Abs(k) < 1e-9 ? x : Expm1(-k * x) / Expm1(-k);

    private static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x * (1 + x / 2) : Math.Exp(x) - 1;
}

/// <summary>Writes parameters and measured arrays for NeuroSim: lines for the constructors of RealDevice and MeasuredDevice.</summary>
public static class NeuroSimEmitter
{
    /// <summary>Lines of C++.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="curve">Update curve.</param>
    /// <param name="gateCapacitance">Capacitance of the gate [F].</param>
    /// <param name="readVoltage">Read voltage [V].</param>
    /// <param name="readTime">Time of a read [s].</param>
    /// <param name="spread">Device-to-device spread.</param>
    public static string Write(string name, UpdateCurve curve, double gateCapacitance, double readVoltage, double readTime, ArraySpread spread)
    {
        NeuroSimNonlinearity up = NeuroSimNonlinearity.Of(curve.Up), down = NeuroSimNonlinearity.Of([.. curve.Down.Reverse()]);
        double step = (curve.Max - curve.Min) / (curve.Up.Count - 1);
        var text = new StringBuilder();
        text.Append($"// {NumberText.Line(name)}: protonic programmable resistor for NeuroSim\n");
        text.Append("// RealDevice: G = B (1 - exp(-P/A)) + G_min; labels below 0 mean steps that grow with the state\n");
        void Entry(string key, string value, string comment) => text.Append($"{key} = {value};\t// {comment}\n");
        Entry("maxConductance", NumberText.Real(curve.Max), "S");
        Entry("minConductance", NumberText.Real(curve.Min), "S");
        Entry("readVoltage", NumberText.Real(readVoltage), "V");
        Entry("readPulseWidth", NumberText.Real(readTime), "s");
        Entry("writeVoltageLTP", NumberText.Real(curve.UpAmplitude), "V");
        Entry("writeVoltageLTD", NumberText.Real(Math.Abs(curve.DownAmplitude)), "V, of negative sign at the gate");
        Entry("writePulseWidthLTP", NumberText.Real(curve.Width), "s");
        Entry("writePulseWidthLTD", NumberText.Real(curve.Width), "s");
        Entry("maxNumLevelLTP", $"{curve.Up.Count - 1}", "pulses");
        Entry("maxNumLevelLTD", $"{curve.Down.Count - 1}", "pulses");
        Entry("NL_LTP", NumberText.Real(up.Label), "fitted");
        Entry("NL_LTD", NumberText.Real(down.Label), "fitted, over the state");
        Entry("sigmaCtoC", NumberText.Real(step * curve.ShotNoise), "S, shot noise of a step: derived, a lower bound");
        Entry("sigmaDtoD", NumberText.Real(spread.StepSpread), "spread of the label");
        Entry("FeFET", "true", "a gated device: its write energy is that of the gate");
        Entry("gateCapFeFET", NumberText.Real(gateCapacitance), "F");
        text.Append("\n// MeasuredDevice: arrays with equal ends, strictly rising and strictly falling\n");
        text.Append($"double rawDataConductanceLTP[] = {{{NumberText.List(curve.Up)}}};\n");
        text.Append($"double rawDataConductanceLTD[] = {{{NumberText.List(curve.Down)}}};\n");
        return text.ToString();
    }
}
