namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes the device for DNN+NeuroSim V2.1: a module for its <c>train.py</c>, and a block
/// of C++ for its <c>Param.cpp</c>.</summary>
/// <remarks>
/// Its law is w = B (1 - exp(-P/A)) - 1 for weights from -1 to 1, B = 2/(1 - exp(-N/A)), with one number of pulses N for both directions.
/// A is set directly: its table of labels goes no further than two digits.
/// </remarks>
public static class DnnNeuroSimEmitter
{
    /// <summary>
    /// How far the law of a direction may be off, over the range: one number of pulses for both takes the rest of a thousandth.
    /// </summary>
    private const double Band = 0.9 * NeuroSimEmitter.Band;

    /// <summary>The module for <c>train.py</c>.</summary>
    /// <param name="table">Model.</param>
    /// <param name="curve">Update curve.</param>
    /// <param name="noise">Scatter of its steps.</param>
    public static string Training(CompactParameterTable table, UpdateCurve curve, UpdateNoise noise)
    {
        NeuroSimLaw law = NeuroSimLaw.Of(curve, Band);
        int levels = Levels(law);
        return $$""""
            # {{NumberText.Line(table.Name)}}: protonic programmable resistor for DNN+NeuroSim V2.1 (Training_pytorch/train.py).
            # import dnn_neurosim_device
            # dnn_neurosim_device.arguments(args)               after the lines that set args
            # dnn_neurosim_device.curves(paramALTP, paramALTD)  after the loop that fills paramALTP and paramALTD
            # and #include "dnn_neurosim_device.inc" at the end of Param::Param (NeuroSIM/Param.cpp).
            # Its law is within {{NumberText.Short(100 * law.Misfit, 2)}} % of the range; it has one number of pulses for both
            # directions, here {{law.UpPulses}} and {{law.DownPulses}}.
            {{CompactValidityText.Comment(table, "# ")}}
            {{CompactValidityText.Python(table, curve)}}
            MAX_LEVEL = {{levels}}
            A_LTP = {{NumberText.Real(1 / law.Up.Curvature)}}  # over MAX_LEVEL; below 0: steps grow with the state
            A_LTD = {{NumberText.Real(1 / law.Down.Curvature)}}


            def arguments(args, **used):
                check(**used)
                args.max_level = MAX_LEVEL
                args.cellBit = args.wl_weight = args.wl_grad = {{(int)Math.Log2(levels)}}  # floor(log2(max_level))
                args.nonlinearityLTP = {{NumberText.Real(law.Up.Label)}}
                args.nonlinearityLTD = {{NumberText.Real(law.Down.Label)}}
                args.onoffratio = {{NumberText.Real(curve.Max / law.Low)}}
                # Of the range, once an update: pulse and reset, follows; {{CompactScatterText.Miss(noise.Miss)}}.
                args.c2cVari = {{NumberText.Real(noise.Deviation / (curve.Max - law.Low))}}


            def curves(paramALTP, paramALTD):
                for k in paramALTP:
                    paramALTP[k] = 0 * paramALTP[k] + A_LTP * MAX_LEVEL
                    paramALTD[k] = 0 * paramALTD[k] + A_LTD * MAX_LEVEL

            """".ReplaceLineEndings("\n");
    }

    /// <summary>The block for <c>Param.cpp</c>.</summary>
    /// <param name="table">Model.</param>
    /// <param name="curve">Update curve.</param>
    /// <param name="gateCapacitance">Capacitance of the gate [F].</param>
    /// <param name="readVoltage">Read voltage [V].</param>
    public static string Chip(CompactParameterTable table, UpdateCurve curve, double gateCapacitance, double readVoltage)
    {
        NeuroSimLaw law = NeuroSimLaw.Of(curve, Band);
        int levels = Levels(law);
        return $$"""
            // {{NumberText.Line(table.Name)}}: protonic programmable resistor for DNN+NeuroSim V2.1, at
            // the end of Param::Param (NeuroSIM/Param.cpp).
            {{CompactValidityText.Comment(table, "// ")}}
            memcelltype = 3;	// a gated device: its write energy is that of the gate
            accesstype = 1;	// a selector at each gate
            cellBit = {{(int)Math.Log2(levels)}};
            resistanceOn = {{NumberText.Real(1 / curve.Max)}};	// ohm
            resistanceOff = {{NumberText.Real(1 / law.Low)}};	// ohm
            maxConductance = 1 / resistanceOn;	// S
            minConductance = 1 / resistanceOff;	// S
            gateCapFeFET = {{NumberText.Real(gateCapacitance)}};	// F
            maxNumLevelLTP = {{levels}};	// pulses
            maxNumLevelLTD = {{levels}};	// pulses
            writeVoltage = {{NumberText.Real(Math.Max(Math.Abs(curve.UpAmplitude), Math.Abs(curve.DownAmplitude)))}};	// V
            writePulseWidth = {{NumberText.Real(curve.Width)}};	// s
            readVoltage = {{NumberText.Real(readVoltage)}};	// V
            nonlinearIV = false;	// the channel is a resistor

            """.ReplaceLineEndings("\n");
    }

    private static int Levels(NeuroSimLaw law) => (int)Math.Round((law.UpPulses + law.DownPulses) / 2.0);
}
