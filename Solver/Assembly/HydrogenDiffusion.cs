using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>Inserted hydrogen in WO3: Fick or thermodynamic diffusion, and the heat it dissipates.</summary>
internal sealed class HydrogenDiffusion<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private const int Left = 0, Right = 1, HeatLeft = 2, HeatRight = 3;

    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly InsertionDiffusion<P> _diffusion;
    private readonly (LocalBlock<P> Block, P AreaOverLength)[] _edges;
    private readonly P[] _volume;

    // A constant coefficient at one temperature makes the part linear: its entries are constants.
    private readonly bool _isLinear;
    private readonly int[] _left, _right;
    private readonly P[] _conductance;
    private ILinearSolver<P>? _solver;

    public HydrogenDiffusion(AssemblyContext<P> context)
    {
        _context = context;
        _u = context.U;
        ControlVolumeMesh mesh = context.Mesh;
        _diffusion = new()
        {
            Diffusivity = context.Pack(d => d.Wo3.Diffusivity),
            IsThermodynamic = context.Device.Wo3.DiffusionLaw == DiffusionLaw.Thermodynamic,
            TracerDilute = context.Pack(d => d.Wo3.TracerDiffusivityDilute),
            TracerSlope = context.Pack(d =>
                Math.Log(d.Wo3.TracerDiffusivityRich / d.Wo3.TracerDiffusivityDilute) / d.Wo3.TracerRichComposition),
            InverseSiteDensity = context.Pack(d => 1 / d.Wo3.SiteDensity),
            Interaction = context.Pack(d => d.Wo3.InteractionPotential),
            Species = context.Pack(d => d.Wo3.DiluteSpecies),
            Temperature = context.Arrhenius(d => d.Wo3.DiffusionActivationEnergy),
        };
        _edges = [.. Enumerable.Range(0, mesh.EdgeCount)
            .Where(e => mesh.MaterialOf(mesh.EdgeLeft[e]) == MaterialKind.Channel)
            .Select(e =>
            {
                int left = _u.Hydrogen + _u.Local[mesh.EdgeLeft[e]], right = _u.Hydrogen + _u.Local[mesh.EdgeRight[e]];
                int heatLeft = context.HasHeat ? _u.Temperature + mesh.EdgeLeft[e] : -1;
                int heatRight = context.HasHeat ? _u.Temperature + mesh.EdgeRight[e] : -1;
                int[] all = [left, right, heatLeft, heatRight];
                return (new LocalBlock<P>(all, all), context.Pack((_, m) => m.EdgeArea[e] / m.EdgeLength[e]));
            })];
        _volume = [.. _u.Wo3Nodes.Select(n => context.Pack((_, m) => m.Volume[n]))];
        _isLinear = !_diffusion.IsThermodynamic && !context.HasEnergy;
        _left = [.. _edges.Select(e => e.Block.Unknowns[Left])];
        _right = [.. _edges.Select(e => e.Block.Unknowns[Right])];
        P one = P.From(1), zero = default;
        _conductance = [.. _edges.Select(e => _isLinear
            ? _diffusion.FluxTimesLength(one, zero, context.InverseThermalVoltage, context.IsReferenceTemperature) * e.AreaOverLength
            : zero)];
    }

    public void Declare(PatternBuilder pattern)
    {
        foreach ((LocalBlock<P> block, _) in _edges)
            block.Declare(pattern);
    }

    public void Bind(ILinearSolver<P> solver)
    {
        _solver = solver;
        foreach ((LocalBlock<P> block, _) in _edges)
            block.Bind(solver);
    }

    public void AddConstants(P[] jacobian, P[] mass)
    {
        for (int j = 0; j < _volume.Length; j++)
            mass[_u.Hydrogen + j] += _volume[j];
        for (int e = 0; e < _left.Length; e++)
        {
            jacobian[_solver!.Slot(_left[e], _left[e])] -= _conductance[e];
            jacobian[_solver.Slot(_left[e], _right[e])] += _conductance[e];
            jacobian[_solver.Slot(_right[e], _right[e])] -= _conductance[e];
            jacobian[_solver.Slot(_right[e], _left[e])] += _conductance[e];
        }
    }

    public void AddResidual(P[] x, P[] f)
    {
        if (_isLinear)
        {
            // Down a chain of nodes each current is carried on to the next node.
            P carried = default;
            int end = -1;
            for (int e = 0; e < _left.Length; e++)
            {
                int left = _left[e], right = _right[e];
                if (left != end && end >= 0)
                {
                    f[end] += carried;
                    carried = default;
                }
                P current = (x[left] - x[right]) * _conductance[e];
                f[left] += carried - current;
                (carried, end) = (current, right);
            }
            if (end >= 0)
                f[end] += carried;
            return;
        }
        foreach ((LocalBlock<P> block, P areaOverLength) in _edges)
        {
            int[] k = block.Unknowns;
            P inverse = _context.InverseThermalVoltage;
            if (_context.HasHeat)
                inverse = P.Reciprocal((x[k[HeatLeft]] + x[k[HeatRight]]) * (0.5 * VoltPerKelvin));
            P current = _diffusion.FluxTimesLength(x[k[Left]], x[k[Right]], inverse, _context.IsReferenceTemperature)
                * areaOverLength;
            f[k[Left]] -= current;
            f[k[Right]] += current;
            if (!_context.HasEnergy)
                continue;
            P[] potential = _context.AtNodes!.Inserted;
            P power = current * (potential[k[Left] - _u.Hydrogen] - potential[k[Right] - _u.Hydrogen]) * ElementaryCharge;
            _context.HeatRate += power;
            if (_context.HasHeat)
            {
                f[k[HeatLeft]] += power * 0.5;
                f[k[HeatRight]] += power * 0.5;
            }
        }
    }

    public void AddJacobian(P[] x, P[] jacobian)
    {
        if (_isLinear)
            return;
        P zero = default, one = P.From(1), half = P.From(0.5);
        foreach ((LocalBlock<P> block, P areaOverLength) in _edges)
        {
            var left = block.Seed(x, Left, zero);
            var right = block.Seed(x, Right, zero);
            var inverse = _context.HasHeat
                ? Dual<P, Gradient8<P>>.Reciprocal(
                    (block.Seed(x, HeatLeft, zero) + block.Seed(x, HeatRight, zero)) * (0.5 * VoltPerKelvin))
                : Dual<P, Gradient8<P>>.Constant(_context.InverseThermalVoltage);
            var current = _diffusion.FluxTimesLength(left, right, inverse, _context.IsReferenceTemperature) * areaOverLength;
            block.Add(jacobian, Left, current, -one);
            block.Add(jacobian, Right, current, one);
            if (!_context.HasEnergy)
                continue;
            var thermalLeft = Dual<P, Gradient8<P>>.Reciprocal(inverse);
            var thermalRight = thermalLeft;
            if (_context.HasHeat)
            {
                thermalLeft = block.Seed(x, HeatLeft, zero) * VoltPerKelvin;
                thermalRight = block.Seed(x, HeatRight, zero) * VoltPerKelvin;
            }
            var power = Power(current, left, right, thermalLeft, thermalRight);
            block.AddTo(_context.HeatGradient, power, one);
            if (_context.HasHeat)
            {
                block.Add(jacobian, HeatLeft, power, half);
                block.Add(jacobian, HeatRight, power, half);
            }
        }
    }

    /// <summary>Hydrogen in WO3 [1], atoms of the whole device.</summary>
    public P Inventory(P[] x)
    {
        P sum = default;
        for (int j = 0; j < _volume.Length; j++)
            sum += x[_u.Hydrogen + j] * _volume[j];
        return sum;
    }

    /// <summary>Dissipated power [W]: flux times the fall of the chemical potential, each end at its own temperature.</summary>
    private T Power<T>(T current, T left, T right, T thermalLeft, T thermalRight)
        where T : struct, IReal<T, P> =>
        current * (_context.Potentials.Inserted(left, thermalLeft) - _context.Potentials.Inserted(right, thermalRight))
        * ElementaryCharge;
}
