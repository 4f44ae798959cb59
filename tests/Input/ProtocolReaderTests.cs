using FvSolver.Cases.Input;
using FvSolver.Solver.Drive;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Input;

public class ProtocolReaderTests
{
    private static ProtocolStep Step(string text) => Assert.Single(CaseReader.Parse("[[protocol]]\n" + text, "a.toml").Protocol);

    [Fact]
    public void A_rest_a_hold_and_a_current_are_read()
    {
        Assert.Equal(new Rest(60), Step("type = \"rest\"\nduration = \"1 min\""));
        Assert.Equal(new Hold(2, 1e-6, 2e-9), Step("type = \"hold\"\nvoltage = 2\nduration = \"1 us\"\nedge = \"2 ns\""));
        Assert.Equal(new CurrentPulse(-3e-9, 1e-6), Step("type = \"current\"\ncurrent = \"-3 nA\"\nduration = \"1 us\""));
    }

    [Fact]
    public void Lists_of_amplitudes_and_widths_set_the_count()
    {
        var train = (PulseTrain)Step(
            "type = \"pulses\"\namplitude = [1, \"2 V\", 3]\nwidth = [\"5 ns\", \"6 ns\"]\nedge = \"1 ns\"\nhold = \"3 ns\"");
        Assert.Equal([1, 2, 3], train.Amplitudes);
        Assert.Equal([5e-9, 6e-9], train.Widths);
        Assert.Equal((3, 1.0, (double?)1e-9, (double?)3e-9), (train.Count, train.Rest, train.Edge, train.Hold));
    }

    [Theory]
    [InlineData("conductance_above = \"227 nS\"", StopQuantity.Conductance, 227e-9, true)]
    [InlineData("conductance_below = 1e-8", StopQuantity.Conductance, 1e-8, false)]
    [InlineData("composition_above = 0.01", StopQuantity.Composition, 0.01, true)]
    [InlineData("composition_below = 0.01", StopQuantity.Composition, 0.01, false)]
    public void A_train_may_end_at_a_bound(string condition, StopQuantity quantity, double bound, bool above)
    {
        var train = (PulseTrain)Step($"type = \"pulses\"\namplitude = 1\nwidth = 5e-9\ncount = 10\nuntil = {{ {condition} }}");
        Assert.Equal(new StopCondition(quantity, bound, above), train.Until);
    }

    [Fact]
    public void A_staircase_is_a_train_of_rising_pulses()
    {
        var train = (PulseTrain)Step("type = \"staircase\"\nstart = \"3 V\"\nstop = \"5 V\"\nsteps = 5\nwidth = \"10 ns\"\nrest = \"2 s\"");
        Assert.Equal([3, 3.5, 4, 4.5, 5], train.Amplitudes);
        Assert.Equal((5, 2.0), (train.Count, train.Rest));
    }

    [Fact]
    public void Steps_repeat()
    {
        var repeat = (Repeat)Step("""
            type = "repeat"
            count = 4
            steps = [ { type = "rest", duration = 1 },
                { type = "repeat", count = 2, steps = [ { type = "hold", voltage = 1, duration = 2 } ] } ]
            """);
        Assert.Equal(4, repeat.Count);
        Assert.Equal(new Rest(1), repeat.Steps[0]);
        Assert.Equal(new Hold(1, 2), ((Repeat)repeat.Steps[1]).Steps[0]);
    }

    [Fact]
    public void A_table_comes_from_a_file_beside_the_case()
    {
        VoltageTable table = Table("# measured\ntime,voltage\n0,0.75\n1e-9,10\n\n5e-9,0.75\n");
        Assert.Equal([0, 1e-9, 5e-9], table.Times);
        Assert.Equal([0.75, 10, 0.75], table.Voltages);
    }

    [Fact]
    public void A_table_may_open_the_gate()
    {
        VoltageTable table = Table("time,voltage\n0,0.75\n1e-9,10\n5e-9,open\n1,open\n2, 0.5\n3,open\n");
        Assert.Equal([0.75, 10, double.NaN, double.NaN, 0.5, double.NaN], table.Voltages);
        Assert.Equal(
            [new(0.75, 10, 1e-9), new(10, 10, 4e-9), new(null, null, 1 - 5e-9), new(null, null, 1 - 1.1e-9), new(null, 0.5, 1.1e-9),
                new(0.5, 0.5, 1)],
            table.Pieces(1.1e-9));
    }

    [Theory]
    [InlineData("time,voltage\r\n0,0.75\r\n1e-9,10\r\n5e-9,0.75\r\n")]
    [InlineData("\uFEFFTime [s],Voltage [V]\n0,0.75\n1e-9,10\n5e-9,0.75\n")]
    [InlineData("# my cycle\namplitude,time\n0.75,0\n10,1e-9\n0.75,5e-9\n")]
    [InlineData("time;voltage\n0;0,75\n1e-9;10\n5e-9;0,75\n")]
    [InlineData("time\tvoltage\n0\t0,75\n1e-9\t10\n5e-9\t0,75\n")]
    [InlineData("time,voltage\n\"0\",\"0.75\"\n\"1e-9\",\"10\"\n\"5e-9\",\"0.75\"\n")]
    [InlineData("\"time, measured\",time_ns,current,mV\nx,0,0,750\ny,1,0,10000\nz,5,0,750\n")]
    [InlineData("% scope\n// more\ntime (us) voltage (kV)\n0 0.00075\n1e-3   0.01\n5e-3 0.00075\n")]
    public void A_table_may_have_other_columns_units_separators_and_quotes(string text)
    {
        VoltageTable table = Table(text);
        Assert.Equal([0, 1e-9, 5e-9], table.Times, (a, b) => Math.Abs(a - b) < 1e-21);
        Assert.Equal([0.75, 10, 0.75], table.Voltages, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Two_lines_of_one_time_are_an_edge()
    {
        VoltageTable table = Table("time,voltage\n0,0.75\n0,10\n5e-9,10\n5e-9,0.75\n6e-9,0.75\n6e-9,4\n6e-9,2\n");
        Assert.Equal([0, 0.945e-9, 5e-9, 5.5e-9, 6e-9, 6.945e-9], table.Times, (a, b) => Math.Abs(a - b) < 1e-21);
        Assert.Equal([0.75, 10, 10, 0.75, 0.75, 2], table.Voltages);
    }

    [Theory]
    [InlineData("time,t,voltage\n0,0,1\n1,1,1\n", "2 columns for the time")]
    [InlineData("time_V,voltage\n0,1\n1,1\n", "time = V: must be in s")]
    [InlineData("time,volts\n0,1\n1,1\n", "no column for the voltage")]
    public void A_table_whose_columns_are_unclear_is_refused_without_repeating_it(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Table(text)).Message);

    [Theory]
    [InlineData("", "v.csv: holds no rows of numbers")]
    [InlineData("root:x:0,secret\n0,1\n1,1\n",
        "v.csv: no column for the time: the first line must name the columns, e.g. time,voltage or time_ns,mV")]
    [InlineData("time,voltage\n0,1\n", "at least two lines")]
    [InlineData("time,voltage\n1,1\n2,1\n", "v.csv:2: time = 1: the first time must be 0 s")]
    [InlineData("time,voltage\n0,1\n1,1\n0.5,2\n", "v.csv:4: time = 0.5: times must not decrease")]
    [InlineData("time,voltage\n0,1\n1,1,1\n", "v.csv:3: 3 values in a table of 2 columns")]
    [InlineData("time,voltage\n0,1\n1,x\n", "v.csv:3: voltage = x: must be a finite number, or open")]
    [InlineData("time,voltage\n0,1\n1e-9,open\n1.5e-9,1\n",
        "v.csv:4: time = 1.5e-9: must be more than 945 ps (gate.edge_time) after the line before, where the gate is open")]
    [InlineData("time,voltage\n0,1\n1,NaN\n", "v.csv:3: voltage = NaN: must be a finite number")]
    public void A_bad_table_is_explained(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Table(text)).Message);

    [Theory]
    [InlineData("type = \"pulse\"",
        "a.toml:2: protocol.0.type = \"pulse\": must be one of pulses, rest, hold, current, staircase, table, drain, repeat; did you mean "
            + "'pulses'?")]
    [InlineData("type = \"pulses\"\nwidth = 5e-9", "a.toml:1: protocol.0.amplitude: is missing")]
    [InlineData("type = \"pulses\"\namplitude = []\nwidth = 5e-9", "protocol.0.amplitude = []: must hold at least one value")]
    [InlineData("type = \"pulses\"\namplitude = 1\nwidth = \"1.5 ns\"",
        "protocol.0.width = \"1.5 ns\": must be at least rise plus fall, 1.89 ns")]
    [InlineData("type = \"pulses\"\namplitude = 1\nwidth = 5e-9\nedge = 3e-9", "must be at least rise plus fall, 6 ns")]
    [InlineData("type = \"pulses\"\namplitude = 1\nwidth = 5e-9\ncount = -1", "protocol.0.count = -1: must be at least 0")]
    [InlineData("type = \"pulses\"\namplitude = 1\nwidth = 5e-9\ncount = 1e3", "protocol.0.count = 1e3: must be an integer")]
    [InlineData("type = \"pulses\"\namplitude = 1\nwidth = 5e-9\ncount = 99999999999", "protocol.0.count = 99999999999: must be")]
    [InlineData("type = \"pulses\"\namplitude = 1\nwidth = 5e-9\nuntil = {}", "must hold one of conductance_above")]
    [InlineData("type = \"pulses\"\namplitude = 1\nwidth = 5e-9\nuntil = { conductance_over = 1 }",
        "protocol.0.until.conductance_over: unknown key; did you mean 'conductance_above'?")]
    [InlineData("type = \"pulses\"\namplitude = 1\nwidth = 5e-9\nrest = 0", "protocol.0.rest = 0: must be greater than 0 s")]
    [InlineData("type = \"rest\"\nduration = \"1 V\"", "protocol.0.duration = \"1 V\": must be in s or a multiple of it, not in V")]
    [InlineData("type = \"rest\"\nduration = 1\ncount = 1", "a.toml:4: protocol.0.count: unknown key")]
    [InlineData("type = \"repeat\"\ncount = 1\nsteps = []", "must be a list of at least one table")]
    [InlineData("type = \"table\"\nfile = \"nowhere.csv\"", "a.toml:3: protocol.0.file = \"nowhere.csv\": there is no such file")]
    [InlineData("type = \"staircase\"\nstart = 1\nstop = 2\nsteps = 1\nwidth = 5e-9",
        "protocol.0.steps = 1: must be at least 2 and at most 1000000")]
    public void A_bad_step_is_explained(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Step(text)).Message);

    private static VoltageTable Table(string csv)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["v.csv"], csv);
        return (VoltageTable)CaseReader.Parse("[[protocol]]\ntype = \"table\"\nfile = \"v.csv\"", "a.toml", directory.Path).Protocol[0];
    }
}
