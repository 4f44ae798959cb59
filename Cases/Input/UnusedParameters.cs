using FvSolver.Materials;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Input;

/// <summary>Parameters that a case sets although nothing in it uses them: results would record them as if they had counted.</summary>
internal static class UnusedParameters
{
    private static readonly string[] Switches = ["enabled", "ambient_temperature", "reference_temperature", "oxide_permittivity",
        "oxide_thickness"];

    /// <summary>Refuses sizes of the stack beside a drawing, which decides them itself.</summary>
    /// <exception cref="InputException">One is set.</exception>
    public static void Refuse(ParameterSet set, CrossSectionCase? section)
    {
        if (section is null)
            return;
        foreach ((string path, ParameterSet.Entry entry) in set.OfUser)
            if ((path.StartsWith("mesh.", StringComparison.Ordinal) && (path != "mesh.refinement" || section.Gmsh is not null))
                || path == "wo3.thickness" || (path == "psg.thickness" && section.Film is null))
                throw InputValue.Error(entry.Node, path, "has no effect: the [cross_section] decides it; change the drawing instead");
    }

    /// <summary>One sentence for each other parameter without effect.</summary>
    public static IEnumerable<string> Notes(ParameterSet set, Device device, RunSettings run, bool isStack)
    {
        foreach ((string path, ParameterSet.Entry entry) in set.OfUser)
            if (Why(path, device, run.Mesh, isStack) is { } why && entry.Value is not false)
                yield return $"{path} has no effect: {why}";
        if (run.Mesh.Psg != PsgNodes.Graded || run.Mesh.PsgCells.IsAuto)
            yield break;
        double largest = 0.8 * device.Psg.FilmThickness / run.Mesh.PsgCells.Number;
        foreach ((string path, double cell) in ((string, double)[])
            [("mesh.psg_first_cell_gate", run.Mesh.PsgFirstCellGate), ("mesh.psg_first_cell_channel", run.Mesh.PsgFirstCellChannel)])
            if (cell > largest && set.OfUser.Any(e => e.Path == path))
                yield return $"{path} acts as {QuantityText.Format(largest, "m")}, 0.8 of an equal cell";
    }

    /// <summary>True when a parameter can act in a case: what it belongs to is switched on, and the law that has it is chosen.</summary>
    public static bool Acts(string path, CaseDefinition definition)
    {
        Device device = definition.Device;
        if (Why(path, device, definition.Mesh, definition.CrossSection is null) is not null)
            return false;
        // Studies may compare laws that the case itself has not chosen.
        return definition.Study is not null || path switch
        {
            "psg.disorder_width" or "psg.disorder_field_constant" or "psg.positional_disorder" or "psg.disorder_field_limit" =>
                device.Psg.HopLaw == HopLaw.GaussianDisorder,
            "psg.migration_barrier" => device.Psg.HopLaw is not (HopLaw.Sinh or HopLaw.GaussianDisorder),
            "psg.optical_permittivity" or "psg.largest_barrier_lowering" => device.Psg.TrapDensity > 0,
            "pd.reorganisation_energy" => device.Pd.Kinetics == KineticLaw.Marcus,
            "interface.reorganisation_energy" => device.Interface.Kinetics == KineticLaw.Marcus,
            _ => true,
        };
    }

    private static string? Why(string path, Device device, MeshSettings mesh, bool isStack)
    {
        string[] parts = path.Split('.');
        return (parts[0], parts[1]) switch
        {
            ("gas", not "enabled") when !device.Gas.Enabled => "gas.enabled is false",
            ("hypotheses", "remote_heyrovsky") when !device.Gas.Enabled => "gas.enabled is false",
            ("hypotheses", "remote_rate") when !device.Hypotheses.RemoteHeyrovsky => "hypotheses.remote_heyrovsky is false",
            ("heat", var key) when !device.Heat.Enabled && !Switches.Contains(key) => "heat.enabled is false",
            ("mesh", "pd_cells" or "oxide_cells") when !device.Heat.Enabled => "heat.enabled is false",
            ("mesh", "tanh_strength") when mesh.Psg != PsgNodes.Tanh => "mesh.psg is not tanh",
            ("mesh", "psg_cells") when mesh.Psg == PsgNodes.Lattice => "mesh.psg is lattice",
            ("mesh", "psg_first_cell_gate" or "psg_first_cell_channel" or "psg_growth_ratio") when mesh.Psg != PsgNodes.Graded =>
                "mesh.psg is not graded",
            ("mesh", "psg_first_cell_gate" or "psg_first_cell_channel" or "psg_growth_ratio") when mesh.PsgCells.IsAuto =>
                "mesh.psg_cells is auto",
            ("mesh", "tolerance") when !mesh.PsgCells.IsAuto => "mesh.psg_cells is a number",
            ("psg", "hop_field") when isStack => "along a 1-D stack the field has one component",
            ("psg", "capture_coefficient" or "release_rate" or "trap_energy") when device.Psg.TrapDensity == 0 => "psg.trap_density is 0",
            ("wo3", "percolation_exponent") when device.Wo3.PercolationThreshold == 0 => "wo3.percolation_threshold is 0",
            _ => null,
        };
    }
}
