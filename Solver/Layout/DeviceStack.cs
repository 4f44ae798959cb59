using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Settings;

namespace FvSolver.Solver.Layout;

/// <summary>The 1-D mesh of a device: Pd, PSG between its compact layers, WO3, SiO2.</summary>
public static class DeviceStack
{
    private const int SlabsOfHop = 50;

    /// <summary>Builds the mesh. Without heat the metal and the oxide, which then have no unknowns, are one cell each.</summary>
    /// <exception cref="MeshException">The layers or the grading do not fit.</exception>
    /// <exception cref="InvalidOperationException">The number of cells is still to be chosen, see <c>MeshChoice</c>.</exception>
    public static ControlVolumeMesh Mesh(Device device, MeshSettings settings)
    {
        Electrolyte psg = device.Psg;
        double between = psg.FilmThickness;
        if (!(between > 0))
            throw new MeshException(
                $"psg.thickness = {psg.Thickness:g4} m leaves no room between two compact layers of {psg.SternThickness:g4} m.");
        int psgCells = settings.Psg == PsgNodes.Lattice ? HopLattice.Hops(psg) : Refined(settings.PsgCells.Number),
            wo3Cells = Refined(settings.Wo3Cells - 1) + 1;
        // On a thin film the cells given for the ends would be larger than equal ones.
        double AtMost(double cell) => Math.Min(cell / settings.Refinement, 0.8 * between / psgCells);
        int Refined(int cells) => Math.Max(1, (int)Math.Round(cells * settings.Refinement));
        double[] psgNodes = settings.Psg switch
        {
            PsgNodes.Lattice => Planes(psg),
            PsgNodes.Tanh => Grading1D.Tanh(between, psgCells, settings.TanhStrength),
            _ when settings.PsgGrowthRatio > 0 => Grading1D.GrowingFromEnds(between, psgCells, AtMost(settings.PsgFirstCellGate),
                AtMost(settings.PsgFirstCellChannel), settings.PsgGrowthRatio),
            _ => Grading1D.TwoSided(between, psgCells, AtMost(settings.PsgFirstCellGate), AtMost(settings.PsgFirstCellChannel)),
        };
        if (settings.Psg != PsgNodes.Lattice)
            psgNodes = WithLastHop(psgNodes, device, between - psg.HopDistance);
        // The node on the interface owns half of the first cell: two lattice planes make it own one.
        double[] wo3Nodes = settings.Wo3Uniform ? Grading1D.Uniform(device.Wo3.Thickness, wo3Cells)
            : device.Wo3.SpaceCharge ? Grading1D.Geometric(device.Wo3.Thickness, Refined(settings.FilmCells),
                settings.FilmFirstCell / settings.Refinement)
            : Grading1D.FirstThenEqual(device.Wo3.Thickness, wo3Cells, 2 * device.Wo3.LatticePlane);
        int pdCells = device.Heat.Enabled ? Refined(settings.PdCells) : 1,
            oxideCells = device.Heat.Enabled ? Refined(settings.OxideCells) : 1;
        double pd = device.Pd.Thickness, bottom = pd + psg.Thickness + device.Wo3.Thickness;
        return StackMesh.Build(
        [
            new("gate", MaterialKind.GateMetal, 0, Grading1D.Uniform(pd, pdCells)),
            new("psg", MaterialKind.Electrolyte, pd + psg.SternThickness, psgNodes),
            new("wo3", MaterialKind.Channel, pd + psg.Thickness, wo3Nodes),
            new("oxide", MaterialKind.Oxide, bottom,
                Grading1D.Geometric(device.Heat.OxideThickness, oxideCells, device.Wo3.Thickness / 10 / settings.Refinement)),
        ], device.Geometry.Area);
    }

    /// <summary>Positions with a node of given volume where the proton of the last hop comes from, if a reaction takes it there.</summary>
    /// <remarks>
    /// The reaction takes protons from a slab one hop away, a fiftieth of a hop thick on any mesh. Were it a node of the grading, the
    /// hydrogen made would go with its cell: under a strong field the density at a node belongs to the field of the cell below it,
    /// half a cell further down, and goes with e^(qaE/2kT).
    /// </remarks>
    /// <param name="nodes">Positions [m].</param>
    /// <param name="device">Parameters.</param>
    /// <param name="place">One hop from the compact layer [m].</param>
    public static double[] WithLastHop(double[] nodes, Device device, double place) =>
        device.Gas.Enabled && device.Hypotheses.RemoteHeyrovsky
            ? Grading1D.WithCellsAround(nodes, place, device.Psg.HopDistance / SlabsOfHop) : nodes;

    private static double[] Planes(Electrolyte psg)
    {
        double whole = HopLattice.Round(psg).Thickness;
        if (Math.Abs(psg.Thickness - whole) > 1e-9 * whole)
            throw new MeshException($"psg.thickness = {psg.Thickness:g6} m is no whole number of hops; {whole:g6} m is.");
        return [.. Enumerable.Range(0, HopLattice.Hops(psg) + 1).Select(i => i * psg.HopDistance)];
    }
}
