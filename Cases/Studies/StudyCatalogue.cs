using FvSolver.Cases.Input;

namespace FvSolver.Cases.Studies;

/// <summary>The studies that a case can ask for, by the <c>type</c> of its <c>[study]</c> table.</summary>
public static class StudyCatalogue
{
    private delegate IStudy Reader(CaseDefinition definition, TableReader table);

    private static readonly Dictionary<string, Reader> Readers = new()
    {
        ["dc-current"] = DcCurrent.Read,
        ["depletion"] = Depletion.Read,
        ["endurance"] = Endurance.Read,
        ["fixed-counts"] = FixedCounts.Read,
        ["gate-overlap"] = GateOverlap.Read,
        ["heating"] = Heating.Read,
        ["gas-spots"] = GasSpots.Read,
        ["hopping-fit"] = HoppingFit.Read,
        ["pulse-length"] = PulseLength.Read,
        ["retention"] = Retention.Read,
        ["rough-film"] = RoughFilm.Read,
        ["speed-limit"] = SpeedLimit.Read,
        ["thickness-ensemble"] = ThicknessEnsemble.Read,
    };

    /// <summary>Names of the types.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. Readers.Keys.Order()];

    /// <summary>The study that a case asks for.</summary>
    /// <exception cref="InputException">Its table is not valid.</exception>
    public static IStudy Read(CaseDefinition definition)
    {
        var table = new TableReader(definition.Study ?? throw new ArgumentException("The case has no study.", nameof(definition)), "study");
        string type = table.Text("type");
        if (!Readers.TryGetValue(type, out Reader? read))
            throw table.Error("type", "must be one of " + string.Join(", ", Types) + NearestName.Suggest(type, Types));
        IStudy study = read(definition, table);
        table.Finish();
        return study;
    }
}
