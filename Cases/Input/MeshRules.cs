using FvSolver.Materials;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Input;

/// <summary>How the numbers of a mesh follow from each other.</summary>
internal static class MeshRules
{
    private const string Cells = "mesh.psg_cells", FirstAtGate = "mesh.psg_first_cell_gate", FirstAtChannel = "mesh.psg_first_cell_channel",
        Growth = "mesh.psg_growth_ratio";

    /// <summary>Settings that an automatic mesh decides.</summary>
    public static IReadOnlyList<string> Automatic { get; } = [Cells, FirstAtGate, FirstAtChannel, Growth];

    /// <summary>
    /// First cells that nobody sets are in proportion to all others, so that a study of convergence
    /// over <c>mesh.psg_cells</c> refines everything.
    /// </summary>
    /// <exception cref="InputException">A mesh that cannot be automatic is to be.</exception>
    public static RunSettings Complete(RunSettings run, ParameterSet set)
    {
        MeshSettings mesh = run.Mesh;
        if (mesh.PsgCells.IsAuto)
            return mesh.Psg != PsgNodes.Tanh ? run : throw InputValue.Error(
                (set.Find(Cells) ?? set.Find("mesh.psg")!).Node, Cells, "must be a number with mesh.psg = \"tanh\"");
        double finer = (double)MeshSettings.ReferenceCells / mesh.PsgCells.Number;
        if (set.Find(FirstAtGate) is null)
        {
            mesh = mesh with { PsgFirstCellGate = mesh.PsgFirstCellGate * finer };
            set.Follows(FirstAtGate, Cells);
        }
        if (set.Find(FirstAtChannel) is null)
        {
            mesh = mesh with { PsgFirstCellChannel = mesh.PsgFirstCellChannel * finer };
            set.Follows(FirstAtChannel, Cells);
        }
        return run with { Mesh = mesh };
    }
}
