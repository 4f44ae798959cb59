using FvSolver.Materials;
using FvSolver.Solver.Physics;

namespace FvSolver.Cases.Input;

/// <summary>Tells which values a rule has made different from those of the default device.</summary>
internal static class RuleNotes
{
    private const double Same = 1e-9;
    private static readonly Lazy<Device> DefaultDevice = new(() => CalibrationRules.Resolve(new Device()));

    /// <summary>One sentence for each such value.</summary>
    public static IReadOnlyList<string> Of(Device device, ParameterSet set)
    {
        var notes = new List<string>();
        foreach (Parameter parameter in ParameterCatalogue.Device.Parameters.Where(p => p.ByRule && set.Find(p.Path) is null))
        {
            var value = (double)parameter.Read(device);
            var usual = (double)parameter.Read(DefaultDevice.Value);
            if (Math.Abs(value - usual) > Same * Math.Abs(usual))
                notes.Add($"{parameter.Symbol} recomputed: {parameter.Path} = {QuantityText.Format(value, parameter.Unit)} "
                    + $"({QuantityText.Format(usual, parameter.Unit)} for the default device), {parameter.Reference}");
        }
        return notes;
    }
}
