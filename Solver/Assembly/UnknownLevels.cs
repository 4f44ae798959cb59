using FvSolver.Mesh;

namespace FvSolver.Solver.Assembly;

/// <summary>Levels of the unknowns, by which a block-tridiagonal solver goes.</summary>
/// <remarks>
/// In 1-D nodes down the stack. The gate's unknowns stand between metal and PSG and the interface's between PSG and WO3
/// when the heat of the reactions does not reach across them, else beside the first and the last PSG node. In 2-D levels of nodes (see <see cref="NodeLevels"/>), with the unknowns of gate and drain as border. The image charge
/// couples whole columns of the film: where that does not fit the levels of the nodes, columns of the grid are tried, and at
/// last one level holds everything, which leaves the work to the sparse solvers.
/// </remarks>
internal sealed class UnknownLevels(ControlVolumeMesh mesh, UnknownLayout layout)
{
    /// <summary>Level of each unknown, -1 for the border.</summary>
    public int[] For(PatternBuilder pattern)
    {
        if (mesh.Dimension == 1)
        {
            int[] nodes1D = [.. Enumerable.Range(0, mesh.NodeCount)];
            int[] between = Compress(Of([.. nodes1D.Select(n => 3 * n)], layout.GateInterfaces[0].Second, 1));
            return IsBanded(pattern, between) ? between : Of(nodes1D, layout.GateInterfaces[0].Second);
        }
        double[] columns = [.. mesh.X.Distinct().Order()];
        foreach (Func<int[]> nodes in new Func<int[]>[]
                 { () => NodeLevels.Of(mesh), () => [.. mesh.X.Select(x => Array.BinarySearch(columns, x))] })
        {
            int[] level = Compress(Of(nodes(), -1));
            if (IsBanded(pattern, level))
                return level;
        }
        return Of(new int[mesh.NodeCount], -1);
    }

    private static bool IsBanded(PatternBuilder pattern, int[] level) =>
        pattern.Entries.All(e => level[e.Row] < 0 || level[e.Column] < 0 || Math.Abs(level[e.Row] - level[e.Column]) <= 1);

    // Unknowns of gate and interface stand a distance away from their node, toward the metal and toward WO3.
    private int[] Of(int[] nodeLevel, int gateNode, int distance = 0)
    {
        var level = new int[layout.Size];
        void Fill(int start, IReadOnlyList<int> nodes, int shift = 0)
        {
            for (int i = 0; i < nodes.Count && start >= 0; i++)
                level[start + i] = nodeLevel[nodes[i]] + shift;
        }
        int[] faces = [.. layout.ChannelInterfaces.Select(f => f.First)];
        Fill(layout.Proton, layout.PsgNodes);
        Fill(layout.Potential, layout.PsgNodes);
        Fill(layout.Bound, layout.PsgNodes);
        Fill(layout.Hydrogen, layout.Wo3Nodes);
        Fill(layout.Coverage, faces, distance);
        Fill(layout.Dissolved, faces, distance);
        Fill(layout.Bubbles, faces, distance);
        Fill(layout.Temperature, [.. Enumerable.Range(0, mesh.NodeCount)]);
        Fill(layout.Insulator, layout.Insulators.Free);
        Fill(layout.Electron, layout.Wo3Nodes);
        level[layout.GateHydrogen] = level[layout.GateCharge] = level[layout.GateVoltage] =
            gateNode < 0 ? -1 : nodeLevel[gateNode] - distance;
        if (layout.DrainVoltage >= 0)
            level[layout.DrainVoltage] = -1;
        return level;
    }

    // Levels without unknowns are left out: neighbours stay neighbours or come closer.
    private static int[] Compress(int[] level)
    {
        int[] used = [.. level.Where(l => l >= 0).Distinct().Order()];
        return [.. level.Select(l => l < 0 ? -1 : Array.BinarySearch(used, l))];
    }
}
