using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Cases.Compact.Model;
using FvSolver.Tests.House;
using FvSolver.Tests.Sweeps;
using FvSolver.Validation.Twin;
using Xunit;

namespace FvSolver.Tests.Compact;

/// <summary>The Verilog-A module, read by the language's rules and evaluated: no compiler is needed.</summary>
public class VerilogATests
{
    private static readonly CompactParameterTable Table =
        CompactParameterTable.Of("default", CompactGeometry.Of(ReferenceSets.Held),
        CompactParameters.FromDevice(ReferenceSets.Held) with
        {
            DiluteSpecies = 1.5,
            InteractionPotential = 1e-3,
            LeakConductance = 1e-9,
            BackgroundShare = 0.1,
            RestVoltageSlope = -1e-4
        }) with
        { Validity = new(new(-9, -5), new(7, 11), new(3e-9, 2e-8), new(1, 20), new(280, 340), new(1e-3, 1)) };

    private static readonly string Text = VerilogAEmitter.Write(Table);

    [Fact]
    public void Module_obeys_the_grammar_and_has_every_parameter_to_the_last_bit()
    {
        VerilogAModule module = VerilogAModule.Parse(Text);
        Assert.Equal(Table.Parameters.ToDictionary(p => p.Symbol, p => p.Value).Concat([
            KeyValuePair.Create("L", Table.Geometry.Length), KeyValuePair.Create("W", Table.Geometry.Width), KeyValuePair.Create("G0", 0.0),
            KeyValuePair.Create("DTEMP", 0.0)]).OrderBy(p => p.Key),
            module.Parameters.OrderBy(p => p.Key));
    }

    [Fact]
    public void Module_evaluates_to_the_compact_model_at_random_states() => Assert.InRange(WorstDifference(Text), 0, 1e-9);

    /// <summary>At an operating point every state stands where our own equilibrium has it, and nothing flows.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Module_at_an_operating_point_is_in_equilibrium_at_the_conductance_that_is_asked_for(double multiple)
    {
        VerilogAModule module = VerilogAModule.Parse(Text);
        var model = new CompactModel(Table.Values());
        CompactGeometry size = Table.Geometry;
        double g0 = multiple * model.Conductance(default, size.Length, size.Width), charge = 1e15 * size.Area;
        CompactState state = model.Equilibrium(multiple == 0 ? 1 : model.CompositionAt(g0, size.Length, size.Width));
        string[] internals = [.. CompactEquations.Rates.Select(r => r.State)];
        Dictionary<string, (double Static, double Charge)> found = module.Evaluate(
            branch => branch is "f,x" or "g,s" ? 0 : branch == "d,s" ? 1 : charge * state.ToArray()[1 + Array.IndexOf(internals, branch)],
            new Dictionary<string, double> { ["G0"] = g0, ["static"] = 1 });
        foreach (string name in internals)
            Assert.InRange(Math.Abs(found[$"I({name})"].Static), 0, 1e-9 * charge * Table.Values().ChannelCharge);
        Assert.Equal(multiple == 0 ? model.Conductance(default, size.Length, size.Width) : g0, found["I(d,s)"].Static,
            1e-9 * found["I(d,s)"].Static);
        Assert.Equal(0, found["I(f,x)"].Static, 1e-25);
    }

    [Theory]
    [InlineData(10, 300, 0)]
    [InlineData(11.5, 300, 1)]
    [InlineData(-9.5, 300, 1)]
    [InlineData(10, 350, 1)]
    [InlineData(11.5, 350, 1)]
    public void Module_says_once_where_voltage_or_temperature_leave_their_ranges(double volt, double temperature, int messages)
    {
        VerilogAModule module = VerilogAModule.Parse(Text);
        void Evaluate() =>
            module.Evaluate(branch => branch == "g,s" ? volt : 0, new Dictionary<string, double> { ["$temperature"] = temperature });
        Evaluate();
        Assert.Equal(messages, module.Messages.Count);
        Evaluate();
        Assert.Empty(module.Messages);
    }

    /// <summary>The control: faults that a compiler would refuse, or that change an equation, are found.</summary>
    [Theory]
    [InlineData("V(g, f) <+", "V(g, f) =", "'<+' expected at '='")]
    [InlineData("V(g, f) <+ k_vr;", "V(g, f) <+ k_vr", "';' expected at 'I'")]
    [InlineData("V(g, f) <+ k_vr", "V(g, f) <+ {k_vr}", "'{' begins no token")]
    [InlineData("V(g, f) <+ k_vr", "V(g, f) <+ k_vr^2", "'^' begins no token")]
    [InlineData("V(g, f) <+ k_vr", "V(g, f) <+ (k_vr", "')' expected at ';'")]
    [InlineData("V(g, f) <+ k_vr", "V(g, n_f) <+ k_vr", "(g,n_f) is no branch")]
    [InlineData("V(g, f) <+ k_vr", "V(f, x) <+ k_vr", "branch f,x has both potential and flow")]
    [InlineData("V(g, f) <+ k_vr", "V(g, f) <+ 1k", "'1' begins no token")]
    [InlineData("V(g, f) <+ k_vr", "V(g, f) <+ k_vr >= 0.0 ? ddt(k_vr) : 0.0", "ddt outside a contribution")]
    [InlineData("real fa,", "real", "fa is no variable")]
    [InlineData("real fa,", "real fa, g,", "g is declared twice")]
    [InlineData("        fa = 1e15 * L * W;\n", "", "fa is not declared or not assigned before its use")]
    [InlineData("    end\nendmodule", "endmodule", "name expected at 'endmodule'")]
    [InlineData("        told = 1.0;", "        V(g, s) <+ 1.0;", "contribution under a condition")]
    [InlineData("units = ", "units ", "'=' expected")]
    [InlineData("inout g, s, d;", "inout g, s;", "ports without direction or discipline")]
    public void Faulty_module_is_refused(string right, string wrong, string message)
    {
        Assert.Contains(right, Text);
        Assert.Contains(message, Assert.Throws<FormatException>(() => VerilogAModule.Parse(Text.Replace(right, wrong))).Message);
    }

    [Theory]
    [InlineData("0.37", "0.3700001")]
    [InlineData("ddt(V(hs))", "ddt(2.0*V(hs))")]
    [InlineData("GLEAK * L * W", "GLEAK * L")]
    public void Module_with_another_equation_is_found(string right, string wrong)
    {
        Assert.Contains(right, Text);
        Assert.True(WorstDifference(Text.Replace(right, wrong)) > 1e-9);
    }

    [ProgramFact("admsXml")]
    public void AdmsXml_compiles_the_module()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["fv_resistor.va"], Text);
        (int code, string output) = Output.NeedsProgramFactAttribute.Run("admsXml",
            $"-I/usr/include/adms \"{directory["fv_resistor.va"]}\"");
        Assert.True(code == 0 && !output.Contains("[error", StringComparison.Ordinal)
            && !output.Contains("[fatal", StringComparison.Ordinal), output);
    }

    /// <summary>Largest relative difference of rates, charges, currents and voltages between a module and the compact model.</summary>
    private static double WorstDifference(string text)
    {
        VerilogAModule module = VerilogAModule.Parse(text);
        var random = new Random(20221);
        double worst = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            double Signed(double largest) => (random.NextDouble() < 0.4 ? -1 : 1) * largest * Math.Pow(10, -6 * random.NextDouble());
            double temperature = 260 + 100 * random.NextDouble(), length = 1e-7 * (1 + random.NextDouble()),
                width = 1e-7 * (1 + random.NextDouble());
            double[] state = [Signed(0.04), Signed(2e-3), Signed(8e-3), Signed(2e-4), Signed(5e-4), Signed(1e-3), Signed(5e-3)],
                output = new double[9];
            var model = new CompactModel(Table.Values(), temperature);
            model.Evaluate(state, output, derivatives: false);
            double area = length * width, charge = 1e15 * area, channel = Signed(1), gate = Signed(10);
            string[] internals = [.. CompactEquations.Rates.Select(r => r.State)];
            Dictionary<string, (double Static, double Charge)> found = module.Evaluate(
                branch => branch switch
                {
                    "f,x" => state[0] / Table.Values().FilmCapacitance,
                    "g,s" => gate,
                    "d,s" => channel,
                    _ => charge * state[1 + Array.IndexOf(internals, branch)]
                },
                new Dictionary<string, double> { ["L"] = length, ["W"] = width, ["$temperature"] = temperature });
            var expected = new List<(string Branch, double Static, double Charge)>
            {
                ("V(g,f)", model.RestVoltage, 0),
                ("V(x,s)", output[8] - model.RestVoltage - state[0] / Table.Values().FilmCapacitance, 0),
                ("I(f,x)", area * output[7], area * state[0]),
                ("I(g,s)", area * Table.Values().LeakConductance * gate, 0),
                ("I(d,s)", model.Conductance(CompactState.Of(state), length, width) * channel, 0),
            };
            expected.AddRange(internals.Select((name, i) => ($"I({name})", -charge * output[1 + i], charge * state[1 + i])));
            Assert.Equal(expected.Select(e => e.Branch).Order(), found.Keys.Order());
            foreach ((string branch, double current, double stored) in expected)
                worst = Math.Max(worst, Math.Max(Relative(found[branch].Static, current), Relative(found[branch].Charge, stored)));
        }
        return worst;
    }

    private static double Relative(double a, double b) => a == b ? 0 : Math.Abs(a - b) / Math.Max(Math.Abs(b), 1e-30);
}
