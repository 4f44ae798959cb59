using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;

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

    /// <summary>The licence of a library that the case loads, where it binds those who distribute it.</summary>
    public static IEnumerable<string> OfLicence(SolverSettings solver) => solver.LinearSolver == LinearSolverKind.Umfpack
        ? ["UMFPACK is loaded from this machine; it is under the GPL, which binds whoever distributes it together with this program"]
        : [];

    /// <summary>What rounding to lattice planes has done to the film, and what it means physically; nothing on other meshes.</summary>
    public static IEnumerable<string> OfLattice(Electrolyte given, MeshSettings mesh, Electrolyte psg)
    {
        if (mesh.Psg != PsgNodes.Lattice)
            yield break;
        double debye = Math.Sqrt(psg.RelativePermittivity * Constants.VacuumPermittivity * Constants.ThermalVoltage(300)
            / (Constants.ElementaryCharge * psg.FixedChargeDensity));
        yield return $"lattice planes: psg.thickness = {QuantityText.Format(psg.Thickness, "m")} = {HopLattice.Hops(psg)} a + 2 l_S "
            + $"(given {QuantityText.Format(given.Thickness, "m")}); for the continuum at this thickness set it with mesh.psg = \"graded\"";
        yield return $"lengths: Debye {1e9 * debye:g2} nm, hop {1e9 * psg.HopDistance:g2} nm, distance of protons "
            + $"{1e9 / Math.Cbrt(psg.FixedChargeDensity):g2} nm: "
            + "a mean density is valid as an average over the device's area only";
    }
}
