using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Cases.Compact.Model;
using FvSolver.Cases.Output;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Tests.House;
using FvSolver.Tests.Sweeps;
using FvSolver.Validation.Twin;
using Xunit;

namespace FvSolver.Tests.Compact;

/// <summary>The model identified on the solver, and trains that the identification has not seen.</summary>
public class CompactAgainstSolverTests
{
    private static readonly Device Device = ReferenceSets.Held;
    private static readonly SolverSource Source = new(Device, new MeshSettings(), new SolverSettings { RelativeTolerance = 1e-4 });

    private static readonly Lazy<CompactIdentificationResult> Identified = new(() =>
    {
        // Without what the trains below do not need: temperature, one of three fillings, and most of the staircase.
        CompactExperiment[] experiments = [.. CompactExperiment.Default(Device, pulses: 100)
            .Where(e => e.Temperature == 300 && e.Name != "filled 60")];
        Dictionary<string, IReadOnlyList<CompactReading>> readings = experiments.AsParallel()
            .Select(e => (e.Name, Readings: Source.Read(e))).ToDictionary(e => e.Name, e => e.Readings);
        return new CompactIdentification { Tolerance = 1e-4 }.Run("solver", Device, experiments, e => readings[e.Name])
            .Tried([], CompactExperiment.Unseen(Device), Source.Read);
    });

    [Fact]
    public void Trains_that_were_not_fitted_are_met_step_by_step_and_in_the_charge_that_is_left()
    {
        CompactIdentificationResult result = Identified.Value;
        Assert.InRange(result.Table.Validity!.WorstStep, 1e-6, 0.03);
        Assert.Equal([40, 40, 300], result.Table.Checks.Select(c => c.Pulses));
        Assert.All(result.Table.Checks, c => Assert.InRange(c.WorstStep, 1e-6, 0.05));
        Assert.All(result.Table.Checks, c => Assert.InRange(Math.Abs(c.ChargeReturn), 0, 0.01));
        // The symmetric train comes back by itself, in the solver as in the model.
        CompactComparison pair = result.Comparisons[0];
        Assert.InRange(Math.Abs(pair.ModelProtons[^1]) / pair.ModelProtons.Max(), 0, 0.01);
        // None of it is extrapolated.
        CompactValidity valid = result.Table.Validity;
        foreach (PulseTrain train in CompactExperiment.Unseen(Device).SelectMany(e => e.Protocol).Cast<PulseTrain>())
        {
            Assert.InRange(train.Amplitudes[0], valid.Down.From, valid.Up.To);
            Assert.InRange(train.Widths[0], valid.PulseWidth.From, valid.PulseWidth.To);
            Assert.InRange(train.Rest, valid.Rest.From, valid.Rest.To);
        }
        foreach (CompactComparison c in result.Comparisons)
            Assert.InRange(c.Read.Max() / c.Read[0], 1, valid.Composition.To);
    }

    /// <summary>The circuit file itself, in ngspice, on a train that it was not fitted on.</summary>
    [ProgramFact("ngspice")]
    public void Ngspice_follows_the_solver_on_an_unseen_train_within_3_percent_a_step()
    {
        CompactComparison c = Identified.Value.Comparisons[0];
        PulseTrain[] trains = [.. c.Experiment.Protocol.Cast<PulseTrain>()];
        double[] found = Ngspice.Train(Identified.Value.Table, SpiceDialect.Ngspice, null, 300,
            [.. trains.SelectMany(t => Enumerable.Repeat((t.Amplitudes[0], t.Widths[0]), t.Count))], trains[0].Rest, switched: false,
            follows: true);
        Assert.Equal(c.Read.Count - 1, found.Length);
        double before = c.Read[0];
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(1, (found[i] - before) / (c.Read[i + 1] - c.Read[i]), 0.03);
            before = found[i];
        }
    }

    /// <summary>Half and a third of the pulse, as cells of the same row or column see them, two
    /// thousand times: far below what was fitted.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Disturb_of_half_selected_cells_is_the_solvers_within_a_tenth(int share)
    {
        double rest = Device.Gate.RestVoltage, top = 1e9 * Device.Psg.Thickness;
        var train = new PulseTrain { Amplitudes = [rest + (top - rest) / share], Widths = [5e-9], Count = 2000, Rest = 0.01 };
        var experiment = new CompactExperiment("disturb", [train], 300);
        CompactComparison c = CompactComparison.Of(Identified.Value.Table.Values(), CompactGeometry.Of(Device), experiment,
            Source.Read(experiment));
        Assert.Equal(1, (c.Model[^1] - c.Model[0]) / (c.Read[^1] - c.Read[0]), 0.1);
    }

    /// <summary>The control: without the layer of protons at the interface the bands are missed,
    /// even with the mean step put right.</summary>
    [Fact]
    public void Without_the_charge_held_at_the_interface_the_same_trains_are_missed()
    {
        CompactParameters found = Identified.Value.Table.Values();
        CompactParameters without = found with
        {
            DiffuseCapacitance = 1e-3 * found.DiffuseCapacitance,
            ExchangeCurrent = 1e3 * found.ExchangeCurrent,
            CarrierCharge = 1e6
        };
        double worst = 0;
        foreach (CompactComparison c in Identified.Value.Comparisons)
        {
            CompactComparison control = CompactComparison.Of(without, CompactGeometry.Of(Device), c.Experiment,
                [.. Enumerable.Range(1, c.Read.Count - 1).Select(i => new CompactReading(c.Read[i]))]);
            double mean = control.StepErrors.Average(e => 1 + e);
            worst = Math.Max(worst, control.StepErrors.Max(e => Math.Abs((1 + e) / mean - 1)));
        }
        Assert.True(worst > 0.05, $"worst step {worst}");
    }

    [Fact]
    public void Bundle_of_the_identified_model_is_complete_and_its_page_shows_the_fit()
    {
        CompactIdentificationResult result = Identified.Value;
        using var directory = new TemporaryDirectory();
        UpdateCurve curve = UpdateCurve.Of(result.Table, 10, -8.5, 5e-9, 50);
        UpdateNoise noise = UpdateNoise.Of(Device, result.Table, curve, 250);
        IReadOnlyList<string> files = CompactBundle.Write(directory.Path, result, curve, noise, 0.1);
        Assert.All(files, f => Assert.True(new FileInfo(directory[f]).Length > 200, f));
        CompactParameterTable back = CompactParameterTable.FromJson(File.ReadAllText(directory["parameters.json"]));
        Assert.Equal(result.Table.Values(), back.Values());
        Assert.Equal(result.Table.Checks, back.Checks);
        Assert.Equal(noise.Figures, back.Scatter);
        Assert.Contains("\"kind\": \"follows\"", File.ReadAllText(directory["parameters.json"]));
        Assert.Equal(result.Table.Validity!.Reasons, back.Validity!.Reasons);
        string page = File.ReadAllText(directory["index.html"]);
        // Grid, relaxation and the trains that were not fitted; staircase and temperature were left out above.
        Assert.Equal(2 + result.Comparisons.Count, page.Split("src=\"data:image/png;base64,").Length - 1);
        Assert.Contains("name=\"viewport\"", page);
        Assert.DoesNotContain("http", page);

        // Where the last of the files cannot be written, none is left that would be taken for someone else's.
        Directory.CreateDirectory(directory["other/index.html"]);
        Assert.Throws<OutputException>(() => CompactBundle.Write(directory["other"], result, curve, noise, 0.1));
        Assert.Empty(Directory.GetFiles(directory["other"]));
    }
}
