using System.Text.RegularExpressions;
using FvSolver.Cases.Input;
using FvSolver.Cases.Plots;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Tests.House;
using FvSolver.Validation.Checks;
using Xunit;

namespace FvSolver.Tests.Samples;

/// <summary>docs/extending.md: its code is that of <c>Extending.cs</c>, and it does what the page says.</summary>
public partial class ExtendingTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "extending.md"));
    private static readonly Device Default = CalibrationRules.Resolve(new());

    [Theory]
    [InlineData("hop-law")]
    [InlineData("reaction")]
    [InlineData("parameter")]
    [InlineData("series")]
    [InlineData("validation")]
    public void The_page_has_the_code_that_is_compiled_here(string sample)
    {
        string source = File.ReadAllText(Path.Combine(Checkout.Root, "tests", "Samples", "Extending.cs"));
        Match region = Assert.Single(Regex.Matches(source, $@"^( *)// sample: {sample}\n(.*?)^ *// end\n",
            RegexOptions.Multiline | RegexOptions.Singleline));
        string indent = region.Groups[1].Value;
        string code = string.Join('\n', region.Groups[2].Value.Split('\n').Select(l => l.StartsWith(indent) ? l[indent.Length..] : l));
        Assert.Contains($"<!-- sample: {sample} -->\n```csharp\n{code}```\n", Page);
    }

    [Fact]
    public void The_hop_law_keeps_equilibrium_and_caps_the_current()
    {
        var law = HoppingFlux<Scalar, CappedHop<Scalar>, NoSiteLimit, Isothermal, FieldAlong>.Of(Pack.One(Default), Default);
        var plain = HoppingFlux<Scalar, SinhHop<Scalar>, NoSiteLimit, Isothermal, FieldAlong>.Of(Pack.One(Default), Default);
        double inverse = 1 / Constants.ThermalVoltage(300), length = 1e-9;
        double Flux(double left, double right, double drop, bool capped) => capped
            ? law.Evaluate<Scalar>(new(left), new(right), new(drop), new(inverse), law.Edge(new(length), new(1), new(1)))
            : plain.Evaluate<Scalar>(new(left), new(right), new(drop), new(inverse), plain.Edge(new(length), new(1), new(1)));
        double drop = 0.3, right = 1e25 * Math.Exp(drop * inverse);
        Assert.Equal(0, Flux(1e25, right, drop, capped: true) / Flux(1e25, 1e25, drop, capped: true), 1e-12);
        double field = 1e9 / Default.Psg.BreakdownField;
        Assert.Equal(1 / Math.Sqrt(1 + field * field), Flux(1e25, 1e25, 1, capped: true) / Flux(1e25, 1e25, 1, capped: false), 1e-9);
    }

    [Fact]
    public void The_reaction_runs_down_its_affinity()
    {
        var row = SurfaceDiffusion<Scalar>.Of(Pack.One(Default), Default);
        var adsorbed = LangmuirAdsorption<Scalar>.Of(Pack.One(Default), Default);
        var defects = LangmuirAdsorption<Scalar>.Of(Pack.One(Default), d => d.Interface.DefectRestCoverage);
        Scalar thermal = new(Constants.ThermalVoltage(300));
        var random = new Random(1);
        for (int i = 0; i < 100; i++)
        {
            PerSpecies<Scalar> amounts = new() { Adsorbed = new(random.NextDouble()), Defects = new(random.NextDouble()) };
            InterfaceState<Scalar> s = new() { Amounts = amounts };
            double affinity = adsorbed.Potential(s.Amounts.Adsorbed, thermal) - defects.Potential(s.Amounts.Defects, thermal);
            Assert.True(row.Rate<Scalar>(s, default) * affinity >= 0);
        }
        InterfaceState<Scalar> rest = new()
        {
            Amounts = new()
            {
                Adsorbed = new(Default.Interface.RestCoverage),
                Defects = new(Default.Interface.DefectRestCoverage),
            },
        };
        Assert.Equal(0, row.Rate<Scalar>(rest, default) / (row.RateConstant * rest.Amounts.Adsorbed), 1e-12);
    }

    [Fact]
    public void The_parameter_is_found_with_its_unit_range_and_origin()
    {
        Parameter parameter = Assert.Single(new ParameterCatalogue(typeof(CappedDevice)).Parameters);
        Assert.Equal(("cap.thickness", "m", Kind.Estimate), (parameter.Path, parameter.Unit, parameter.Kind));
        Assert.Equal("must be greater than 0 m", parameter.Violation(-1.0));
    }

    [Fact]
    public void The_series_is_recorded_and_drawn()
    {
        var device = new DeviceSimulation(Default, new(), new());
        var readings = new DeviceReadings(device);
        Table table = new([SeriesTable.Columns[0], ExtendedRecording.GateCharge]);
        table.Append([0, ExtendedRecording.GateCharge.Value(readings)]);
        device.Pulse(10, 5e-9, 1.1e-9);
        table.Append([device.Time, ExtendedRecording.GateCharge.Value(readings)]);
        Assert.Equal(device.GateCharge, table["gate_charge"][1]);
        Assert.NotEqual(table["gate_charge"][0], table["gate_charge"][1]);
        Assert.True(FigureImage.Svg(ExtendedRecording.Plot(table), new(400, 270)).Length > 1000);
    }

    [Fact]
    public void The_library_case_runs()
    {
        string text = Toml().Match(Page).Groups[1].Value;
        CaseDefinition definition = CaseReader.Parse(text, "thin-film.toml");
        Assert.Equal(5e-9, definition.Device.Psg.Thickness);
        CaseRun run = CaseRun.Start(definition, "", "");
        foreach (DriveRequest request in run.Requests())
            request.Run();
        RunRecord record = run.Complete();
        Assert.Equal(4, record.Pulses.Count);
        Assert.True(record.Pulses["conductance_step"][0] > 0 && record.Pulses["conductance_step"][3] < 0);
    }

    [Fact]
    public void The_validation_case_passes_and_its_control_fails()
    {
        var item = new BlockedCapacitor();
        Assert.True(item.Run(new()).Passed);
        Assert.False(item.Run(new RunContext().WithMistake()).Passed);
    }

    [GeneratedRegex(@"<!-- sample: case -->\n```toml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Toml();
}
