using System.Globalization;
using System.Numerics;
using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Cases.Compact.Model;
using FvSolver.Solver.Drive;
using FvSolver.Tests.Sweeps;
using FvSolver.Validation.Twin;
using MathNet.Numerics.LinearAlgebra;
using Xunit;
using static FvSolver.Tests.Compact.Ngspice;

namespace FvSolver.Tests.Compact;

/// <summary>The circuit model in ngspice, against our own evaluation of the same equations.</summary>
public class NgspiceTests
{
    private static readonly CompactParameterTable Table = CompactParameterTable.FromDevice("default device", ReferenceSets.Held);

    private static (string, string) File(SpiceDialect dialect) => ("model.cir", SpiceEmitter.Write(Table, dialect));

    [ProgramFact("ngspice")]
    public void All_analyses_converge_with_default_options_and_start_at_the_conductance_that_is_asked_for()
    {
        double rest = new CompactModel(Table.Values()).RestVoltage, g0 = 5 * RestConductance;
        foreach ((string name, double expected) in new[] { ("0", RestConductance), (N(g0), g0) })
        {
            string output = Run($"""
                analyses
                .include model.cir
                Vg g 0 DC {N(rest)} AC 1 PWL(0 {N(rest)} 1n 5)
                Vd d 0 0.1
                X1 g 0 d fv_resistor G0={name}
                .control
                op
                let g_op = -10*i(Vd)
                print g_op
                dc Vg {N(rest - 5)} {N(rest + 9)} 1
                let g_low = -10*i(Vd)[0]
                let g_high = -10*i(Vd)[14]
                print g_low g_high
                ac dec 2 1 1e9
                let y = abs(imag(i(Vg)[18]))
                print y
                tran 1n 10n
                let g_tran = -10*i(Vd)[0]
                print g_tran
                quit 0
                .endc
                .end

                """, null, File(SpiceDialect.Ngspice));
            foreach (string quantity in (string[])["g_op", "g_low", "g_high", "g_tran"])
                Assert.Equal(1, Value(output, quantity) / expected, 2e-5);
            // At 1 GHz nothing but the two layers and the film are left.
            Assert.Equal(1, Value(output, "y") / (2 * Math.PI * 1e9 * new CompactModel(Table.Values()).GateCapacitance
                * Table.Geometry.Area), 0.02);
        }
    }

    [ProgramFact("ngspice")]
    public void Small_signals_meet_the_linearised_equations_within_a_percent_from_a_hundredth_of_a_hertz()
    {
        var model = new CompactModel(Table.Values());
        double g0 = 3 * RestConductance;
        CompactState state = model.Equilibrium(model.CompositionAt(g0, Table.Geometry.Length, Table.Geometry.Width));
        string output = Run($"""
            ac
            .include model.cir
            .temp 26.85
            Vg g 0 DC {N(model.GateVoltage(state))} AC 1
            Vd d 0 0
            X1 g 0 d fv_resistor G0={N(g0)}
            .control
            ac dec 1 1e-2 1e8
            set numdgt=9
            print real(i(Vg)) imag(i(Vg))
            quit 0
            .endc
            .end

            """, null, File(SpiceDialect.Ngspice));
        string[][] rows = [.. output.Split('\n').Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(c => c.Length == 4 && int.TryParse(c[0], out _))];
        Assert.Equal(11, rows.Length);
        foreach (string[] row in rows)
        {
            double frequency = double.Parse(row[1], CultureInfo.InvariantCulture);
            var spice = -new Complex(double.Parse(row[2], CultureInfo.InvariantCulture),
                double.Parse(row[3], CultureInfo.InvariantCulture));
            Complex own = Admittance(model, state, 2 * Math.PI * frequency) * Table.Geometry.Area;
            Assert.InRange((spice - own).Magnitude / own.Magnitude, 0, 0.01);
        }
    }

    [ProgramFact("ngspice")]
    public void Steps_agree_with_own_evaluation_within_half_a_percent_from_the_shortest_to_the_longest_rest_and_with_both_switches()
    {
        (double Amplitude, double Width)[] pulses = [(10, 5e-9), (10, 5e-9), (9, 10e-9), (-8.5, 5e-9), (-8.5, 5e-9), (-7.5, 10e-9)];
        foreach (double wait in (double[])[1e-3, 3e-2, 1])
            foreach (bool switched in (bool[])[false, true])
                Agree(Train(SpiceDialect.Ngspice, null, wait < 0.1 ? 300 : 320, pulses, wait, switched));
    }

    [ProgramFact("ngspice")]
    public void Other_dialects_agree_in_ngspices_compatibility_modes()
    {
        Agree(Train(SpiceDialect.LTspice, "ltps", 300, [(10, 5e-9), (-8.5, 5e-9)], 1, switched: false));
        Agree(Train(SpiceDialect.Hspice, "hs", 300, [(10, 5e-9), (-8.5, 5e-9)], 1, switched: false));
    }

    [ProgramFact("ngspice")]
    public void Examples_run_as_they_stand()
    {
        var examples = SpiceExamples.Write(Table, 10, 5e-9).ToDictionary(e => e.Name, e => e.Text);
        (string, string) model = (SpiceEmitter.FileName(SpiceDialect.Ngspice), SpiceEmitter.Write(Table, SpiceDialect.Ngspice));
        double step = Value(Run(examples["tb.cir"], null, model), "step");
        Assert.InRange(step / RestConductance, 0.005, 0.05);

        string cell = Run(examples["tb_1t1r.cir"], null, model);
        Assert.Equal(1, Value(cell, "step1") / step, 0.05);
        Assert.Equal(-1, Value(cell, "step3") / step, 0.1);

        string[] array = [.. Run(examples["tb_half_select.cir"], null, model).Split('\n')
            .Where(l => l.StartsWith("cell ", StringComparison.Ordinal))];
        double[] half = [.. array.Select(l => double.Parse(l.Split("step ")[1].Split(' ')[0], CultureInfo.InvariantCulture))];
        Assert.Equal(1, half[0] / step, 0.1);
        Assert.Equal(half[1], half[2], 1e-3 * half[1]);
        Assert.InRange(half[1] / half[0], 1e-3, 0.05);
        Assert.Equal(0, half[3] / half[0], 1e-4);

        // Six of its thousand pulses: five up, on which steps fall a little since the base stays where it was, and one down.
        string short10 = examples["tb_1000.cir"].Replace("done < 1000", "done < 6").Replace("done = 499", "done = 4")
            .Replace("% 50 = 49", "% 1 = 0");
        double[] levels = [RestConductance, .. Run(short10, null, model).Split('\n')
            .Where(l => l.StartsWith("conductance ", StringComparison.Ordinal))
            .Select(l => double.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture))];
        Assert.Equal(7, levels.Length);
        for (int i = 1; i < 6; i++)
            Assert.Equal(1, (levels[i] - levels[i - 1]) / step, 0.05);
        Assert.Equal(-1, (levels[6] - levels[5]) / step, 0.1);
    }

    private static double RestConductance => new CompactModel(Table.Values()).Conductance(default, Table.Geometry.Length,
        Table.Geometry.Width);

    private static void Agree((double[] Ngspice, double[] Own) train)
    {
        double before = RestConductance;
        for (int i = 0; i < train.Own.Length; i++)
        {
            Assert.Equal(1, (train.Ngspice[i] - (i > 0 ? train.Ngspice[i - 1] : RestConductance)) / (train.Own[i] - before), 0.005);
            before = train.Own[i];
        }
    }

    /// <summary>A train in ngspice and by our own evaluation.</summary>
    private static (double[] Ngspice, double[] Own) Train(
        SpiceDialect dialect, string? mode, double temperature, (double Amplitude, double Width)[] pulses, double wait, bool switched)
    {
        var model = new CompactModel(Table.Values(), temperature);
        double rest = model.RestVoltage;
        var run = new CompactRun(model, Table.Geometry, 1e-8);
        var own = new List<double>();
        foreach ((double amplitude, double width) in pulses)
        {
            run.Run([new VoltageTable([0, LeadTime, LeadTime + EdgeTime, LeadTime + width - EdgeTime, LeadTime + width,
                LeadTime + width + HoldTime],
                [rest, rest, amplitude, amplitude, rest, rest]), new Rest(wait)]);
            own.Add(run.Conductance);
        }
        return (Ngspice.Train(Table, dialect, mode, temperature, pulses, wait, switched), [.. own]);
    }

    /// <summary>Admittance per area of the equations linearised about a state: (i w - J) x = e_D I, V = dV/dx x.</summary>
    private static Complex Admittance(CompactModel model, CompactState state, double w)
    {
        const int n = 7, flow = 7, voltage = 8, outputs = 9;
        double[] output = new double[outputs * (n + 1)];
        model.Evaluate(state.ToArray(), output, derivatives: true);
        double D(int i, int k) => output[outputs + n * i + k];
        double leak = model.Parameters.LeakConductance;
        Matrix<Complex> matrix = Matrix<Complex>.Build.Dense(n, n, (i, k) =>
            (i == k ? new Complex(0, w) : 0) - (i > 0 ? D(i, k) : -D(flow, k) - leak * D(voltage, k)));
        MathNet.Numerics.LinearAlgebra.Vector<Complex> x =
            matrix.Solve(MathNet.Numerics.LinearAlgebra.Vector<Complex>.Build.Dense(n, i => i == 0 ? 1 : 0));
        return 1 / Enumerable.Range(0, n).Aggregate(Complex.Zero, (sum, k) => sum + D(voltage, k) * x[k]);
    }
}
