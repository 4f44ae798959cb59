using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;
using static FvSolver.Solver.Arithmetic.AlignedArray;

namespace FvSolver.Solver.Assembly;

/// <summary>Inserted hydrogen in WO3: Fick or thermodynamic diffusion, and the heat it dissipates.</summary>
internal abstract class HydrogenDiffusion<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly UnknownLayout _u;
    private readonly P[] _volume;

    protected HydrogenDiffusion(AssemblyContext<P> context)
    {
        _u = context.U;
        _volume = [.. _u.Wo3Nodes.Select(n => context.Pack((_, m) => m.Volume[n]))];
    }

    /// <summary>The part of a context: eight edges at a time where there are so many.</summary>
    public static HydrogenDiffusion<P> Of(AssemblyContext<P> context)
    {
        if (context is not AssemblyContext<Scalar> scalar)
            return new HydrogenDiffusion<P, P, OneEdge<P>>(context);
        return (HydrogenDiffusion<P>)(object)(EdgesOf(context.Mesh).Length < Lanes.Count
            ? new HydrogenDiffusion<Scalar, Scalar, OneEdge<Scalar>>(scalar)
            : new HydrogenDiffusion<Scalar, Lanes, EightEdges>(scalar));
    }

    /// <summary>Hydrogen in WO3 [1], atoms of the whole device.</summary>
    public P Inventory(P[] x)
    {
        P sum = default;
        for (int j = 0; j < _volume.Length; j++)
            sum += x[_u.Hydrogen + j] * _volume[j];
        return sum;
    }

    public abstract void Declare(PatternBuilder pattern);

    public abstract void Bind(ILinearSolver<P> solver);

    public virtual void AddConstants(P[] jacobian, P[] mass)
    {
        for (int j = 0; j < _volume.Length; j++)
            mass[_u.Hydrogen + j] += _volume[j];
    }

    public abstract void AddResidual(P[] x, P[] f);

    public abstract void AddLinearised(P[] x, P[] f, Span<P> jacobian);

    protected static int[] EdgesOf(ControlVolumeMesh mesh) =>
        [.. Enumerable.Range(0, mesh.EdgeCount).Where(e => mesh.MaterialOf(mesh.EdgeLeft[e]) == MaterialKind.Channel)];
}

/// <inheritdoc/>
/// <typeparam name="P">Numbers of the state.</typeparam>
/// <typeparam name="W">Numbers that the loop over edges computes with.</typeparam>
/// <typeparam name="A">How edges are taken from the state.</typeparam>
internal sealed class HydrogenDiffusion<P, W, A> : HydrogenDiffusion<P>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private const int RowEntries = 4;

    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly InsertionDiffusion<W> _diffusion;
    private readonly int _edges;

    // Of each edge: unknowns of its ends, and numbers of its nodes in the mesh.
    private readonly int[] _left, _right, _leftMesh, _rightMesh;
    private readonly P[] _areaOverLength;
    private readonly W _inverseThermalVoltage;

    // A constant coefficient at one temperature makes the part linear: its entries are constants.
    private readonly bool _isLinear, _isChain;
    private readonly P[] _conductance;

    // Edge e at place e + 1.
    private readonly P[] _current;
    private readonly EdgeSlopes<P> _slopes;
    private readonly EdgeDissipation<P, W, A>? _dissipation;
    private int[] _slots = [];
    private ILinearSolver<P>? _solver;

    public HydrogenDiffusion(AssemblyContext<P> context)
        : base(context)
    {
        _context = context;
        _u = context.U;
        ControlVolumeMesh mesh = context.Mesh;
        _diffusion = InsertionDiffusion<W>.Of(context.Broadcast<W, A>, context.Device, context.IsReferenceTemperature);
        _inverseThermalVoltage = A.Broadcast(context.InverseThermalVoltage);
        int[] edges = EdgesOf(mesh);
        _edges = edges.Length;
        (_leftMesh, _rightMesh) = ([.. edges.Select(e => mesh.EdgeLeft[e])], [.. edges.Select(e => mesh.EdgeRight[e])]);
        (_left, _right) = ([.. _leftMesh.Select(n => _u.Hydrogen + _u.Local[n])], [.. _rightMesh.Select(n => _u.Hydrogen + _u.Local[n])]);
        _isChain = _edges == _u.Wo3Nodes.Length - 1 && edges.Select((e, i) => _left[i] == _u.Hydrogen + i && _right[i] == _left[i] + 1
            && _leftMesh[i] == _leftMesh[0] + i && _rightMesh[i] == _leftMesh[i] + 1).All(ok => ok);
        _areaOverLength = AlignedArray.Of(edges.Select(e => context.Pack((_, m) => m.EdgeArea[e] / m.EdgeLength[e])));
        _isLinear = !_diffusion.Diffusivity.IsThermodynamic && !context.HasEnergy;
        _current = AlignedArray.Create<P>(_edges + 2);
        P[] byTemperature = context.HasHeat ? AlignedArray.Create<P>(_edges) : [];
        _slopes = new(AlignedArray.Create<P>(_edges), AlignedArray.Create<P>(_edges), [], byTemperature, byTemperature);
        _conductance = AlignedArray.Create<P>(_edges);
        int last = _edges - A.Count;
        for (int e = 0; _isLinear; e = Math.Min(e + A.Count, last))
        {
            A.Store(_conductance, e, _diffusion.Evaluate(W.From(1), default, _inverseThermalVoltage, A.Load(_areaOverLength, e)));
            if (e == last)
                break;
        }
        _dissipation = context.HasEnergy ? new(context, _u.Hydrogen, -1, edges, _isChain) : null;
    }

    public override void Declare(PatternBuilder pattern)
    {
        for (int e = 0; e < _edges; e++)
            pattern.Add([_left[e], _right[e]], Columns(e));
        _dissipation?.Declare(pattern);
    }

    public override void Bind(ILinearSolver<P> solver)
    {
        _solver = solver;
        _slots = new int[_edges * 2 * RowEntries];
        for (int e = 0; e < _edges; e++)
        {
            int[] columns = Columns(e);
            for (int k = 0; k < columns.Length; k++)
            {
                _slots[2 * e * RowEntries + k] = solver.Slot(_left[e], columns[k]);
                _slots[(2 * e + 1) * RowEntries + k] = solver.Slot(_right[e], columns[k]);
            }
        }
        _dissipation?.Bind(solver);
    }

    public override void AddConstants(P[] jacobian, P[] mass)
    {
        base.AddConstants(jacobian, mass);
        for (int e = 0; e < _edges; e++)
        {
            jacobian[_solver!.Slot(_left[e], _left[e])] -= _conductance[e];
            jacobian[_solver.Slot(_left[e], _right[e])] += _conductance[e];
            jacobian[_solver.Slot(_right[e], _right[e])] -= _conductance[e];
            jacobian[_solver.Slot(_right[e], _left[e])] += _conductance[e];
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    public override void AddResidual(P[] x, P[] f)
    {
        if (_isLinear && _isChain)
        {
            ChainFlows.Add(f, x, _u.Hydrogen, _conductance);
            return;
        }
        if (_isChain && _context.HasHeat && Compilation.InlinesWholeEdges)
        {
            AddWarmAlong(x, f);
            return;
        }
        if (_isLinear)
        {
            for (int e = 0; e < _edges; e++)
                _current[e + 1] = (x[_left[e]] - x[_right[e]]) * _conductance[e];
        }
        else
        {
            // The last group overlaps the one before it: fluxes are stored, not added, so that this is harmless.
            int last = _edges - A.Count;
            for (int e = 0; ; e = Math.Min(e + A.Count, last))
            {
                A.Store(_current, e + 1, _diffusion.Evaluate(Left(x, e), Right(x, e), Inverse(x, e), A.Load(_areaOverLength, e)));
                if (e == last)
                    break;
            }
        }
        AddBalances(x, f);
    }

    /// <summary>F and the heat along a chain, in one loop.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddWarmAlong(P[] x, P[] f)
    {
        ref P density = ref First(x, _u.Hydrogen), temperature = ref First(x, _u.Temperature + _leftMesh[0]);
        ref P rates = ref First(f, _u.Hydrogen), heats = ref First(f, _u.Temperature + _leftMesh[0]);
        ref P chemical = ref First(_context.AtNodes!.Inserted.Value), areaOverLength = ref First(_areaOverLength);
        W before = default, powerBefore = default, total = default;
        // The last group overlaps the one before it and adds what is its own.
        nint last = _edges - A.Count;
        for (nint e = 0; ; e = Math.Min(e + A.Count, last))
        {
            W inverse = W.Reciprocal((A.Get(ref temperature, e) + A.Get(ref temperature, e + 1)) * (0.5 * VoltPerKelvin));
            W current = _diffusion.Evaluate(A.Get(ref density, e), A.Get(ref density, e + 1), inverse, A.Get(ref areaOverLength, e));
            W power = Dissipation.Power<W, W>(current, A.Get(ref chemical, e) - A.Get(ref chemical, e + 1));
            A.Add(ref rates, e, A.Behind(current, before) - current);
            A.Add(ref heats, e, (A.Behind(power, powerBefore) + power) * 0.5);
            total += A.Own(power, e);
            (before, powerBefore) = (current, power);
            if (e == last)
                break;
        }
        Unsafe.Add(ref rates, _edges) += A.Last(before);
        Unsafe.Add(ref heats, _edges) += A.Last(powerBefore) * 0.5;
        if (_context.HasLedger)
            _context.HeatRate += A.Sum(total);
    }

    /// <summary>Adds the currents of the edges to the balances of the nodes, and the heat.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddBalances(P[] x, P[] f)
    {
        if (_isChain)
            ChainFlows.AddTo(f, _u.Hydrogen, _current);
        for (int e = 0; e < _edges && !_isChain; e++)
        {
            f[_left[e]] -= _current[e + 1];
            f[_right[e]] += _current[e + 1];
        }
        _dissipation?.AddPower(x, f, _current, _context.AtNodes!.Inserted.Value);
    }

    [MethodImpl(Compilation.HotLoop)]
    public override void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        if (_isLinear)
        {
            AddResidual(x, f);
            return;
        }
        int last = _edges - A.Count;
        for (int e = 0; ; e = Math.Min(e + A.Count, last))
        {
            EdgeJacobian(x, e);
            if (e == last)
                break;
        }
        AddBalances(x, f);
        AddEntries(jacobian);
        _dissipation?.Differentiate(x, _current, _slopes, _context.AtNodes!.Inserted);
        _dissipation?.AddEntries(jacobian);
    }

    [MethodImpl(Compilation.HotLoop)]
    private void AddEntries(Span<P> jacobian)
    {
        // The slots are the solver's own: entries are taken without checks.
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        ref int row = ref MemoryMarshal.GetArrayDataReference(_slots);
        ReadOnlySpan<P> byLeft = _slopes.ByLeft, byRight = _slopes.ByRight, byTemperature = _slopes.ByLeftTemperature;
        bool hasHeat = byTemperature.Length == byLeft.Length;
        for (int e = 0; e < byLeft.Length; e++)
        {
            ref int next = ref Unsafe.Add(ref row, RowEntries);
            Unsafe.Add(ref entries, row) -= byLeft[e];
            Unsafe.Add(ref entries, Unsafe.Add(ref row, 1)) -= byRight[e];
            Unsafe.Add(ref entries, next) += byLeft[e];
            Unsafe.Add(ref entries, Unsafe.Add(ref next, 1)) += byRight[e];
            if (hasHeat)
            {
                P half = byTemperature[e];
                Unsafe.Add(ref entries, Unsafe.Add(ref row, 2)) -= half;
                Unsafe.Add(ref entries, Unsafe.Add(ref row, 3)) -= half;
                Unsafe.Add(ref entries, Unsafe.Add(ref next, 2)) += half;
                Unsafe.Add(ref entries, Unsafe.Add(ref next, 3)) += half;
            }
            row = ref Unsafe.Add(ref next, RowEntries);
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private void EdgeJacobian(P[] x, int e)
    {
        var left = new Dual<W, Gradient4<W>>(Left(x, e), Gradient4<W>.Seed(0));
        var right = new Dual<W, Gradient4<W>>(Right(x, e), Gradient4<W>.Seed(1));
        var inverse = new Dual<W, Gradient4<W>>(Inverse(x, e), Gradient4<W>.Seed(2));
        var flux = _diffusion.Evaluate(left, right, inverse, A.Load(_areaOverLength, e));
        A.Store(_current, e + 1, flux.Value);
        A.Store(_slopes.ByLeft, e, flux.Slope.D0);
        A.Store(_slopes.ByRight, e, flux.Slope.D1);
        // d(1/V_T)/dT = -(1/V_T)^2 k/q, half of it by either end's temperature.
        if (_context.HasHeat)
            A.Store(_slopes.ByLeftTemperature, e, -(flux.Slope.D2 * inverse.Value * inverse.Value * (0.5 * VoltPerKelvin)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W Left(P[] x, int e) => _isChain ? A.Load(x, _u.Hydrogen + e) : A.Gather(x, 0, _left, e);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W Right(P[] x, int e) => _isChain ? A.Load(x, _u.Hydrogen + e + 1) : A.Gather(x, 0, _right, e);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W Inverse(P[] x, int e) => _context.HasHeat ? W.Reciprocal(MeanTemperature(x, e) * VoltPerKelvin) : _inverseThermalVoltage;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W MeanTemperature(P[] x, int e)
    {
        int first = _u.Temperature + _leftMesh[0];
        return (_isChain
            ? A.Load(x, first + e) + A.Load(x, first + e + 1)
            : A.Gather(x, _u.Temperature, _leftMesh, e) + A.Gather(x, _u.Temperature, _rightMesh, e)) * 0.5;
    }

    private int[] Columns(int e) => _context.HasHeat
        ? [_left[e], _right[e], _u.Temperature + _leftMesh[e], _u.Temperature + _rightMesh[e]]
        : [_left[e], _right[e]];
}
