using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Tests.Assembly;
using FvSolver.Tests.CrossSections;
using Xunit;

namespace FvSolver.Tests.Observe;

/// <summary>Which fields a device has, on which nodes, and what they are.</summary>
public class FieldTests
{
    private const string Cap = """

        [[cross_section.rectangles]]
        name = "cap"
        material = "oxide"
        left = "-20 nm"
        right = "15 nm"
        top = "10 nm"
        bottom = "20 nm"
        cell = "10 nm"
        [[cross_section.rectangles]]
        name = "psg"
        """;

    private static DeviceSimulation Section(params string[] settings) => CrossSectionCaseTests.DeviceOf(
        CrossSectionCaseTests.Small.Replace("\n[[cross_section.rectangles]]\nname = \"psg\"", Cap, StringComparison.Ordinal), settings);

    [Fact]
    public void A_stack_has_its_unknowns_over_depth()
    {
        Device device = new DeviceOptions { Heat = true, Gas = true, Traps = true }.Device();
        var simulation = new DeviceSimulation(device, new() { PsgCells = 9, Wo3Cells = 3 }, new());
        ProfileSet set = new FieldSampler(simulation).CreateSet();
        Assert.Equal(
            [("psg", "proton_density", "m^-3"), ("psg", "potential", "V"), ("psg", "bound_density", "m^-3"),
                ("wo3", "hydrogen_density", "m^-3"), ("stack", "temperature", "K")],
            set.Fields.Select(f => (f.Part, f.Name, f.Unit)));
        Assert.All(set.Fields, f => Assert.NotEmpty(f.LongName));
        Assert.All(set.Fields, f => Assert.Empty(f.PositionX));
        Assert.All(set.Fields, f => Assert.Empty(f.Triangles));
        Assert.Equal(simulation.Mesh.Z, set.Fields[^1].Position);
    }

    [Fact]
    public void A_part_of_a_section_is_covered_by_its_triangles()
    {
        DeviceSimulation device = Section("wo3.electrons=true", "wo3.space_charge=true");
        var expected = new Dictionary<string, double>
        {
            ["wo3"] = 150 * 10,
            ["gate"] = 120 * 20,
            ["contacts"] = 2 * 20 * 14,
            ["insulators"] = 35 * 10,
            // Without the channel and the contacts, and with the compact layers, which belong to it, left out.
            ["psg"] = 0,
            ["interface"] = 0,
        };
        ProfileSet set = new FieldSampler(device).CreateSet();
        Assert.Equal(expected.Keys.Order(), set.Fields.Select(f => f.Part).Distinct().Order());
        foreach (ProfileField field in set.Fields)
        {
            Assert.Equal(field.Position.Length, field.PositionX.Length);
            if (expected[field.Part] > 0)
                Assert.Equal(expected[field.Part], Area(field) * 1e18, 1e-6 * expected[field.Part]);
        }
        Assert.InRange(Area(set.Fields[0]) * 1e18, 0.9 * (190 * 20 - 150 * 10 - 2 * 20 * 14), 190 * 20 - 150 * 10 - 2 * 20 * 14);
        Assert.Equal(0, Area(set.Fields.First(f => f.Part == "interface")));
    }

    [Fact]
    public void Electrons_of_a_section_with_space_charge_are_at_the_potential_of_the_film_less_that_of_their_density()
    {
        DeviceSimulation device = Section("wo3.electrons=true", "wo3.space_charge=true", "wo3.localised_density=1e17");
        UnknownLayout u = device.Layout;
        double thermal = Constants.ThermalVoltage(device.Device.Heat.ReferenceTemperature);
        int count = u.Wo3Nodes.Length;
        double[] lift = [.. Enumerable.Range(0, count).Select(k => 1e-4 * (k + 1))], dilution = [.. lift.Select(v => 1 - v)];
        double rest = device.RestState[u.ElectronDensity];
        for (int k = 0; k < count; k++)
        {
            device.State[u.FilmPotential + k] = new(lift[k]);
            device.State[u.ElectronDensity + k] = new(rest * dilution[k]);
        }
        Dictionary<string, ProfileField> fields = Sampled(device);
        Assert.Equal(lift, fields["film_potential"].Samples[0]);
        Assert.Equal(dilution.Select(d => d * rest), fields["electron_density"].Samples[0]);
        // Boltzmann: V_T ln(n/n_0) below the band.
        for (int k = 0; k < count; k++)
            Assert.Equal(lift[k] - thermal * Math.Log(dilution[k]), fields["electron_potential"].Samples[0][k], 1e-12);
        Assert.Equal(("wo3", "V", "m^-3"),
            (fields["electron_potential"].Part, fields["electron_potential"].Unit, fields["electron_density"].Unit));
    }

    [Fact]
    public void Electrons_in_equilibrium_follow_the_potential_of_the_film()
    {
        DeviceSimulation device = Section("wo3.space_charge=true");
        UnknownLayout u = device.Layout;
        double thermal = Constants.ThermalVoltage(device.Device.Heat.ReferenceTemperature);
        for (int k = 0; k < u.Wo3Nodes.Length; k++)
            device.State[u.FilmPotential + k] = new(thermal * Math.Log(k + 1));
        Dictionary<string, ProfileField> fields = Sampled(device);
        double[] density = fields["electron_density"].Samples[0];
        Assert.DoesNotContain("electron_potential", fields.Keys);
        for (int k = 0; k < density.Length; k++)
            Assert.Equal((k + 1) * density[0], density[k], 1e-9 * density[k]);
    }

    [Fact]
    public void The_drain_is_where_its_voltage_is_and_the_source_at_zero()
    {
        DeviceSimulation device = Section("wo3.electrons=true");
        UnknownLayout u = device.Layout;
        device.State[u.DrainVoltage] = new(0.05);
        device.State[u.GateVoltage] = new(3);
        for (int k = 0; k < u.Wo3Nodes.Length; k++)
            device.State[u.Electron + k] = new(k);
        for (int k = 0; k < u.ChannelInterfaces.Length; k++)
            device.State[u.Coverage + k] = new(0.1 + 1e-4 * k);
        Dictionary<string, ProfileField> fields = Sampled(device);
        ProfileField contacts = fields["contact_potential"];
        Assert.Equal(contacts.PositionX.Select(x => x > 75e-9 ? 0.05 : 0), contacts.Samples[0]);
        Assert.Contains(0.05, contacts.Samples[0]);
        Assert.All(fields["gate_potential"].Samples[0], v => Assert.Equal(3, v));
        Assert.Equal(Enumerable.Range(0, u.Wo3Nodes.Length).Select(k => (double)k), fields["electron_potential"].Samples[0]);
        ProfileField coverage = fields["coverage"];
        Assert.Equal(Enumerable.Range(0, u.ChannelInterfaces.Length).Select(k => 0.1 + 1e-4 * k), coverage.Samples[0]);
        Assert.EndsWith(" along the PSG/WO3 interface", coverage.LongName);
        Assert.Equal(("gate", "contacts", "interface"), (fields["gate_potential"].Part, contacts.Part, coverage.Part));
        Assert.All(fields.Values, f => Assert.True(f.Unit.Length > 0 && f.LongName.Length > 0, f.Name));
    }

    [Fact]
    public void Without_electrons_both_contacts_are_at_zero()
    {
        DeviceSimulation device = Section();
        Dictionary<string, ProfileField> fields = Sampled(device);
        Assert.All(fields["contact_potential"].Samples[0], v => Assert.Equal(0, v));
        Assert.DoesNotContain("electron_potential", fields.Keys);
        Assert.DoesNotContain("film_potential", fields.Keys);
        ProfileField cap = fields["insulator_potential"];
        Assert.Equal(("insulators", "V"), (cap.Part, cap.Unit));
        // At rest there is no field in PSG, nor in an insulator between it and the gate.
        double glass = fields["potential"].Samples[0][0];
        Assert.All(cap.Samples[0], v => Assert.Equal(glass, v, 1e-9));
    }

    [Fact]
    public void What_is_read_along_an_interface_is_its_mean_by_area_or_its_largest()
    {
        DeviceSimulation device = Section("gas.enabled=true");
        UnknownLayout u = device.Layout;
        int count = u.ChannelInterfaces.Length;
        double area = 0, coverage = 0, composition = 0;
        for (int k = 0; k < count; k++)
        {
            double theta = 0.1 + 0.5 * k / count, y = 0.2 + 0.1 * k / count, share = u.ChannelInterfaces[k].Area;
            device.State[u.Coverage + k] = new(theta);
            device.State[u.Hydrogen + u.Local[u.ChannelInterfaces[k].Second]] = new(y * device.Device.Wo3.SiteDensity);
            (area, coverage, composition) = (area + share, coverage + share * theta, composition + share * y);
            device.State[u.Dissolved + k] = new(1e10 + k);
            device.State[u.Bubbles + k] = new(2e10 + k);
        }
        var readings = new DeviceReadings(device);
        Assert.Equal(coverage / area, readings.MeanCoverage, 1e-12);
        Assert.Equal(composition / area, readings.SurfaceComposition, 1e-12);
        Assert.Equal((1e10 + count - 1, 2e10 + count - 1), (readings.Gas.Dissolved, readings.Gas.Bubbles));
    }

    private static Dictionary<string, ProfileField> Sampled(DeviceSimulation device)
    {
        var sampler = new FieldSampler(device);
        ProfileSet set = sampler.CreateSet();
        sampler.Sample(set, 1, device.State);
        Assert.Equal([1], set.Times);
        Assert.All(set.Fields, f => Assert.Equal(f.Position.Length, Assert.Single(f.Samples).Length));
        return set.Fields.ToDictionary(f => f.Name);
    }

    private static double Area(ProfileField field) => Enumerable.Range(0, field.Triangles.Length / 3).Sum(t =>
    {
        int a = field.Triangles[3 * t], b = field.Triangles[3 * t + 1], c = field.Triangles[3 * t + 2];
        double X(int n) => field.PositionX[n] - field.PositionX[a];
        double Z(int n) => field.Position[n] - field.Position[a];
        return 0.5 * Math.Abs(X(b) * Z(c) - X(c) * Z(b));
    });
}
