using FvSolver.Mesh;

namespace FvSolver.Solver.Layout;

/// <summary>Levels of the unknowns of a stack, by which a block-tridiagonal solver goes.</summary>
/// <remarks>
/// Nodes down the stack, with the gate's unknowns between metal and PSG and the interface's between PSG and WO3, or,
/// where the heat of the reactions reaches across them, beside metal and WO3. A cross-section has one level only.
/// </remarks>
internal sealed class UnknownLevels(ControlVolumeMesh mesh, UnknownLayout layout)
{
    /// <summary>Level of each unknown.</summary>
    public int[] For(PatternBuilder pattern) => mesh.Dimension > 1
        ? new int[layout.Size]
        // Between the nodes, beside metal and WO3, or beside PSG: the first that is banded has the smallest blocks.
        // Where a hop reaches over nodes, those are one level.
        : new[] { 1, 3, 0 }.Select(distance => Compress(Of(distance))).FirstOrDefault(pattern.IsBanded) ?? pattern.Join(Compress(Of(0)));

    // Nodes are three levels apart; the unknowns of gate and interface stand a distance away from theirs, toward the metal and toward WO3.
    private int[] Of(int distance)
    {
        var level = new int[layout.Size];
        void Fill(int start, IReadOnlyList<int> nodes, int shift = 0)
        {
            for (int i = 0; i < nodes.Count && start >= 0; i++)
                level[start + i] = 3 * nodes[i] + shift;
        }
        int[] faces = [.. layout.ChannelInterfaces.Select(f => f.First)];
        Fill(layout.Proton, layout.PsgNodes);
        Fill(layout.Potential, layout.PsgNodes);
        Fill(layout.Bound, layout.PsgNodes);
        Fill(layout.Hydrogen, layout.Wo3Nodes);
        Fill(layout.FilmPotential, layout.Wo3Nodes);
        foreach (int start in layout.Interfacial)
            Fill(start, faces, distance);
        Fill(layout.Temperature, [.. Enumerable.Range(0, mesh.NodeCount)]);
        Fill(layout.Insulator, layout.Insulators.Free);
        int gateNode = layout.GateInterfaces[0].Second;
        level[layout.GateHydrogen] = level[layout.GateCharge] = level[layout.GateVoltage] = 3 * gateNode - distance;
        return level;
    }

    // Levels without unknowns are left out: neighbours stay neighbours or come closer.
    private static int[] Compress(int[] level)
    {
        var number = new int[level.Max() + 1];
        foreach (int l in level)
            number[l] = 1;
        for (int l = 0, next = 0; l < number.Length; l++)
            number[l] = number[l] > 0 ? next++ : -1;
        return [.. level.Select(l => number[l])];
    }
}
