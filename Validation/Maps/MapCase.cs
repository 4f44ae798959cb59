using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Maps;

/// <summary>A check of maps on a preset.</summary>
public abstract class MapCase : ValidationCase
{
    private protected const string Frozen = "onen2022-v1";

    private readonly string _id;

    private protected MapCase(string id, string preset) => (_id, Preset) = (id, preset);

    /// <summary>The preset.</summary>
    protected string Preset { get; }

    public override string Id => Preset == Frozen ? _id : $"{_id}-{Preset}";

    public override CaseGroup Group => CaseGroup.Maps;

    /// <summary>All checks on a preset.</summary>
    public static IEnumerable<MapCase> On(string preset) =>
    [
        new MappedPulses(preset), new MappedTrains(preset), new MappedRests(preset), new MappedBounds(preset), new ReservoirCorner(preset),
        new ContentRange(preset), new MappedStaircase(preset), new MappedTemperatures(preset),
    ];

    /// <summary>Runs a case without writing it.</summary>
    private protected static CaseRun Done(CaseDefinition definition)
    {
        var run = CaseRun.Start(definition, "", "");
        run.RunUnwritten(null, default);
        return run;
    }

    /// <summary>Holds the pulses of a mapped run against those of a computed one.</summary>
    /// <param name="mapped">Pulses of the one.</param>
    /// <param name="computed">Pulses of the other.</param>
    /// <param name="row">The row whose step is taken for that of a pulse.</param>
    /// <returns>Largest error of a step over the largest step, and mapped pulses outside of their bounds.</returns>
    private protected static (double Worst, int Outside) Compare(Table mapped, Table computed, Func<int, int>? row = null)
    {
        IReadOnlyList<double> step = mapped["conductance_step"], bound = mapped["bound"], after = mapped["conductance_after"],
            boundAfter = mapped["bound_after"];
        double worst = 0;
        int outside = 0;
        for (int i = 0; i < computed.Count; i++)
        {
            double off = Math.Abs(step[row?.Invoke(i) ?? i] - computed["conductance_step"][i]);
            worst = Math.Max(worst, off);
            if (mapped["origin"][i] == 1
                && (off > bound[i] || Math.Abs(after[i] - computed["conductance_after"][i]) > boundAfter[i]))
                outside++;
        }
        return (worst / computed["conductance_step"].Max(), outside);
    }
}
