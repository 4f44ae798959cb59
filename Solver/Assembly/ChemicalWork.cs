using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Time;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>Rate of chemical work, sum over species of mu dN/dt [W], and its gradient: one term of the balance of energy.</summary>
/// <remarks>
/// With V dc/dt etc. the rates of the residual in particles per second, the sum over nodes of potential times rate, plus
/// the reservoir's, which the gate knows, and that of the gas that leaks out. Bubbles have the potential of dissolved hydrogen.
/// </remarks>
internal sealed class ChemicalWork<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly GateContact<P> _gate;
    private readonly ChannelContact<P> _channel;
    private readonly P[] _potential;

    public ChemicalWork(AssemblyContext<P> context, GateContact<P> gate, ChannelContact<P> channel)
    {
        (_context, _u, _gate, _channel) = (context, context.U, gate, channel);
        _potential = AlignedArray.Create<P>(_u.Size);
        Weights = AlignedArray.Create<P>(_u.Size);
    }

    /// <summary>Energy per particle [J] by the row of its balance, 0 for other rows; filled by <see cref="Linearise"/>.</summary>
    public P[] Weights { get; }

    /// <summary>Rate [W] from a state and its residual.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public P Rate(P[] x, P[] f)
    {
        Visit(x, f, []);
        return Sum(f);
    }

    /// <summary>
    /// Rate [W], and its derivative by each unknown at fixed rates of species; <see cref="Weights"/> say what those add.
    /// </summary>
    [MethodImpl(Compilation.HotLoop)]
    public P Linearise(P[] x, P[] f, P[] gradient)
    {
        Array.Clear(gradient);
        Visit(x, f, gradient);
        for (int k = 0; k < _channel.LeakRates.Length; k++)
            gradient[_u.Dissolved + k] += _potential[_u.Dissolved + k] * _channel.LeakGradient[_u.Dissolved + k];
        VectorMath.Scale(VectorMath.Doubles(gradient), ElementaryCharge, VectorMath.Doubles(gradient));
        VectorMath.Scale(VectorMath.Doubles(Weights), ElementaryCharge, VectorMath.Doubles(_potential));
        foreach (int u in _gate.GradientSupport)
            gradient[u] += _gate.ReservoirGradient[u];
        return Sum(f);
    }

    [MethodImpl(Compilation.HotLoop)]
    private P Sum(P[] f)
    {
        P sum = VectorMath.Product<P>(_potential, f);
        for (int k = 0; k < _channel.LeakRates.Length; k++)
            sum += _potential[_u.Dissolved + k] * _channel.LeakRates[k];
        return sum * ElementaryCharge + _gate.ReservoirWork;
    }

    /// <summary>Fills in the potentials and, where there is a gradient, adds rate times slope.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void Visit(P[] x, P[] f, P[] gradient)
    {
        NodePotentials<P> nodes = _context.AtNodes!;
        nodes.Proton.CopyTo(_potential, _u.Proton);
        nodes.Inserted.CopyTo(_potential, _u.Hydrogen);
        if (gradient.Length > 0)
        {
            AddSlopes(f, gradient, _u.Proton, _u.PsgNodes, nodes.ProtonByDensity, nodes.ProtonByTemperature);
            AddSlopes(f, gradient, _u.Hydrogen, _u.Wo3Nodes, nodes.InsertedByDensity, nodes.InsertedByTemperature);
        }
        for (int i = 0; i < _u.PsgNodes.Length && _u.Bound >= 0; i++)
            Species(x, f, gradient, Kind.Bound, _u.Bound + i, _u.PsgNodes[i]);
        for (int k = 0; k < _u.ChannelInterfaces.Length; k++)
        {
            int node = _u.ChannelInterfaces[k].First;
            Species(x, f, gradient, Kind.Adsorbed, _u.Coverage + k, node);
            if (_u.Dissolved < 0)
                continue;
            Species(x, f, gradient, Kind.Molecule, _u.Dissolved + k, node);
            _potential[_u.Bubbles + k] = _potential[_u.Dissolved + k];
            if (gradient.Length > 0)
                AddSlope(x, gradient, Kind.Molecule, _u.Dissolved + k, node, f[_u.Bubbles + k] + _channel.LeakRates[k]);
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private void AddSlopes(P[] f, P[] gradient, int start, int[] nodes, P[] byDensity, P[] byTemperature)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            gradient[start + i] += byDensity[i] * f[start + i];
            if (_context.HasHeat)
                gradient[_u.Temperature + nodes[i]] += byTemperature[i] * f[start + i];
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private void Species(P[] x, P[] f, P[] gradient, Kind kind, int unknown, int node)
    {
        _potential[unknown] = Potential(kind, x[unknown], _context.ThermalVoltageAt(x, node));
        if (gradient.Length > 0)
            AddSlope(x, gradient, kind, unknown, node, f[unknown]);
    }

    [MethodImpl(Compilation.HotLoop)]
    private void AddSlope(P[] x, P[] gradient, Kind kind, int unknown, int node, P rate)
    {
        var value = new Dual<P, Gradient4<P>>(x[unknown], Gradient4<P>.Seed(0));
        var thermal = new Dual<P, Gradient4<P>>(_context.ThermalVoltageAt(x, node), Gradient4<P>.Seed(1));
        var potential = Potential(kind, value, thermal);
        gradient[unknown] += potential.Slope.D0 * rate;
        if (_context.HasHeat)
            gradient[_u.Temperature + node] += potential.Slope.D1 * rate * VoltPerKelvin;
    }

    private T Potential<T>(Kind kind, T value, T thermalVoltage)
        where T : struct, IReal<T, P> => kind switch
        {
            Kind.Adsorbed => _context.Potentials.Adsorbed(value, thermalVoltage),
            Kind.Bound => _context.Potentials.Bound(value, thermalVoltage),
            _ => _context.Potentials.Molecule(value, thermalVoltage),
        };

    private enum Kind
    {
        Adsorbed,
        Bound,
        Molecule,
    }
}
