using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Time;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>Chemical potentials over q [V] of protons at the nodes of PSG and of hydrogen at those of WO3, with their slopes.</summary>
/// <remarks>
/// The balance of energy needs each several times in an evaluation: dissipation along edges and chemical work at nodes. They
/// are worked out once, and their logarithms together.
/// </remarks>
internal sealed class NodePotentials<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly AssemblyContext<P> _context;
    private readonly P[] _logarithm;

    public NodePotentials(AssemblyContext<P> context)
    {
        _context = context;
        int psg = context.U.PsgNodes.Length, wo3 = context.U.Wo3Nodes.Length;
        (Proton, ProtonByDensity, ProtonByTemperature) = (new P[psg], new P[psg], new P[psg]);
        (Inserted, InsertedByDensity, InsertedByTemperature) = (new P[wo3], new P[wo3], new P[wo3]);
        _logarithm = new P[psg + wo3];
    }

    /// <summary>Protons, without q phi.</summary>
    public P[] Proton { get; }

    /// <summary>Derivative by the density [V m^3].</summary>
    public P[] ProtonByDensity { get; }

    /// <summary>Derivative by the temperature [V/K].</summary>
    public P[] ProtonByTemperature { get; }

    /// <summary>Inserted hydrogen.</summary>
    public P[] Inserted { get; }

    /// <summary>Derivative by the density [V m^3].</summary>
    public P[] InsertedByDensity { get; }

    /// <summary>Derivative by the temperature [V/K].</summary>
    public P[] InsertedByTemperature { get; }

    /// <summary>Potentials of a state.</summary>
    public void Update(P[] x)
    {
        UnknownLayout u = _context.U;
        int psg = Proton.Length;
        for (int i = 0; i < psg; i++)
            _logarithm[i] = _context.Potentials.ProtonRatio(x[u.Proton + i]);
        for (int j = 0; j < Inserted.Length; j++)
            _logarithm[psg + j] = _context.Potentials.InsertedRatio(x[u.Hydrogen + j]);
        VectorMath.Log(VectorMath.Doubles(_logarithm));
        for (int i = 0; i < psg; i++)
            Proton[i] = _context.Potentials.ProtonOf(_logarithm[i], _context.ThermalVoltageAt(x, u.PsgNodes[i]));
        for (int j = 0; j < Inserted.Length; j++)
            Inserted[j] = _context.Potentials.InsertedOf(
                _logarithm[psg + j], x[u.Hydrogen + j], _context.ThermalVoltageAt(x, u.Wo3Nodes[j]));
    }

    /// <summary>Potentials and slopes of a state.</summary>
    public void UpdateSlopes(P[] x)
    {
        Update(x);
        UnknownLayout u = _context.U;
        int psg = Proton.Length;
        for (int i = 0; i < psg; i++)
        {
            (Dual<P, Gradient4<P>> density, Dual<P, Gradient4<P>> thermal) = Seed(x, u.Proton + i, u.PsgNodes[i]);
            var slope = _context.Potentials.ProtonOf(
                Logarithm(i, _context.Potentials.ProtonRatio(density)), thermal).Slope;
            (ProtonByDensity[i], ProtonByTemperature[i]) = (slope.D0, slope.D1 * VoltPerKelvin);
        }
        for (int j = 0; j < Inserted.Length; j++)
        {
            (Dual<P, Gradient4<P>> density, Dual<P, Gradient4<P>> thermal) = Seed(x, u.Hydrogen + j, u.Wo3Nodes[j]);
            var slope = _context.Potentials.InsertedOf(
                Logarithm(psg + j, _context.Potentials.InsertedRatio(density)), density, thermal).Slope;
            (InsertedByDensity[j], InsertedByTemperature[j]) = (slope.D0, slope.D1 * VoltPerKelvin);
        }
    }

    private (Dual<P, Gradient4<P>> Density, Dual<P, Gradient4<P>> Thermal) Seed(P[] x, int unknown, int node) => (
        new(x[unknown], Gradient4<P>.Seed(0)), new(_context.ThermalVoltageAt(x, node), Gradient4<P>.Seed(1)));

    // ln of a ratio whose logarithm is known.
    private Dual<P, Gradient4<P>> Logarithm(int place, Dual<P, Gradient4<P>> ratio) =>
        new(_logarithm[place], ratio.Slope * P.Reciprocal(ratio.Value));
}
