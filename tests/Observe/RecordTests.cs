using System.Reflection;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Tests.Assembly;
using FvSolver.Tests.CrossSections;
using Xunit;

namespace FvSolver.Tests.Observe;

/// <summary>What a run records beside its pulses: words, extremes, envelopes, rows of mapped pulses, fields, gas.</summary>
public class RecordTests
{
    private const double Length = 120e-9, Thickness = 10e-9;

    // A film under PSG and a gate, all from x = 0 to 120 nm.
    private const string Section = """
        preset = "onen2022-v1"
        [cross_section]
        growth = 2
        cell_x = "6 nm"
        [[cross_section.rectangles]]
        name = "psg"
        material = "electrolyte"
        left = "0 nm"
        right = "120 nm"
        top = "20 nm"
        bottom = "30 nm"
        cell = "3 nm"
        edge_cell = "0.5 nm"
        [[cross_section.rectangles]]
        name = "channel"
        material = "channel"
        left = "0 nm"
        right = "120 nm"
        top = "30 nm"
        bottom = "40 nm"
        cell = "2.5 nm"
        edge_cell = "2.5 nm"
        [[cross_section.rectangles]]
        name = "gate"
        material = "gate-metal"
        left = "0 nm"
        right = "120 nm"
        top = "10 nm"
        bottom = "20 nm"
        cell = "10 nm"
        [[protocol]]
        type = "hold"
        voltage = "1 V"
        duration = "1 ns"
        """;

    private static readonly string[] s_units = ["1", "s", "V", "A", "S", "C", "J", "K", "m", "Pa", "m^-2", "m^-3"];

    private static DeviceSimulation Film(params string[] settings) =>
        CrossSectionCaseTests.DeviceOf(Section, settings);

    private static DeviceSimulation Stack(DeviceOptions options) =>
        new(options.Device(), new MeshSettings { PsgCells = 9, Wo3Cells = 3 }, new SolverSettings());

    [Fact]
    public void Whatever_is_recorded_has_a_name_a_unit_and_a_meaning_of_its_own()
    {
        static IEnumerable<(string Name, string Unit, string Meaning)> Fields(DeviceSimulation device) =>
            new FieldSampler(device).CreateSet().Fields.Select(f => (f.Name, f.Unit, f.LongName));
        static IEnumerable<(string Name, string Unit, string Meaning)> Words(IEnumerable<Column> columns) =>
            columns.Select(c => (c.Name, c.Unit, c.LongName));
        IEnumerable<(string Name, string Unit, string Meaning)>[] groups =
        [
            Words(SeriesTable.Columns), Words(PulseTable.Of(maps: true, leavesOut: true)), Words(PulseEnvelopes.Columns),
            InterfaceSpecies.All.Select(s => (s.Name, s.Unit, s.LongName)), Fields(Film("gas.enabled=true", "wo3.electrons=true")),
            Fields(Stack(new() { Heat = true, Gas = true, Traps = true, SpaceCharge = ElectronStatisticsLaw.FermiDirac })),
        ];
        foreach ((string Name, string Unit, string Meaning)[] group in groups.Select(g => g.ToArray()))
        {
            Assert.All(group, c => Assert.Matches("^[a-z][a-z0-9_]+$", c.Name));
            Assert.All(group, c => Assert.Contains(c.Unit, s_units));
            Assert.All(group, c => Assert.Contains(' ', c.Meaning + (c.Name == "temperature" ? " " : "")));
            Assert.Equal(group.Length, group.Select(c => c.Name).Distinct().Count());
            Assert.Equal(group.Length, group.Select(c => c.Meaning).Distinct().Count());
        }
    }

    [Fact]
    public void Extremes_come_back_from_a_checkpoint_each_in_its_place()
    {
        var extremes = new RunExtremes();
        PropertyInfo[] numbers = [.. typeof(RunExtremes).GetProperties().Where(p => p.PropertyType == typeof(double))];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i].SetValue(extremes, i + 0.5);
        var back = new RunExtremes { Values = extremes.Values };
        Assert.All(numbers, p => Assert.Equal(p.GetValue(extremes), p.GetValue(back)));
        RunExtremes none = new();
        Assert.Equal((-1.0, -1.0, -1.0, double.NegativeInfinity), (none.BubblePulse, none.DamagePulse, none.DamageTime, none.LogFugacity));
    }

    [Fact]
    public void Envelopes_are_the_least_the_mean_and_the_largest_of_each_decade_however_pulses_come()
    {
        const int count = 2345;
        var random = new Random(1);
        double[] Draw() => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + 0.1)];
        double[] after = Draw(), step = [.. Draw().Select(s => -s)], bound = Draw();
        var envelopes = new PulseEnvelopes();
        for (int done = 0, some; done < count; done += some)
        {
            some = Math.Min(random.Next(1, 300), count - done);
            envelopes.Add(done + 1, after.AsSpan(done, some), step.AsSpan(done, some), bound.AsSpan(done, some));
        }
        // All numbers of ten and more digits are of one decade.
        envelopes.Add(20_000_000_000, [3, 5], [1, 2], [0, 0]);
        Table table = new PulseEnvelopes { Values = envelopes.Values }.ToTable();
        Assert.Equal([1, 10, 100, 1000, 1e9], table["first"]);
        for (int row = 0; row < 4; row++)
        {
            int first = (int)Math.Pow(10, row), last = Math.Min(10 * first - 1, count), n = last - first + 1;
            double[] Of(double[] all) => all[(first - 1)..last];
            double[] expected =
            [
                first, n, Of(after).Min(), Of(after).Average(), Of(after).Max(), Of(step).Min(), Of(step).Average(), Of(step).Max(),
                Of(bound).Max(),
            ];
            Assert.All(expected.Zip(table.Columns), e => Assert.Equal(e.First, table[e.Second.Name][row], 1e-12 * Math.Abs(e.First)));
        }
        Assert.Equal((2.0, 3.0, 4.0, 5.0, 1.5), (table["count"][4], table["conductance_minimum"][4], table["conductance_mean"][4],
            table["conductance_maximum"][4], table["step_mean"][4]));
    }

    [Fact]
    public void Of_mapped_pulses_the_first_and_every_nth_have_rows_samples_and_fields()
    {
        DeviceSimulation device = Stack(new());
        var settings = new OutputSettings { PulsesEvery = 3, SeriesEvery = 4, ProfilesEvery = 5 };
        var recorder = new RunRecorder(device, settings, mapsPulses: true);
        Assert.True(recorder.NeedsColumns(1));
        var placed = new List<int>();
        int before = 0;
        void Map(int count)
        {
            double[][] columns = [.. PulseTable.MappedColumns.Select((_, c) =>
                Enumerable.Range(before + 1, count).Select(pulse => 1000.0 * c + pulse).ToArray())];
            recorder.OnMapped(columns, count, i => placed.Add(before + i));
            before += count;
        }
        Map(7);
        Map(6);
        Table pulses = recorder.Record.Pulses;
        Assert.Equal([1, 3, 6, 9, 12], pulses["pulse"]);
        for (int c = 0; c < PulseTable.MappedColumns.Count; c++)
            Assert.Equal(pulses["pulse"].Select(p => 1000 * c + p), pulses[PulseTable.MappedColumns[c].Name]);
        // Samples over time before pulses 1, 5, 9, 13, fields after pulses 5 and 10.
        Assert.Equal([0, 4, 8, 9, 12], placed);
        Assert.Equal((4, 2, 13), (recorder.Record.Series.Count, recorder.Record.Profiles.Times.Count, recorder.PulseCount));
        Assert.Equal((false, true), (recorder.NeedsColumns(1), recorder.NeedsColumns(2)));
        recorder.End();
        Table envelopes = recorder.Record.Envelopes!;
        int after = PulseTable.PlaceOf("conductance_after"), step = PulseTable.PlaceOf("conductance_step");
        Assert.Equal([9, 4], envelopes["count"]);
        Assert.Equal([1000.0 * after + 9, 1000 * after + 13], envelopes["conductance_maximum"]);
        Assert.Equal([1000.0 * step + 1, 1000 * step + 10], envelopes["step_minimum"]);
        Assert.Equal(1000.0 * PulseTable.PlaceOf("bound_after") + 13, envelopes["bound_after_maximum"][1]);
    }

    [Fact]
    public void A_table_takes_rows_of_its_own_width_and_tells_which_columns_it_has()
    {
        var table = new Table([new("a", "1", "first"), new("b", "1", "second")]);
        table.Append([1, 2]);
        table.Append([[3, 5, 0], [4, 6, 0]], 2);
        Assert.Equal(3, table.Count);
        Assert.Equal([1, 3, 5], table["a"]);
        Assert.Equal([2, 4, 6], table["b"]);
        Assert.Equal([2, 4], table.First(2)["b"]);
        Assert.Contains("2 values", Assert.Throws<ArgumentException>(() => table.Append([1])).Message);
        Assert.Contains("2 columns", Assert.Throws<ArgumentException>(() => table.Append([[1]], 1)).Message);
        Assert.Contains("'c'; there are a, b", Assert.Throws<KeyNotFoundException>(() => table["c"]).Message);
    }

    [Fact]
    public void A_film_conducts_along_it_as_resistances_in_series_and_across_it_in_parallel()
    {
        DeviceSimulation device = Film();
        Device d = device.Device;
        var readout = new ChannelReadout(device);
        int[] nodes = device.Layout.Wo3Nodes;
        double top = nodes.Min(n => device.Mesh.Z[n]), square = d.Geometry.Width * Thickness / Length;
        double rest = Constants.ElementaryCharge * d.Wo3.ElectronMobility * d.Wo3.RestComposition * d.Wo3.SiteDensity;
        double Conductance(Func<double, double, double> factor)
        {
            Scalar[] state = [.. device.State];
            for (int k = 0; k < nodes.Length; k++)
                state[device.Layout.Hydrogen + k] *=
                    factor(device.Mesh.X[nodes[k]] / Length, (device.Mesh.Z[nodes[k]] - top) / Thickness);
            return readout.Of(state);
        }
        Assert.Equal(1, readout.Conductance / (rest * square), 1e-9);
        Assert.Equal(1, Conductance((_, _) => 3) / (3 * rest * square), 1e-9);
        // 1 + x over the length: 1/G = int dx/(1 + x); 1 + z over the thickness: its mean.
        Assert.Equal(1, Conductance((x, _) => 1 + x) / (rest * square / Math.Log(2)), 1e-3);
        Assert.Equal(1, Conductance((_, z) => 1 + z) / (1.5 * rest * square), 1e-9);
    }

    [Fact]
    public void The_image_charge_of_the_gate_conducts_and_with_space_charge_the_electrons_that_there_are()
    {
        DeviceSimulation device = Film("wo3.electrons=true");
        Device d = device.Device;
        double film = Constants.ElementaryCharge * d.Wo3.RestComposition * d.Wo3.SiteDensity * Thickness;
        double layer = d.Psg.RelativePermittivity * Constants.VacuumPermittivity / d.Psg.SternThickness;
        Scalar[] state = [.. device.State];
        foreach (Interface face in device.Layout.ChannelInterfaces)
            state[device.Layout.Potential + device.Layout.Local[face.First]] =
                new(state[device.Layout.Electron + device.Layout.Local[face.Second]] - InsertionPotential.AtRest(d) + 0.5 * film / layer);
        double sheet = film * d.Wo3.ElectronMobility * d.Geometry.Width / Length;
        Assert.Equal(1, new ChannelReadout(device).Of(state) / (1.5 * sheet), 1e-6);
        DeviceSimulation charged = Film("wo3.space_charge=true");
        double rest = new ChannelReadout(charged).Conductance, thermal = Constants.ThermalVoltage(d.Heat.AmbientTemperature);
        state = [.. charged.State];
        for (int k = 0; k < charged.Layout.Wo3Nodes.Length; k++)
            state[charged.Layout.FilmPotential + k] = new(state[charged.Layout.FilmPotential + k] + thermal * Math.Log(2));
        Assert.Equal(2, new ChannelReadout(charged).Of(state) / rest, 1e-9);
    }

    [Fact]
    public void The_fields_of_a_cross_section_cover_their_parts_with_triangles()
    {
        DeviceSimulation device = Film("gas.enabled=true");
        var recorder = new RunRecorder(device, new());
        recorder.Begin();
        foreach ((string name, double thickness) in new[] { ("potential", 10e-9), ("hydrogen_density", Thickness) })
        {
            ProfileField field = recorder.Record.Profiles.Fields.Single(f => f.Name == name);
            double area = Enumerable.Range(0, field.Triangles.Length / 3).Sum(t =>
            {
                int[] corner = field.Triangles[(3 * t)..(3 * t + 3)];
                double X(int k) => field.PositionX[corner[k]] - field.PositionX[corner[0]];
                double Z(int k) => field.Position[corner[k]] - field.Position[corner[0]];
                return Math.Abs(X(1) * Z(2) - X(2) * Z(1)) / 2;
            });
            Assert.Equal(1, area / (Length * thickness), 0.05);
            Assert.Equal(field.Position.Length, field.Samples.Single().Length);
        }
        double[] of = recorder.Record.Profiles.Fields.Single(f => f.Name == "coverage").Samples.Single();
        Assert.All(of, theta => Assert.Equal(device.Device.Interface.RestCoverage, theta, 1e-12));
    }

    [Fact]
    public void Only_molecules_that_move_against_the_gradient_of_fugacity_count_as_uphill()
    {
        DeviceSimulation device = Stack(new() { Gas = true });
        Device d = device.Device;
        var gas = new GasState(device);
        double inside = Math.Exp(BubbleGas<Scalar>.Of(Pack.One(d), d).LogFugacity(new Scalar(1e16)));
        double Look(double bubbles, double outside)
        {
            device.State[device.Layout.Bubbles] = new(bubbles);
            device.State[device.Layout.Dissolved] = new(outside * inside * d.Gas.HenryConstant);
            return gas.Uphill();
        }
        double wrong = 1e14 * d.Geometry.Area;
        void Check(double[] expected, double[] seen) =>
            Assert.All(expected.Zip(seen), e => Assert.Equal(e.First, e.Second, 1e-9 * e.First));
        // From the first state, which has no state before it, to one with less in bubbles though more is outside; then with more.
        Check([0, wrong, 0], [Look(1e16, 2), Look(0.99e16, 2), Look(1e16, 2)]);
        Check([0, wrong, 0, 0], [Look(1e16, 0.5), Look(1.01e16, 0.5), Look(1e16, 0.5), Look(1.01e16, 1)]);
        Assert.Equal(1.01e16, gas.Bubbles);
        Assert.True(gas.HasBubble && gas.Radius > 0 && gas.Pressure > 0);
        Look(0, 1);
        Assert.Equal((false, 0.0, 0.0), (gas.HasBubble, gas.Radius, gas.Pressure));
        Assert.Equal(double.PositiveInfinity, gas.Barrier(HenryLaw.AtRest(d)));
        double low = gas.Barrier(1e5 * d.Gas.HenryConstant), high = gas.Barrier(1e6 * d.Gas.HenryConstant);
        Assert.True(double.IsFinite(low) && low > high && high > 0, $"{low}, {high}");
    }
}
