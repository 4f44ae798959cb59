using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

/// <summary>Poisson's equation at the nodes of PSG: its coefficients, and what of its Jacobian is constant, which is all.</summary>
/// <typeparam name="P">Numbers of the state.</typeparam>
/// <typeparam name="W">Numbers of a sweep.</typeparam>
internal sealed class PoissonRows<P, W>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
{
    private readonly UnknownLayout _u;
    private readonly EdgeSet _edges;

    public PoissonRows(AssemblyContext<P> context, EdgeSet edges, Poisson<W> law)
    {
        (_u, _edges, Law) = (context.U, edges, law);
        var permittivity = Poisson<P>.Of(context.Pack, context.Device).Permittivity;
        Capacitance = AlignedArray.Of(edges.Edges.Select(e => permittivity * context.Pack((_, m) => m.EdgeArea[e] / m.EdgeLength[e])));
        Charge = AlignedArray.Of(_u.PsgNodes.Select(n => context.Pack((_, m) => Materials.Constants.ElementaryCharge * m.Volume[n])));
    }

    /// <summary>The law.</summary>
    public Poisson<W> Law { get; }

    /// <summary>eps A/h of each edge [F].</summary>
    public P[] Capacitance { get; }

    /// <summary>q V of each node [C m^3].</summary>
    public P[] Charge { get; }

    public void Declare(PatternBuilder pattern)
    {
        for (int e = 0; e < _edges.Count; e++)
        {
            int[] ends = [_u.Potential + _edges.Left[e], _u.Potential + _edges.Right[e]];
            pattern.Add(ends, ends);
        }
        for (int i = 0; i < Charge.Length; i++)
            pattern.Add([_u.Potential + i], [_u.Proton + i, _u.Bound >= 0 ? _u.Bound + i : -1]);
    }

    public void AddConstants(ILinearSolver<P> solver, P[] jacobian)
    {
        for (int i = 0; i < Charge.Length; i++)
        {
            jacobian[solver.Slot(_u.Potential + i, _u.Proton + i)] += Charge[i];
            if (_u.Bound >= 0)
                jacobian[solver.Slot(_u.Potential + i, _u.Bound + i)] += Charge[i];
        }
        for (int e = 0; e < _edges.Count; e++)
        {
            int left = _u.Potential + _edges.Left[e], right = _u.Potential + _edges.Right[e];
            jacobian[solver.Slot(left, left)] -= Capacitance[e];
            jacobian[solver.Slot(left, right)] += Capacitance[e];
            jacobian[solver.Slot(right, right)] -= Capacitance[e];
            jacobian[solver.Slot(right, left)] += Capacitance[e];
        }
    }

    /// <summary>Energy of the field [J].</summary>
    public P Energy(P[] x)
    {
        P sum = default;
        for (int e = 0; e < _edges.Count; e++)
        {
            P drop = x[_u.Potential + _edges.Left[e]] - x[_u.Potential + _edges.Right[e]];
            sum += drop * drop * Capacitance[e] * 0.5;
        }
        return sum;
    }
}
