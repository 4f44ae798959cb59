using System.Globalization;
using FvSolver.Cases.Input;
using FvSolver.Solver.Maps;

namespace FvSolver.Cases.Runs;

/// <summary>A range of ambient temperatures over which pulses of a case are mapped.</summary>
/// <param name="Low">Lowest [K].</param>
/// <param name="High">Highest [K].</param>
public sealed record TemperatureRange(double Low, double High)
{
    /// <summary>The parameter that goes over the range.</summary>
    internal const string Key = "heat.ambient_temperature";

    /// <summary>Maps a case's pulses over the range.</summary>
    /// <param name="definition">The case, with numbers in the place of an automatic mesh.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InputException">The case is not valid at a temperature of the range.</exception>
    public TemperatureMaps Map(CaseDefinition definition, CancellationToken cancel)
    {
        PulseMap? first = null;
        return TemperatureMaps.Build(Low, High, temperature =>
        {
            CaseDefinition own = At(definition, temperature);
            PulseMap map = MapOf(own, cancel);
            // The rest voltage follows the temperature, and pulses within 1 V of it are not mapped.
            if (!map.Families.SequenceEqual((first ??= map).Families))
                throw new InputException(own.SourceName, 0, "protocol", "", "has pulses that can be mapped in a part of the range only");
            return map;
        });
    }

    /// <summary>The map that a run of a case at its own temperature builds; <c>solver.pulse_map</c> is auto.</summary>
    public static PulseMap MapOf(CaseDefinition definition, CancellationToken cancel)
    {
        var run = CaseRun.Start(definition, "", "");
        run.RunUnwritten(null, cancel);
        return run.Mapped!.Map;
    }

    /// <summary>A case at a temperature [K], on the mesh that has been chosen for it.</summary>
    public static CaseDefinition At(CaseDefinition definition, double temperature)
    {
        CaseDefinition own = definition.With(string.Create(CultureInfo.InvariantCulture, $"{Key}={temperature:r}"));
        return own.HasAutomaticMesh && !definition.HasAutomaticMesh
            ? own.WithMesh(definition.Mesh, "auto: that of the case's own temperature") : own;
    }
}
