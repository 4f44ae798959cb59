using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>Bound protons in PSG: exchange with mobile ones, sped up by the field.</summary>
/// <remarks>
/// The field belongs to edges, the exchange to nodes: each half of an edge exchanges in its share of its node's control
/// volume, A h/2 cos^2 with the edge's angle to the stack, with the field of the edge. The shares of a node add up to its
/// volume. In a cross-section it is thus the field down the stack that speeds up the exchange; fields along the film do not. The
/// dissipated power is the rate times the drop of the chemical potential, never negative.
/// </remarks>
internal sealed class TrapStore<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private const int Mobile = 0, Bound = 1, Near = 2, Far = 3, Temperature = 4;

    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly TrapExchange<P> _exchange;
    private readonly (LocalBlock<P> Block, P Share, P InverseLength)[] _halves;
    private readonly P[] _volume;

    public TrapStore(AssemblyContext<P> context)
    {
        _context = context;
        _u = context.U;
        ControlVolumeMesh mesh = context.Mesh;
        _exchange = TrapExchange<P>.Of(context.Pack, context.Device);
        var halves = new List<(LocalBlock<P>, P, P)>();
        for (int e = 0; e < mesh.EdgeCount; e++)
        {
            if (mesh.MaterialOf(mesh.EdgeLeft[e]) != MaterialKind.Electrolyte)
                continue;
            int edge = e;
            P share = context.Pack((_, m) => m.EdgeArea[edge] * m.EdgeLength[edge] / 2 * SquaredCosine(m, edge));
            P inverse = context.Pack((_, m) => 1 / m.EdgeLength[edge]);
            foreach ((int node, int other) in new[] { (mesh.EdgeLeft[e], mesh.EdgeRight[e]), (mesh.EdgeRight[e], mesh.EdgeLeft[e]) })
            {
                int near = _u.Local[node], far = _u.Local[other], heat = UnknownLayout.At(_u.Temperature, node);
                halves.Add((new([_u.Proton + near, _u.Bound + near],
                    [_u.Proton + near, _u.Bound + near, _u.Potential + near, _u.Potential + far, heat]), share, inverse));
            }
        }
        _halves = [.. halves];
        _volume = context.Volumes(_u.PsgNodes);
    }

    private static double SquaredCosine(ControlVolumeMesh mesh, int edge)
    {
        if (mesh.Dimension == 1)
            return 1;
        double dx = mesh.X[mesh.EdgeRight[edge]] - mesh.X[mesh.EdgeLeft[edge]],
            dz = mesh.Z[mesh.EdgeRight[edge]] - mesh.Z[mesh.EdgeLeft[edge]];
        return dz * dz / (dx * dx + dz * dz);
    }

    public void Enter(MatrixEntries<P> entries)
    {
        foreach ((LocalBlock<P> block, _, _) in _halves)
            block.Enter(entries);
        entries.AddMass(_u.Bound, _volume);
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        foreach ((LocalBlock<P> block, P share, P inverseLength) in _halves)
        {
            int[] k = block.Unknowns;
            P inverse = _context.HasHeat ? P.Reciprocal(x[k[Temperature]] * VoltPerKelvin) : _context.InverseThermalVoltage;
            P captured = _exchange.Capture(x[k[Mobile]], x[k[Bound]], (x[k[Near]] - x[k[Far]]) * inverseLength, inverse) * share;
            f[k[Mobile]] -= captured;
            f[k[Bound]] += captured;
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        AddResidual(x, f);
        P one = P.From(1);
        foreach ((LocalBlock<P> block, P share, P inverseLength) in _halves)
        {
            var inverse = _context.HasHeat
                ? Dual<P, Gradient8<P>>.Reciprocal(block.Seed<Gradient8<P>>(x, Temperature) * VoltPerKelvin)
                : Dual<P, Gradient8<P>>.Constant(_context.InverseThermalVoltage);
            var field = (block.Seed<Gradient8<P>>(x, Near) - block.Seed<Gradient8<P>>(x, Far)) * inverseLength;
            var mobile = block.Seed<Gradient8<P>>(x, Mobile);
            var bound = block.Seed<Gradient8<P>>(x, Bound);
            var captured = _exchange.Capture(mobile, bound, field, inverse) * share;
            block.Add(jacobian, Mobile, captured, -one);
            block.Add(jacobian, Bound, captured, one);
        }
    }
}
