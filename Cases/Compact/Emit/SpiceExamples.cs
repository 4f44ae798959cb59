using System.Globalization;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Circuits for ngspice from which a designer starts: they run as they stand and print what they measure.</summary>
/// <remarks>
/// The gates are opened by a smooth switch of 1 kohm or 1e22 ohm: a rest of 1 s needs that much, since one proton a second is 1.6e-19 A.
/// </remarks>
public static class SpiceExamples
{
    /// <summary>Name and text of each.</summary>
    /// <param name="table">Model.</param>
    /// <param name="up">Amplitude of a pulse up [V]; one down has the opposite field.</param>
    /// <param name="width">Width of the pulses [s].</param>
    public static IReadOnlyList<(string Name, string Text)> Write(CompactParameterTable table, double up, double width)
    {
        double rest = table.Values().RestVoltage;
        var pulse = new Pulse(width, table.Geometry.EdgeTime, Math.Max(table.Geometry.HoldTime, 1e-9));
        string head = $"""
            .include {SpiceEmitter.FileName(SpiceDialect.Ngspice)}
            {SpiceDialect.Ngspice.Options}
            .param vrest={N(rest)} vup={N(up)} vdown={N(2 * rest - up)}

            """;
        return [("tb.cir", Single(head, pulse)), ("tb_1000.cir", Thousand(head, pulse)), ("tb_1t1r.cir", Cell(head, pulse)),
            ("tb_half_select.cir", HalfSelect(head, pulse))];
    }

    /// <summary>
    /// The shape of a train of pulses from 0 to 1 and, from 10 ns before each to the end of its hold, a 1 at node closed; a switch from
    /// node drive to a gate. One source has all corners, in numbers: ngspice 39 loses pulses of periodic
    /// sources when periods are long, and rounds expressions.
    /// </summary>
    private static string Train(Pulse pulse, int count, double period, string? gate)
    {
        string Points(params (double Time, int Value)[] corners) => string.Concat(Enumerable.Range(0, count).Select(k =>
            "\n+" + string.Concat(corners.Select(c =>
                $" {(k * period + c.Time).ToString("0.##############", CultureInfo.InvariantCulture)} {c.Value}"))));
        const double lead = 1e-8;
        double end = lead + pulse.Width, open = end + pulse.Hold;
        return $"""
            Vtrain train 0 PWL(0 0{Points((1e-10, 0), (2e-10, 1), (lead, 1), (lead + pulse.Edge, 2),
                (end - pulse.Edge, 2), (end, 1), (open, 1), (open + 1e-10, 0))})
            Bshape shape 0 V=max(0, V(train)-1)
            Bclosed closed 0 V=min(1, V(train))

            """ + (gate is null ? "" : $"Bswitch drive {gate} I=V(drive,{gate})*exp(44*(V(closed)-1)-6.9)\n");
    }

    private static string Single(string head, Pulse pulse) => $$"""
        * One pulse up and a rest of 1 s with the gate open: the step of conductance. ngspice -b tb.cir
        {{head}}{{Train(pulse, 1, 1, "g")}}Bdrive drive 0 V={vrest}+({vup}-{vrest})*V(shape)
        Vread d 0 0.1
        X1 g 0 d fv_resistor
        .tran 10m 1 0 0.1
        .control
        run
        meas tran i_before FIND i(Vread) AT=5n
        meas tran i_after FIND i(Vread) AT=0.999
        let step = (i_before - i_after)/0.1
        let gate = v(g)[length(v(g))-1]
        print step gate
        quit 0
        .endc
        .end

        """;

    private static string Thousand(string head, Pulse pulse) => $$"""
        * 500 pulses up and 500 down, each with a rest of 1 s: a run each,
        * G0 carries the state from one to the next (a simulator that counts to 1000 s
        * does not resolve an edge there). ngspice -b tb_1000.cir
        {{head}}.param amplitude={vup} start=0
        {{Train(pulse, 1, 1, "g")}}Bdrive drive 0 V={vrest}+({amplitude}-{vrest})*V(shape)
        Vread d 0 0.1
        X1 g 0 d fv_resistor G0={start}
        .save i(Vread)
        .tran 10m 1 0 0.1
        .control
        let done = 0
        while done < 1000
          run
          let g = -10*i(Vread)[length(i(Vread))-1]
          if const.done % 50 = 49
            echo conductance $&g S after $&const.done pulses and one
          end
          alterparam start = $&g
          if const.done = 499
            alterparam amplitude = {vdown}
          end
          destroy
          reset
          setplot const
          let done = done + 1
        end
        quit 0
        .endc
        .end

        """;

    private static string Cell(string head, Pulse pulse) => $$"""
        * 1T1R: a transistor between bit line and gate. Two pulses up, two down, rests of 10 ms. ngspice -b tb_1t1r.cir
        * The transistor must leak less than a proton a rest: junctions and gmin are small here; look at those of your process.
        {{head}}.options gmin=1e-24
        .model selector NMOS(level=1 vto=0.5 kp=0.1u is=1e-32)
        {{Train(pulse, 4, 0.01, null)}}        Bbit bit 0 V={vrest}+(time < 15m ? {vup}-{vrest} : {vdown}-{vrest})*V(shape)
        Bword word 0 V=-12+26*V(closed)
        Vbulk bulk 0 -12
        M1 bit word g bulk selector w=1u l=0.1u
        Vread d 0 0.1
        X1 g 0 d fv_resistor
        .tran 10u 40m 0 1m
        .control
        run
        meas tran i0 FIND i(Vread) AT=5n
        meas tran i1 FIND i(Vread) AT=9.99m
        meas tran i2 FIND i(Vread) AT=19.99m
        meas tran i3 FIND i(Vread) AT=29.99m
        meas tran i4 FIND i(Vread) AT=39.99m
        let step1 = (i0 - i1)/0.1
        let step2 = (i1 - i2)/0.1
        let step3 = (i2 - i3)/0.1
        let step4 = (i3 - i4)/0.1
        print step1 step2 step3 step4
        quit 0
        .endc
        .end

        """;

    private static string HalfSelect(string head, Pulse pulse) => $$"""
        * 2 x 2 array, gates on rows, channels on columns: 10 pulses on cell 11 by the V/2
        * and then 10 by the V/3 scheme; mean steps of all cells.
        * Gates float between pulses, each behind a switch of its own. ngspice -b tb_half_select.cir
        {{head}}.subckt cell row col closed d
        Bswitch row g I=V(row,g)*exp(44*(V(closed)-1)-6.9)
        X1 g col d fv_resistor
        .ends cell
        {{Train(pulse, 20, 0.01, null)}}        * shares of the pulse on the lines
        Brow1 row1 0 V={vrest}+({vup}-{vrest})*V(shape)*(time < 95m ? 1/2 : 2/3)
        Vrow2 row2 0 {vrest}
        Bcol1 col1 0 V=-({vup}-{vrest})*V(shape)*(time < 95m ? 1/2 : 1/3)
        Bcol2 col2 0 V=({vup}-{vrest})*V(shape)*(time < 95m ? 0 : 1/3)
        Vread1 d1 col1 0.1
        Vread2 d2 col2 0.1
        V11 d1 e11 0
        V12 d2 e12 0
        V21 d1 e21 0
        V22 d2 e22 0
        X11 row1 col1 closed e11 cell
        X12 row1 col2 closed e12 cell
        X21 row2 col1 closed e21 cell
        X22 row2 col2 closed e22 cell
        .tran 100u 200m 0 1m
        .control
        run
        foreach cell 11 12 21 22
          meas tran a FIND i(V$cell) AT=5n
          meas tran b FIND i(V$cell) AT=99.9m
          meas tran c FIND i(V$cell) AT=199.9m
          let half = (b - a)/0.1/10
          let third = (c - b)/0.1/10
          echo cell $cell: mean step $&half S by V/2, $&third S by V/3
        end
        quit 0
        .endc
        .end

        """;

    /// <summary>A trapezoid: width from base to base, its edges, and the time at the base before the gate opens [s].</summary>
    private sealed record Pulse(double Width, double Edge, double Hold);

    private static string N(double value) => NumberText.Exact(value);
}
