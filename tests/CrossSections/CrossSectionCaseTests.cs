using System.Xml.Linq;
using FvSolver.Cases.CrossSections;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Sampling;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Tests.House;
using FvSolver.Tests.Output;
using FvSolver.Tests.Physics;
using Xunit;

namespace FvSolver.Tests.CrossSections;

public sealed class CrossSectionCaseTests
{
    // A small device with contacts and side walls, a gate over part of the channel.
    internal const string Small = """
        title = "small"
        preset = "onen2022-v1"
        gate.hold_time = "10 ns"
        [cross_section]
        growth = 2
        cell_x = "25 nm"
        fine_x = [{ at = "0 nm", size = "1 nm" }, { at = "150 nm", size = "1 nm" }]
        [[cross_section.rectangles]]
        name = "psg"
        material = "electrolyte"
        left = "-20 nm"
        right = "170 nm"
        top = "20 nm"
        bottom = "40 nm"
        cell = "3 nm"
        edge_cell = "0.1 nm"
        [[cross_section.rectangles]]
        name = "channel"
        material = "channel"
        left = "0 nm"
        right = "150 nm"
        top = "30 nm"
        bottom = "40 nm"
        cell = "4 nm"
        edge_cell = "0.76 nm"
        [[cross_section.rectangles]]
        name = "source"
        material = "contact-metal"
        left = "-20 nm"
        right = "0 nm"
        top = "26 nm"
        bottom = "40 nm"
        cell = "10 nm"
        [[cross_section.rectangles]]
        name = "drain"
        material = "contact-metal"
        left = "150 nm"
        right = "170 nm"
        top = "26 nm"
        bottom = "40 nm"
        cell = "10 nm"
        [[cross_section.rectangles]]
        name = "gate"
        material = "gate-metal"
        left = "15 nm"
        right = "135 nm"
        top = "0 nm"
        bottom = "20 nm"
        cell = "20 nm"
        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        count = 1
        rest = "1 s"
        """;

    /// <summary>The device of a case whose text is given.</summary>
    internal static DeviceSimulation DeviceOf(string text, params string[] settings) =>
        CaseRun.CreateDevice(CaseReader.Parse(text, "section.toml", null, settings));

    private static CaseDefinition Case(params string[] settings) => CaseReader.Parse(Small, "small.toml", null, settings);

    private static void Pulse(DeviceSimulation device)
    {
        device.Pulse(10, 5e-9, 1.1e-9);
        device.Rest(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_device_with_contacts_rests_and_conserves(bool electrons)
    {
        DeviceSimulation device = CaseRun.CreateDevice(Case($"wo3.electrons={(electrons ? "true" : "false")}"));
        device.Rest(1e-3);
        for (int u = 0; u < device.State.Length; u++)
            Assert.True(Math.Abs(device.State[u] - device.RestState[u]) <= 1e-9 * device.System.Scale[u], device.Layout.Describe(u));
        Pulse(device);
        var inventory = new Inventory(device);
        Assert.True(inventory.Given > 1, $"{inventory.Given} protons");
        Assert.True(Math.Abs(inventory.ProtonImbalance) < 1e-10 * inventory.Given, $"{inventory.ProtonImbalance} of {inventory.Given}");
        Assert.True(Math.Abs(inventory.ChargeImbalance) < 1e-10 * Constants.ElementaryCharge * inventory.Given,
            $"{inventory.ChargeImbalance} C");
    }

    [Fact]
    public void A_channel_that_conducts_well_is_at_the_potential_of_its_contacts()
    {
        DeviceSimulation held = CaseRun.CreateDevice(Case()),
            good = CaseRun.CreateDevice(Case("wo3.electrons=true", "wo3.electron_mobility=1"));
        Pulse(held);
        Pulse(good);
        Assert.Equal(1, new Inventory(good).Channel / new Inventory(held).Channel, 1e-3);
    }

    [Fact]
    public void A_channel_that_lags_leaves_charge_on_the_gate_which_then_crosses_as_protons()
    {
        DeviceSimulation held = CaseRun.CreateDevice(Case()), lagging = CaseRun.CreateDevice(Case("wo3.electrons=true"));
        held.Pulse(10, 5e-9, 1.1e-9, hold: 0);
        lagging.Pulse(10, 5e-9, 1.1e-9, hold: 0);
        UnknownLayout u = lagging.System.Layout;
        double lowest = Enumerable.Range(0, u.Wo3Nodes.Length).Min(n => lagging.State[u.Electron + n].Value);
        Assert.True(lowest < -0.2, $"{lowest} V at the end of the falling edge");
        double left = (lagging.GateCharge - held.GateCharge) / Constants.ElementaryCharge;
        Assert.True(left > 10, $"{left} charges on the gate");
        double crossed = new Inventory(lagging).Given - new Inventory(held).Given;
        held.Rest(1);
        lagging.Rest(1);
        crossed = new Inventory(lagging).Given - new Inventory(held).Given - crossed;
        Assert.Equal(1, crossed / left, 0.1);
    }

    [Fact]
    public void A_hold_before_the_gate_opens_lets_the_channel_take_its_charge_back()
    {
        DeviceSimulation[] devices = [CaseRun.CreateDevice(Case()), CaseRun.CreateDevice(Case("wo3.electrons=true"))];
        double[] given = [.. devices.Select(device =>
        {
            device.Pulse(10, 5e-9, 1.1e-9);
            device.Rest(1);
            return new Inventory(device).Given;
        })];
        Assert.Equal(1, given[1] / given[0], 0.03);
    }

    [Fact]
    public void Beside_the_step_of_a_cross_section_stands_that_of_its_films_in_1D()
    {
        static Result Run(CaseDefinition definition) => CaseRun.Start(definition, "", "fv run").RunUnwritten(null, default);
        Result section = Run(Case()),
            stack = Run(CaseReader.Read("single", ["preset=onen2022-v1", "gate.hold_time=10 ns", "mesh.psg_cells=60"]));
        double flat = section.Record.Figures["step_flat"].Value;
        Assert.Equal(stack.Record.Figures["step_first"].Value, flat, 1e-6 * flat);
        Assert.False(stack.Record.Figures.ContainsKey("step_flat"));
        CurveSpec line = Assert.Single(ResultPlot.Figure(section, "staircase").Panels[0].Curves,
            c => c.Label.EndsWith("as in 1-D", StringComparison.Ordinal));
        Assert.Equal(1e9 * flat, line.Y[1] - line.Y[0], 1e-9);
        // A channel of another length than that of the parameters has none.
        Assert.Null(FlatFilm.Step(Case("geometry.length=140 nm"), 10, 5e-9, 1));
    }

    [Fact]
    public void The_channel_at_rest_has_the_conductance_of_the_stack()
    {
        DeviceSimulation device = CaseRun.CreateDevice(Case("wo3.electrons=true"));
        double expected = new ChannelReadout(new DeviceSimulation(device.Device, UniformSection.Coarse, new())).Conductance;
        Assert.Equal(1, new ChannelReadout(device).Conductance / expected, 1e-8);
    }

    [Fact]
    public void A_drain_bias_moves_protons_towards_the_source()
    {
        DeviceSimulation device = CaseRun.CreateDevice(Case("wo3.electrons=true"));
        device.DrainBias(0.1, 1e-2, 1e-6);
        UnknownLayout u = device.Layout;
        double left = 0, right = 0;
        for (int n = 0; n < u.Wo3Nodes.Length; n++)
        {
            double gain = (device.State[u.Hydrogen + n] - device.RestState[u.Hydrogen + n]) * device.Mesh.Volume[u.Wo3Nodes[n]];
            if (device.Mesh.X[u.Wo3Nodes[n]] < 75e-9)
                left += gain;
            else
                right += gain;
        }
        Assert.True(left > 0 && right < 0, $"{left} left, {right} right");
        Assert.Equal(0, device.DrainVoltage, 1e-12);
    }

    [Fact]
    [Covers(typeof(ElectronConductivity<>))]
    public void A_film_under_a_field_has_the_conductance_of_its_charge_and_never_less_than_none()
    {
        Device device = CalibrationRules.Resolve(new());
        var law = ElectronConductivity<Scalar>.Of(Pack.One(device), device);
        double n = 6e24, mobility = CalibrationRules.Resolve(new()).Wo3.ElectronMobility;
        Assert.Equal(1, law.At(new Scalar(n)).Value / (Constants.ElementaryCharge * mobility * n), 1e-12);
        Assert.Equal(1, ElectronConductivity<Scalar>.ImageFactor(new Scalar(0)).Value, 1e-9);
        Assert.Equal(4, ElectronConductivity<Scalar>.ImageFactor(new Scalar(3)).Value, 1e-9);
        Assert.True(ElectronConductivity<Scalar>.ImageFactor(new Scalar(-3)).Value >= 0);
        Assert.True(ElectronConductivity<Scalar>.ImageFactor(new Scalar(-3)).Value < 1e-6);
    }

    [Fact]
    public void Site_energies_change_rates_but_not_the_state_of_rest()
    {
        DeviceSimulation device = CaseRun.CreateDevice(Case("cross_section.site_energies={ rms = 0.05, correlation = 3e-9, seed = 4 }"));
        device.Rest(1);
        for (int u = 0; u < device.State.Length; u++)
            Assert.True(Math.Abs(device.State[u] - device.RestState[u]) <= 1e-9 * device.System.Scale[u], device.Layout.Describe(u));
    }

    [Fact]
    public void A_random_field_has_the_covariance_that_was_asked_for()
    {
        double square = 0, near = 0, far = 0;
        const int samples = 4000;
        for (int seed = 0; seed < samples; seed++)
        {
            var field = new RandomField(5e-9, seed);
            double a = field.At(1e-9, 2e-9);
            square += a * a / samples;
            near += a * field.At(5e-9, 5e-9) / samples;
            far += a * field.At(60e-9, 2e-9) / samples;
        }
        Assert.Equal(1, square, 0.1);
        Assert.Equal(Math.Exp(-1), near, 0.1);
        Assert.Equal(0, far, 0.1);
        Assert.Equal(new RandomField(5e-9, 7).At(1e-9, 0), new RandomField(5e-9, 7).At(1e-9, 0));
    }

    [Theory]
    [InlineData("cross_section.rectangles.0.material=\"glass\"", "must be one of")]
    [InlineData("cross_section.rectangles.0.right=\"-1 m\"", "greater than left")]
    [InlineData("cross_section.film={ kind = \"wavy\" }", "must be one of step")]
    [InlineData("cross_section.cell=1", "unknown key")]
    public void What_is_wrong_with_a_cross_section_is_said_in_one_line(string setting, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() => Case(setting)).Message);

    [Fact]
    public void A_mesh_whose_channel_has_no_contacts_is_refused_before_it_is_run()
    {
        using var folder = new TemporaryDirectory();
        string mesh = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "layers22.msh"));
        File.WriteAllText(folder["m.msh"], mesh.Replace("\"drain\"", "\"other\""));
        const string text = """
            [cross_section]
            gmsh = "m.msh"
            scale = "1 nm"
            y_points_up = true
            materials = { gate = "gate-metal", psg = "electrolyte", channel = "channel" }
            [[protocol]]
            type = "pulses"
            amplitude = "10 V"
            width = "5 ns"
            """;
        CaseDefinition definition = CaseReader.Parse(text, "a.toml", folder.Path);
        Assert.Contains("The channel has no drain",
            Assert.Throws<InputException>(() => CaseRun.CreateDevice(definition)).Message);
    }

    [Fact]
    public void Electrons_need_a_cross_section() => Assert.Contains("cross_section",
        Assert.Throws<InputException>(() => CaseReader.Read("single", ["wo3.electrons=true"])).Message);

    [Fact]
    public void The_apparent_hopping_distance_of_a_cross_section_is_that_of_its_own_pulses_not_of_the_stack()
    {
        CaseDefinition section = Case("solver.relative_tolerance=1e-3",
            "cross_section.fine_x=[{ at = \"15 nm\", size = \"0.6 nm\" }, { at = \"135 nm\", size = \"0.6 nm\" }]");
        CaseDefinition stack = section with { CrossSection = null };
        double Distance(CaseDefinition definition) =>
            CaseFigures.Of(definition, ["apparent_hop_distance"])["apparent_hop_distance"].Value;
        // The field of an edge grows less with the voltage than hops of 5.6 angstrom would have it.
        Assert.InRange(Distance(section), 2e-10, 5e-10);
        Assert.InRange(Distance(stack), 5.4e-10, 5.8e-10);
        Assert.Contains("for a stack only", Assert.Throws<InputException>(() => CaseFigures.Of(section, ["dc_current"])).Message);
    }

    [Theory]
    [InlineData("cross-section")]
    [InlineData("gate-overlap")]
    [InlineData("rough-film")]
    [InlineData("hydrogen-spots")]
    [InlineData("lateral-spread")]
    [InlineData("read-disturb")]
    [InlineData("channel-lift")]
    [InlineData("full-gate")]
    public void Each_case_of_the_library_has_a_mesh(string name)
    {
        CaseDefinition definition = CaseReader.Read(name);
        ControlVolumeMesh mesh = CrossSectionBuilder.Mesh(definition.CrossSection!, definition.Device);
        Assert.InRange(mesh.NodeCount, 500, 8000);
    }
}
