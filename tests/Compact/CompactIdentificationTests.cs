using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Cases.Compact.Model;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Validation.Twin;
using Xunit;

namespace FvSolver.Tests.Compact;

public class CompactIdentificationTests
{
    private static readonly Device Device = ReferenceSets.Held;

    /// <summary>A device whose parameters differ from those that the identification starts from.</summary>
    private static readonly CompactParameters Truth = CompactParameters.FromDevice(Device) with
    {
        FilmCurrent = 5.4,
        SlopeVoltage = 0.91,
        CarrierCharge = 0.05,
        ExchangeCurrent = 17,
        DiffuseCapacitance = 0.08,
        FilmActivation = 0.55,
    };

    private static IReadOnlyList<CompactReading> Source(CompactExperiment experiment) =>
        [.. new CompactRun(new CompactModel(Truth, experiment.Temperature), CompactGeometry.Of(Device), 1e-6).Run(experiment.Protocol)
            .Select(p => new CompactReading(p.Conductance, p.GateVoltage, p.Protons))];

    [Fact]
    public void Identified_model_predicts_trains_it_was_not_fitted_on_and_names_what_was_fitted()
    {
        IReadOnlyList<CompactExperiment> experiments = CompactExperiment.Default(Device, pulses: 100);
        CompactIdentificationResult result = new CompactIdentification().Run("synthetic", Device, experiments, Source);
        Assert.InRange(result.WorstStep(s => !s.Experiment.StartsWith("rest 1e-")), 0, 0.02);
        CompactParameters found = result.Table.Values();
        Assert.Equal(1, found.SlopeVoltage / Truth.SlopeVoltage, 0.01);
        Assert.Equal(1, found.CarrierCharge / Truth.CarrierCharge, 0.1);
        Assert.Equal(Truth.FilmActivation, found.FilmActivation, 0.01);
        ProtocolStep[] unseen =
        [
            new PulseTrain { Amplitudes = [7.3], Widths = [15e-9], Count = 30, Rest = 0.01 },
            new PulseTrain { Amplitudes = [-9.1, -6.5], Widths = [7e-9], Count = 20, Rest = 0.02 },
        ];
        double[] Conductances(CompactParameters p) =>
            [.. new CompactRun(new CompactModel(p), CompactGeometry.Of(Device)).Run(unseen).Select(x => x.Conductance)];
        double[] model = Conductances(found), truth = Conductances(Truth);
        for (int i = 1; i < truth.Length; i++)
            Assert.Equal(1, (model[i] - model[i - 1]) / (truth[i] - truth[i - 1]), 0.05);
        CompactParameter slope = result.Table.Parameters.Single(p => p.Symbol == "VS");
        Assert.Equal(Kind.Calibrated, slope.Kind);
        Assert.InRange(slope.StandardError!.Value, 1e-7, 0.05);
        Assert.Equal(Kind.Derived, result.Table.Parameters.Single(p => p.Symbol == "VREST").Kind);
        Assert.Equal(320 + 20, result.Table.Validity!.Temperature.To);
        string page = CompactPage.Write(result.Tried(experiments.Where(e => e.Name == "staircase"), [], Source));
        Assert.Contains("<td>VS</td>", page);
        // Staircase, grid, relaxation, temperature.
        Assert.Equal(4, page.Split("<img ").Length - 1);
    }

    [Fact]
    public void Source_with_missing_readings_is_named()
    {
        CompactExperiment experiment = new("short", [new PulseTrain { Amplitudes = [10], Widths = [5e-9], Count = 3 }], 300);
        Assert.Equal("Experiment 'short' has 3 pulses, but 1 readings were given.",
            Assert.Throws<ArgumentException>(() => new CompactIdentification().Run("x", Device, [experiment],
                _ => [new(1e-8, 0.75)])).Message);
    }

    [Fact]
    public void Table_reads_back_from_json_to_the_last_bit()
    {
        CompactParameterTable table = CompactParameterTable.Of("model", CompactGeometry.Of(Device), Truth,
            new Dictionary<string, double> { ["FilmCurrent"] = 0.1 }, "test");
        CompactParameterTable back = CompactParameterTable.FromJson(table.ToJson());
        Assert.Equal(Truth, back.Values());
        Assert.Equal(table.Parameters, back.Parameters);
        Assert.Contains("\"kind\": \"calibrated\"", table.ToJson());
        Assert.DoesNotContain('\n', Assert.Throws<InvalidDataException>(() => CompactParameterTable.FromJson("{")).Message);
    }
}
