using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Layout;

namespace FvSolver.Solver.Assembly;

/// <summary>What all parts of an assembly share: devices in lanes, and the energy of their species.</summary>
internal sealed class AssemblyContext<P> : DeviceLanes<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    /// <inheritdoc/>
    public AssemblyContext(IReadOnlyList<DeviceColumn> columns, UnknownLayout layout, bool hasLedger) : base(columns, layout, hasLedger) =>
        AtNodes = HasEnergy ? NodePotentials<P>.Of(this) : null;

    /// <summary>Enthalpies at the nodes for the present evaluation; null when no energy is added up.</summary>
    public NodePotentials<P>? AtNodes { get; }

    /// <summary>Adds power that is dissipated between two nodes, half of it to each where temperature is an unknown [W].</summary>
    public void AddHeat(P[] f, P power, int row, int otherRow)
    {
        HeatRate += power;
        if (!HasHeat)
            return;
        f[row] += power * 0.5;
        f[otherRow] += power * 0.5;
    }

    /// <summary>Adds the derivatives of power that is dissipated between two nodes, times a factor.</summary>
    public void AddHeat<G>(Span<P> jacobian, LocalBlock<P> block, in Dual<P, G> power, P factor, int row, int otherRow)
        where G : struct, IGradient<G, P>
    {
        if (!HasHeat)
        {
            block.AddTo(HeatGradient, power, factor);
            return;
        }
        block.Add(jacobian, row, power, factor * 0.5);
        block.Add(jacobian, otherRow, power, factor * 0.5);
    }
}
