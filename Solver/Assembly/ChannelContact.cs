using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>PSG/WO3 interfaces: compact layer, and the reactions of <see cref="InterfaceChemistry{P}"/>.</summary>
/// <remarks>
/// Per interface of area A: displacement into the compact layer A eps (phi_N - psi - chi)/l_S leaves the PSG; with space charge the
/// drop is phi_N - phi_s, and it enters the film. Each species
/// grows by A times what the reactions make of it. The row of protons at the face is their balance joint with that of
/// adsorbed and dissolved hydrogen: the one-way rates of a charge transfer, which at a full or empty channel exceed what is
/// left of them by more than the digits of a number, cancel by construction, and nothing is lost in the linear algebra. Every proton takes
/// an electron from WO3: with electrons, the charge of the compact layer and of the protons goes into their balance (see
/// <see cref="ElectronConduction{P}"/>), with space charge the electrons that reactions make (see <see cref="ElectronTransport{P}"/>);
/// without, psi is 0.
/// </remarks>
internal sealed partial class ChannelContact<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    // Local unknowns and rows: the species by their places, then these.
    private const int Phi = InterfaceSpecies.Count, HeatPsg = Phi + 1, HeatWo3 = Phi + 2, Band = Phi + 3, RemotePhi = Phi + 4,
        Density = Phi + 5;
    private const int RowHeatPsg = InterfaceSpecies.Count, RowHeatWo3 = RowHeatPsg + 1, RowElectron = RowHeatPsg + 2;
    private const int Proton = InterfaceSpecies.Proton, Inserted = InterfaceSpecies.Inserted, Leaked = InterfaceSpecies.Leaked,
        Remote = InterfaceSpecies.Remote;

    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly InterfaceChemistry<P> _chemistry;
    private readonly SternLayer<P> _layer;
    private readonly Face[] _faces;
    private readonly P _inverseSites, _perElectron;
    private readonly ElectronStatistics<P> _electrons;

    // Places of the species that have rows here, and of those with unknowns of their own on the faces, with their masses.
    private readonly int[] _present;
    private readonly (InterfaceSpecies Species, P PerUnit)[] _own;
    private readonly bool _hasGas, _hasRemote, _hasDensity;

    public ChannelContact(AssemblyContext<P> context)
    {
        _context = context;
        _u = context.U;
        _chemistry = InterfaceChemistry<P>.Of(context.Pack, context.Device);
        _layer = SternLayer<P>.Of(context.Pack, context.Device);
        _inverseSites = context.Pack(d => 1 / d.Wo3.SiteDensity);
        _electrons = ElectronStatistics<P>.Of(context.Pack, context.Device);
        _hasDensity = _u.ElectronDensity >= 0;
        _perElectron = P.From(_hasDensity ? 1 : -ElementaryCharge);
        _own = [.. InterfaceSpecies.All.Where(s => _u.Start(s) >= 0).Select(s => (s, context.Pack(s.PerUnit)))];
        _hasGas = _u.Dissolved >= 0;
        _hasRemote = _hasGas && context.Device.Hypotheses.RemoteHeyrovsky;
        _present = [Proton, Inserted, .. _own.Select(s => s.Species.Place), .. _hasRemote ? [Remote] : Array.Empty<int>()];
        _faces = [.. Enumerable.Range(0, _u.ChannelInterfaces.Length).Select(CreateFace)];
        LeakGradient = _hasGas ? AlignedArray.Create<P>(_u.Size) : [];
        LeakSupport = _hasGas ? [.. _faces.Select(f => f.Block.Unknowns[InterfaceSpecies.Dissolved])] : [];
    }

    /// <summary>Hydrogen molecules that leak out, of the last residual [1/s].</summary>
    public P LeakRate { get; private set; }

    /// <summary>Derivative of <see cref="LeakRate"/> with respect to each unknown.</summary>
    public P[] LeakGradient { get; }

    /// <summary>Unknowns on which the leak depends.</summary>
    public int[] LeakSupport { get; }

    public void Enter(MatrixEntries<P> entries)
    {
        foreach (Face face in _faces)
        {
            face.Block.Enter(entries);
            int[] k = face.Block.Unknowns;
            foreach ((InterfaceSpecies species, P perUnit) in _own)
            {
                entries.AddMass(k[species.Place], perUnit * face.Area);
                if (species.IsJoint)
                    entries.Couple(k[Proton], k[species.Place], perUnit * face.Area * species.Atoms);
            }
            entries.AddFlow(k[Phi], face.Film, k[Phi], face.Electrode, face.Capacitance);
            int row = face.Psi >= 0 ? face.Block.Rows[RowElectron] : -1;
            entries.AddMass(row, face.Capacitance);
            entries.Couple(row, k[Phi], -face.Capacitance);
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        LeakRate = default;
        foreach (Face face in _faces)
        {
            React<P, Values>(new(face.Block, x), face, x, out Outcome<P> r);
            AddRates(f, face, r);
        }
    }

    public void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        LeakRate = default;
        int count = _faces[0].Block.Count;
        if (count <= Gradient4<P>.Capacity)
            AddLinearised<Gradient4<P>>(x, f, jacobian);
        else if (count > Gradient8<P>.Capacity)
            AddLinearised<GradientPair<Gradient8<P>, P>>(x, f, jacobian);
        else if (P.LaneCount == 1)
            AddLinearised<PackedGradient8<P>>(x, f, jacobian);
        else
            AddLinearised<Gradient8<P>>(x, f, jacobian);
    }

    [MethodImpl(Compilation.HotLoop)]
    private void AddLinearised<G>(P[] x, P[] f, Span<P> jacobian)
        where G : struct, IGradient<G, P>
    {
        foreach (Face face in _faces)
        {
            LocalBlock<P> b = face.Block;
            P area = face.Area;
            React<Dual<P, G>, Seeds<G>>(new(b, x), face, x, out Outcome<Dual<P, G>> r);
            Unsafe.SkipInit(out Outcome<P> values);
            (values.Drop, values.Joint, values.Power) = (r.Drop.Value, r.Joint.Value, r.Power.Value);
            for (int k = 0; k < InterfaceSpecies.Count; k++)
                PerSpecies<P>.At(ref values.Made, k) = PerSpecies<Dual<P, G>>.At(ref r.Made, k).Value;
            AddRates(f, face, values);
            foreach (int k in _present)
                if (k != Proton)
                    b.Add(jacobian, k, PerSpecies<Dual<P, G>>.At(ref r.Made, k), area);
            b.Add(jacobian, Proton, r.Joint, area);
            b.Add(jacobian, RowElectron, Electrons<Dual<P, G>>(r.Made), area * _perElectron);
            if (_hasGas)
                b.AddTo(LeakGradient, r.Made.Leaked, area);
            if (_context.HasEnergy)
                _context.AddHeat(jacobian, b, r.Power, area * ElementaryCharge, RowHeatPsg, RowHeatWo3);
        }
    }

    /// <summary>Adds what the reactions of an interface do.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddRates(P[] f, Face face, in Outcome<P> r)
    {
        int[] rows = face.Block.Rows;
        P area = face.Area;
        P displacement = (r.Drop - _layer.FlatBand) * face.Capacitance;
        f[face.Block.Unknowns[Phi]] -= displacement;
        if (face.Film >= 0)
            f[face.Film] += displacement;
        foreach (int k in _present)
            f[rows[k]] += (k == Proton ? r.Joint : PerSpecies<P>.At(ref Unsafe.AsRef(in r.Made), k)) * area;
        if (rows[RowElectron] >= 0)
            f[rows[RowElectron]] += Electrons<P>(r.Made) * area * _perElectron;
        LeakRate += r.Made.Leaked * area;
        if (_context.HasEnergy)
            _context.AddHeat(f, r.Power * (area * ElementaryCharge), rows[RowHeatPsg], rows[RowHeatWo3]);
    }

    /// <summary>Electrons that reactions give to the film; in the balance of charge, what protons bring in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Electrons<T>(in PerSpecies<T> made)
        where T : struct, IReal<T, P>
    {
        T sum = _hasRemote ? made.Proton + made.Remote : made.Proton;
        return _hasDensity ? sum + made.Inserted : sum;
    }

    /// <summary>Energy of the compact layers at the channel, with the work of their flat-band drop [J].</summary>
    public P CompactLayerEnergy(P[] x)
    {
        P sum = default;
        foreach (Face face in _faces)
            sum += _layer.Energy(Drop(x, face)) * face.Area;
        return sum;
    }

    /// <summary>Displacement into the channel [C]: its image charge with opposite sign.</summary>
    public P Drained(P[] x)
    {
        P sum = default;
        foreach (Face face in _faces)
            sum += _layer.Displacement(Drop(x, face)) * face.Area;
        return sum;
    }

    private P Drop(P[] x, Face face)
    {
        P phi = x[face.Block.Unknowns[Phi]];
        return face.Electrode >= 0 ? phi - x[face.Electrode] : phi;
    }

    // Written where it is used: to give back structures of lanes copies them. A call of its own:
    // the compiler's budget for inlining is finite.
    [MethodImpl(Compilation.HotLoop)]
    private void React<T, TLocals>(TLocals locals, Face face, P[] x, out Outcome<T> r)
        where T : struct, IReal<T, P>
        where TLocals : struct, ILocals<T>
    {
        Unsafe.SkipInit(out r);
        // What a device does not have is not set: no reaction of it looks there.
        Unsafe.SkipInit(out InterfaceState<T> s);
        foreach (int k in _present)
            PerSpecies<T>.At(ref s.Amounts, k) = locals[k];
        s.Amounts.Inserted *= _inverseSites;
        s.Drop = locals[Phi];
        if (_hasRemote)
            s.RemoteDrop = locals[RemotePhi];
        if (face.Film >= 0)
        {
            s.Band = locals[Band];
            s.Drop -= s.Band;
            if (_hasRemote)
                s.RemoteDrop -= s.Band;
        }
        if (_hasDensity)
        {
            s.Band = _electrons.Band(locals[Density]);
        }
        else if (face.Psi >= 0)
        {
            s.Drop -= x[face.Psi];
            if (_hasRemote)
                s.RemoteDrop -= x[face.Psi];
        }
        s.InverseThermalVoltage = _context.HasHeat
            ? T.Reciprocal(locals[HeatPsg] * VoltPerKelvin)
            : T.Constant(_context.InverseThermalVoltage);
        r.Drop = s.Drop;
        Unsafe.SkipInit(out PerSpecies<T> potentials);
        if (_context.HasEnergy)
        {
            NodePotentials<P> at = _context.AtNodes!;
            potentials.Proton = s.Drop;
            potentials.Inserted = locals.Potential(at.Inserted, face.Wo3Place, Inserted);
            // The electron of a proton comes from where psi is, and that of an inserted one goes there.
            if (face.Film >= 0)
                (potentials.Proton, potentials.Inserted) = (potentials.Proton + s.Band, potentials.Inserted + s.Band);
            foreach (SpeciesPotential<P> own in at.OnFaces)
                PerSpecies<T>.At(ref potentials, own.Place) = T.Constant(own.Value[face.Place]);
            potentials.Leaked = potentials.Dissolved;
            if (_hasRemote)
                potentials.Remote = s.RemoteDrop;
            if (_hasRemote && face.Film >= 0)
                potentials.Remote += s.Band;
        }
        _chemistry.React(s, _context.IsReferenceTemperature, _context.HasEnergy, potentials, out r.Made, out r.Joint, out r.Power);
    }

    /// <summary>What the reactions at an interface do.</summary>
    private struct Outcome<T>
        where T : struct
    {
        /// <summary>Drop over the compact layer [V].</summary>
        public T Drop;

        /// <summary>What is made of each species [m^-2 s^-1].</summary>
        public PerSpecies<T> Made;

        /// <summary>Atoms made of protons and of what reacts with them directly [m^-2 s^-1].</summary>
        public T Joint;

        /// <summary>Dissipated power over q [V m^-2 s^-1].</summary>
        public T Power;
    }

    /// <summary>Unknowns of an interface and potentials of its species, with or without derivatives.</summary>
    private interface ILocals<T>
    {
        T this[int k] { get; }

        T Potential(SpeciesPotential<P> potential, int place, int density);
    }

    private readonly struct Values(LocalBlock<P> block, P[] x) : ILocals<P>
    {
        public P this[int k]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => block.Value(x, k);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public P Potential(SpeciesPotential<P> potential, int place, int density) => potential.Value[place];
    }

    private readonly struct Seeds<G>(LocalBlock<P> block, P[] x) : ILocals<Dual<P, G>>
        where G : struct, IGradient<G, P>
    {
        public Dual<P, G> this[int k]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => block.Seed<G>(x, k);
        }

        public Dual<P, G> Potential(SpeciesPotential<P> potential, int place, int density) =>
            block.Potential<G>(potential, place, density);
    }
}
