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
    private readonly SpeciesPotential<P>[] _species;
    private readonly P[] _potential;

    public ChemicalWork(AssemblyContext<P> context, GateContact<P> gate, ChannelContact<P> channel)
    {
        (_context, _u, _gate, _channel) = (context, context.U, gate, channel);
        NodePotentials<P> at = context.AtNodes!;
        _species = [.. new[] { at.Proton, at.Bound, at.Inserted, at.Adsorbed, at.Molecule }.Where(s => s.Nodes.Length > 0)];
        _potential = AlignedArray.Create<P>(_u.Size);
        Weights = AlignedArray.Create<P>(_u.Size);
    }

    /// <summary>Energy per particle [J] by the row of its balance, 0 for other rows; filled by <see cref="Linearise"/>.</summary>
    public P[] Weights { get; }

    /// <summary>Rate [W] from a residual and the potentials of its state.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public P Rate(P[] f)
    {
        Visit(f, []);
        return Sum(f);
    }

    /// <summary>
    /// Rate [W], and its derivative by each unknown at fixed rates of species; <see cref="Weights"/> say what those add.
    /// </summary>
    [MethodImpl(Compilation.HotLoop)]
    public P Linearise(P[] f, P[] gradient)
    {
        Array.Clear(gradient);
        Visit(f, gradient);
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
    private void Visit(P[] f, P[] gradient)
    {
        foreach (SpeciesPotential<P> species in _species)
        {
            species.Value.CopyTo(_potential, species.Start);
            if (gradient.Length > 0)
                AddSlopes(f, gradient, species);
        }
        for (int k = 0; k < _channel.LeakRates.Length; k++)
        {
            P molecule = _context.AtNodes!.Molecule.Value[k];
            _potential[_u.Bubbles + k] = molecule;
            if (gradient.Length > 0)
                AddSlope(gradient, _context.AtNodes.Molecule, k, f[_u.Bubbles + k] + _channel.LeakRates[k]);
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private void AddSlopes(P[] f, P[] gradient, SpeciesPotential<P> species)
    {
        for (int i = 0; i < species.Nodes.Length; i++)
            AddSlope(gradient, species, i, f[species.Start + i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddSlope(P[] gradient, SpeciesPotential<P> species, int place, P rate)
    {
        gradient[species.Start + place] += species.ByDensity[place] * rate;
        if (_context.HasHeat)
            gradient[_u.Temperature + species.Nodes[place]] += species.ByTemperature[place] * rate;
    }
}
