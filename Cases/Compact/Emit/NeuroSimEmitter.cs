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

/// <summary>Writes the device for MLP+NeuroSim V3.0: two blocks of C++ for the constructors of RealDevice and MeasuredDevice.</summary>
/// <remarks>
/// A block stands at the end of its constructor and sets all that follows from what it sets: the conductances that hold a state, the
/// generators of spread, and A of G = B (1 - exp(-P/A)) + G_min directly, since NeuroSim's table of labels goes no further than two digits.
/// Both of its laws count pulses from the lowest conductance. The width of a read is left as NeuroSim has it: its converter decides on it.
/// </remarks>
public static class NeuroSimEmitter
{
    /// <summary>Both blocks.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="curve">Update curve.</param>
    /// <param name="noise">Scatter of its steps.</param>
    /// <param name="gateCapacitance">Capacitance of the gate [F].</param>
    /// <param name="readVoltage">Read voltage [V].</param>
    /// <param name="spread">Device-to-device spread.</param>
    public static string Write(string name, UpdateCurve curve, UpdateNoise noise, double gateCapacitance, double readVoltage, ArraySpread spread)
    {
        NeuroSimNonlinearity up = NeuroSimNonlinearity.Of(curve.Up), down = NeuroSimNonlinearity.Of([.. curve.Down.Reverse()]);
        var text = new StringBuilder();
        void Entry(string key, string value, string comment) => text.Append($"{key} = {value};\t// {comment}\n");
        text.Append($$"""
            // {{NumberText.Line(name)}}: protonic programmable resistor for MLP+NeuroSim V3.0 (Cell.cpp).
            // At the end of RealDevice::RealDevice:          #define FV_REAL_DEVICE
            //                                                #include "neurosim_device.inc"
            // or at the end of MeasuredDevice::MeasuredDevice: #define FV_MEASURED_DEVICE and the same include.
            // V3.0 takes the LTP data of a MeasuredDevice for LTD as well; RealDevice has both curves.
            #ifdef FV_REAL_DEVICE
            #undef FV_REAL_DEVICE

            """.ReplaceLineEndings("\n"));
        Entry("maxConductance", NumberText.Real(curve.Max), "S");
        Entry("minConductance", NumberText.Real(curve.Min), "S");
        Common();
        Entry("maxNumLevelLTP", $"{curve.Up.Count - 1}", "pulses");
        Entry("maxNumLevelLTD", $"{curve.Down.Count - 1}", "pulses");
        Entry("nonlinearWrite", "true", "the law below");
        Entry("NL_LTP", NumberText.Real(up.Label), "below 0: steps grow with the state");
        Entry("NL_LTD", NumberText.Real(down.Label), "over the state");
        Entry("sigmaDtoD", NumberText.Real(spread.StepSpread), "spread of the labels");
        text.Append("delete gaussian_dist2;\ngaussian_dist2 = new std::normal_distribution<double>(0, sigmaDtoD);\n");
        // A device's own label scales A by the slope of the table, 1/label.
        Entry("paramALTP", $"maxNumLevelLTP * {NumberText.Real(1 / up.Curvature)} / (1 + (*gaussian_dist2)(localGen) / NL_LTP)", "A, pulses");
        Entry("paramALTD", $"maxNumLevelLTD * {NumberText.Real(1 / down.Curvature)} / (1 + (*gaussian_dist2)(localGen) / NL_LTD)", "A, pulses");
        Entry("sigmaCtoC", NumberText.Real(noise.Conductance(curve)), "S a pulse: pulse and reset in quadrature, follows");
        text.Append("delete gaussian_dist3;\ngaussian_dist3 = new std::normal_distribution<double>(0, sigmaCtoC);\n#endif\n\n");
        text.Append("#ifdef FV_MEASURED_DEVICE\n#undef FV_MEASURED_DEVICE\n");
        text.Append($"dataConductanceLTP = {{{NumberText.List(curve.Up)}}};\n");
        text.Append($"dataConductanceLTD = {{{NumberText.List(curve.Down)}}};\n");
        Entry("maxNumLevelLTP", "dataConductanceLTP.size() - 1", "pulses");
        Entry("maxNumLevelLTD", "dataConductanceLTD.size() - 1", "pulses");
        Entry("maxConductance", "dataConductanceLTP.back()", "S");
        Entry("minConductance", "dataConductanceLTP.front()", "S");
        Common();
        Entry("symLTPandLTD", "false", "both curves are given");
        Entry("nonlinearWrite", "true", "the data");
        text.Append("#endif\n");
        return text.ToString();

        void Common()
        {
            Entry("avgMaxConductance", "maxConductance", "S");
            Entry("avgMinConductance", "minConductance", "S");
            Entry("conductance", "minConductance", "S");
            Entry("conductancePrev", "conductance", "S");
            Entry("readVoltage", NumberText.Real(readVoltage), "V");
            Entry("writeVoltageLTP", NumberText.Real(curve.UpAmplitude), "V");
            Entry("writeVoltageLTD", NumberText.Real(Math.Abs(curve.DownAmplitude)), "V, of negative sign at the gate");
            Entry("writePulseWidthLTP", NumberText.Real(curve.Width), "s");
            Entry("writePulseWidthLTD", NumberText.Real(curve.Width), "s");
            Entry("nonIdenticalPulse", "false", "all pulses are alike");
            Entry("cmosAccess", "true", "a selector at each gate");
            Entry("FeFET", "true", "a gated device: its write energy is that of the gate");
            Entry("gateCapFeFET", NumberText.Real(gateCapacitance), "F");
            Entry("widthInFeatureSize", "6", "F, of a gated cell");
        }
    }
}
