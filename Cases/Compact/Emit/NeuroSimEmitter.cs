using System.Text;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes the device for MLP+NeuroSim V3.0: two blocks of C++ for the constructors of RealDevice and MeasuredDevice.</summary>
/// <remarks>
/// A block stands at the end of its constructor and sets all that follows from what it sets: the conductances that hold a state, the
/// generators of spread, and A of G = B (1 - exp(-P/A)) + G_min directly, since NeuroSim's table of labels goes no further than two digits.
/// Both of its laws count pulses from the lowest conductance. That of RealDevice makes steps that change linearly with the state: the
/// first pulses from rest, where they change faster, are left out of its range until it holds within a thousandth. The width of a read is
/// left as NeuroSim has it: its converter decides on it.
/// </remarks>
public static class NeuroSimEmitter
{
    /// <summary>How far the law of RealDevice may be off, over the range of conductance.</summary>
    public const double Band = 1e-3;

    /// <summary>Both blocks.</summary>
    /// <param name="table">Model.</param>
    /// <param name="curve">Update curve.</param>
    /// <param name="noise">Scatter of its steps.</param>
    /// <param name="gateCapacitance">Capacitance of the gate [F].</param>
    /// <param name="readVoltage">Read voltage [V].</param>
    /// <param name="spread">Device-to-device spread.</param>
    public static string Write(
        CompactParameterTable table, UpdateCurve curve, UpdateNoise noise, double gateCapacitance, double readVoltage, ArraySpread spread)
    {
        var text = new StringBuilder();
        void Entry(string key, string value, string comment) => text.Append($"{key} = {value};\t// {comment}\n");
        text.Append($$"""
            // {{NumberText.Line(table.Name)}}: protonic programmable resistor for MLP+NeuroSim V3.0 (Cell.cpp).
            // At the end of RealDevice::RealDevice:          #define FV_REAL_DEVICE
            //                                                #include "neurosim_device.inc"
            // or at the end of MeasuredDevice::MeasuredDevice: #define FV_MEASURED_DEVICE and the same include.
            // V3.0 takes the LTP data of a MeasuredDevice for LTD as well; RealDevice has both curves.
            {{CompactValidityText.Comment(table, "// ")}}
            #ifdef FV_REAL_DEVICE
            #undef FV_REAL_DEVICE
            double fvCurvatureLTP, fvCurvatureLTD;

            """.ReplaceLineEndings("\n"));
        void Law(NeuroSimLaw law)
        {
            text.Append($"// its law is within {NumberText.Short(100 * law.Misfit, 2)} % of the range\n");
            Entry("minConductance", NumberText.Real(law.Low), "S");
            Entry("maxNumLevelLTP", $"{law.UpPulses}", "pulses");
            Entry("maxNumLevelLTD", $"{law.DownPulses}", "pulses");
            Entry("NL_LTP", NumberText.Real(law.Up.Label), "below 0: steps grow with the state");
            Entry("NL_LTD", NumberText.Real(law.Down.Label), "over the state");
            Entry("fvCurvatureLTP", NumberText.Real(law.Up.Curvature), "pulses over A");
            Entry("fvCurvatureLTD", NumberText.Real(law.Down.Curvature), "pulses over A");
        }
        text.Append("#ifdef FV_WHOLE_RANGE\n");
        Law(NeuroSimLaw.Of(curve));
        text.Append("#else\n");
        Law(NeuroSimLaw.Of(curve, Band));
        text.Append("#endif\n");
        Entry("maxConductance", NumberText.Real(curve.Max), "S");
        Common();
        Entry("nonlinearWrite", "true", "the law above");
        Entry("sigmaDtoD", NumberText.Real(spread.StepSpread), "spread of the labels");
        text.Append("delete gaussian_dist2;\ngaussian_dist2 = new std::normal_distribution<double>(0, sigmaDtoD);\n");
        // A device's own label scales A by the slope of the table, 1/label.
        Entry("paramALTP", "maxNumLevelLTP / fvCurvatureLTP / (1 + (*gaussian_dist2)(localGen) / NL_LTP)", "A, pulses");
        Entry("paramALTD", "maxNumLevelLTD / fvCurvatureLTD / (1 + (*gaussian_dist2)(localGen) / NL_LTD)", "A, pulses");
        Entry("sigmaCtoC", NumberText.Real(noise.Deviation), "S a pulse: pulse and reset in quadrature, follows; "
            + CompactScatterText.Miss(noise.Miss));
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
