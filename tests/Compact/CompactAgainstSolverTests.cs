using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Tests.Sweeps;
using Xunit;

namespace FvSolver.Tests.Compact;

public class CompactAgainstSolverTests
{
    private static PulseTrain Train(double amplitude, double width, int count, double rest = 1) =>
        new() { Amplitudes = [amplitude], Widths = [width], Count = count, Rest = rest };

    [Fact]
    public void Model_identified_on_the_solver_predicts_trains_it_was_not_fitted_on()
    {
        var device = new Device();
        var source = new SolverSource(device, new MeshSettings(), new SolverSettings { RelativeTolerance = 1e-4 });
        CompactExperiment[] experiments =
        [
            .. from v in (double[])[7.5, 10, -6, -8.5] from w in (double[])[5e-9, 20e-9] select new CompactExperiment($"{v} V {w} s", [Train(v, w, 1)], 300),
            new CompactExperiment("stairs", [Train(10, 20e-9, 12), Train(-8.5, 20e-9, 12)], 300) { Sampled = 12 },
        ];
        CompactIdentificationResult result = new CompactIdentification().Run("solver", device, experiments, source.Read);
        Assert.InRange(result.WorstStep(_ => true), 0, 0.03);

        var model = new CompactModel(result.Table.Values());
        foreach (ProtocolStep[] train in (ProtocolStep[][])[[Train(10, 5e-9, 20), Train(-8.5, 5e-9, 20)], [Train(9.3, 11e-9, 6, 0.1), Train(-7.2, 8e-9, 6, 0.03)]])
        {
            IReadOnlyList<CompactReading> solver = source.Read(new CompactExperiment("unseen", train, 300));
            IReadOnlyList<CompactPulse> compact = CompactRun.Of(model, device).Run(train);
            double rest = model.Conductance(0, 150e-9, 50e-9), top = solver.Max(r => r.Conductance) - rest;
            for (int i = 1; i < solver.Count; i++)
                Assert.Equal(1, (compact[i].Conductance - compact[i - 1].Conductance) / (solver[i].Conductance - solver[i - 1].Conductance), 0.05);
            Assert.Equal(solver[^1].Conductance, compact[^1].Conductance, 0.02 * top);
            if (train[1] is PulseTrain { Count: 20 })
                Assert.InRange(Math.Abs(compact[^1].Conductance - rest) / top, 0, 0.01);
        }

        using var directory = new TemporaryDirectory();
        IReadOnlyList<string> files = CompactBundle.Write(directory.Path, result, UpdateCurve.Of(result.Table, 10, -8.5, 5e-9, 50), 0.1);
        Assert.All(files, f => Assert.True(new FileInfo(directory[f]).Length > 200, f));
        Assert.Equal(result.Table.Values(), CompactParameterTable.FromJson(File.ReadAllText(directory["parameters.json"])).Values());
    }
}
