using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>Pd/PSG interface and the gate circuit: compact layer, Butler-Volmer reaction, reservoir, charge, potential.</summary>
/// <remarks>
/// Over the gate's faces f of area A_f:
/// displacement into PSG  A_f eps (V_G - phi_f - chi)/l_S, protons into PSG A_f J_f, dN_Pd/dt = sum A_f J_f.
/// Where an insulator touches the gate, its displacement counts to the charge as well.
/// Charge: d(Q_M + q N_Pd)/dt = I_G - I_leak and 0 = sum A_f eps (V_G - phi_f - chi)/l_S - Q_M, where I_G is 0, the
/// source's current or (V(t) - V_G)/R_s: from the sum one-way rates of the reaction, however fast, are gone. With an ideal voltage
/// source V_G = V(t) is data and Q_M algebraic: I_G is no unknown (else the index would be 2) but read from Q_M and N_Pd.
/// The quadrature of electrical work is of V_G I_G; under an ideal source it is the equivalent
/// d(V_G Q_M)/dt - Q_M dV/dt + V_G (q sum A J + I_leak), of which the total derivative is left to the caller, plus the
/// dielectric loss, which the source supplies.
/// </remarks>
internal sealed partial class GateContact<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private const int Gate = 0, Phi = 1, Proton = 2, Given = 3, Temperature = 4;
    private const int RowProton = 0, RowGiven = 1, RowHeatPsg = 2, RowHeatMetal = 3;

    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly PalladiumInjection<P> _reaction;
    private readonly SternLayer<P> _layer;
    private readonly Face[] _faces;
    private readonly CapacitiveLink<P>[] _links;
    private readonly P _inverseArea, _inverseResistance, _leakConductance, _lossFactor;
    private BalanceSlots _ofCharge, _ofVoltage;
    private int _coupling;

    /// <summary>What drives the gate; changed between segments only.</summary>
    public LinearDrive<P> Drive;

    public GateContact(AssemblyContext<P> context, CapacitiveLinks<P> links)
    {
        _context = context;
        _links = [.. links.OnGate];
        _u = context.U;
        WorkGradient = AlignedArray.Create<P>(_u.Size);
        ReservoirGradient = context.HasLedger ? AlignedArray.Create<P>(_u.Size) : [];
        _reaction = PalladiumInjection<P>.Of(context.Pack, context.Device);
        _layer = SternLayer<P>.AtGate(context.Pack, context.Device);
        _faces = [.. _u.GateInterfaces.Select(f =>
        {
            int psg = _u.Local[f.Second], heatPsg = UnknownLayout.At(_u.Temperature, f.Second);
            P area = context.AreaOf(f);
            return new Face(
                f.Second,
                area,
                area * _layer.Capacitance,
                new(
                    [_u.Proton + psg, _u.GateHydrogen, heatPsg, UnknownLayout.At(_u.Temperature, f.First)],
                    [_u.GateVoltage, _u.Potential + psg, _u.Proton + psg, _u.GateHydrogen, heatPsg]));
        })];
        GradientSupport = [.. _faces.SelectMany(f => f.Block.Unknowns).Append(_u.GateCharge).Where(u => u >= 0).Distinct()];
        double Area(ControlVolumeMesh mesh) => _u.GateInterfaces.Sum(f => AssemblyContext<P>.AreaOf(mesh, f));
        _inverseArea = context.Pack((_, m) => 1 / Area(m));
        _inverseResistance = context.Pack(d => d.Gate.SeriesResistance > 0 ? 1 / d.Gate.SeriesResistance : 0);
        _leakConductance = context.Pack((d, m) => d.Psg.LeakageConductivity * Area(m) / d.Psg.Thickness);
        _lossFactor = context.Pack((d, m) => Math.PI / 2 * d.Psg.LossTangent * d.Psg.RelativePermittivity * VacuumPermittivity
            * Area(m) / d.Psg.Thickness);
    }

    /// <summary>
    /// Rate of electrical work of the last residual [W], without d(V_G (Q_M + e N))/dt under an ideal source, with N protons given.
    /// </summary>
    public P WorkRate { get; private set; }

    /// <summary>Derivative of <see cref="WorkRate"/> by each unknown; filled by the Jacobian.</summary>
    public P[] WorkGradient { get; }

    /// <summary>Chemical work on the reservoir, of the last residual [W]: at each face its hydrogen has the face's temperature.</summary>
    public P ReservoirWork { get; private set; }

    /// <summary>Derivative of <see cref="ReservoirWork"/> by each unknown; filled by the Jacobian.</summary>
    public P[] ReservoirGradient { get; }

    /// <summary>Unknowns on which both works depend.</summary>
    public int[] GradientSupport { get; }

    /// <summary>Energy of the compact layers at the gate, with the work of their flat-band drop [J].</summary>
    public P CompactLayerEnergy(P[] x)
    {
        P sum = default;
        foreach (Face face in _faces)
            sum += _layer.Energy(x[_u.GateVoltage] - x[face.Block.Unknowns[Phi]]) * face.Area;
        return sum;
    }

    /// <summary>Time since the segment's start [s].</summary>
    public double Time { get; set; }

    public void Enter(MatrixEntries<P> entries)
    {
        foreach (Face face in _faces)
        {
            face.Block.Enter(entries);
            int phi = face.Block.Unknowns[Phi];
            entries.Declare([phi, _u.GateVoltage, _u.GateCharge], [phi, _u.GateVoltage, _u.GateCharge, _u.GateHydrogen]);
            face.HeatByGate = entries.Slot(face.Block.Rows[RowHeatPsg], _u.GateVoltage);
            entries.Add(phi, phi, -face.Capacitance);
            entries.Add(phi, _u.GateVoltage, face.Capacitance);
        }
        (_ofCharge, _ofVoltage) = (Enter(entries, _u.GateCharge), Enter(entries, _u.GateVoltage));
        entries.AddMass(_u.GateHydrogen, P.From(1));
        _coupling = entries.Couplings.Count;
        entries.Couple(_u.GateCharge, _u.GateHydrogen, default);
    }

    /// <summary>Sets what the row of the gate charge stores under the present drive.</summary>
    public void SetMass(MatrixEntries<P> entries)
    {
        double stored = Drive.Mode == DriveMode.Voltage ? 0 : 1;
        entries.Mass[_u.GateCharge] = P.From(stored);
        entries.Couplings[_coupling] = new(_u.GateCharge, _u.GateHydrogen, P.From(stored * ElementaryCharge));
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        P gate = x[_u.GateVoltage], given = x[_u.GateHydrogen] * _inverseArea;
        Flows flows = default;
        foreach (Face face in _faces)
        {
            int[] k = face.Block.Unknowns;
            P inverse = _context.InverseThermalVoltageAt(x, face.Node);
            P protons = _reaction.Rate(gate, x[k[Phi]], x[k[Proton]], given, inverse, _context.IsReferenceTemperature) * face.Area;
            AddRates(x, f, face, protons, ref flows);
        }
        AddBalances(x, f, flows);
    }

    /// <summary>Adds the protons of a face, its displacement and its heat.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddRates(P[] x, P[] f, Face face, P protons, ref Flows flows)
    {
        int[] k = face.Block.Unknowns;
        P gate = x[_u.GateVoltage], phi = x[k[Phi]];
        P displacement = (gate - phi - _layer.FlatBand) * face.Capacitance;
        f[k[Proton]] += protons;
        f[k[Phi]] += displacement;
        flows.Stored += displacement;
        flows.Protons += protons;
        if (!_context.HasEnergy)
            return;
        P hydrogen = _reaction.Rest.Enthalpy;
        P power = protons * (gate - phi - hydrogen) * ElementaryCharge;
        flows.ReservoirWork += protons * hydrogen * ElementaryCharge;
        _context.AddHeat(f, power, face.Block.Rows[RowHeatPsg], face.Block.Rows[RowHeatMetal]);
    }

    public void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        if (!_context.HasHeat)
            AddLinearised<Gradient4<P>>(x, f, jacobian);
        else if (P.LaneCount == 1)
            AddLinearised<PackedGradient8<P>>(x, f, jacobian);
        else
            AddLinearised<Gradient8<P>>(x, f, jacobian);
    }

    [MethodImpl(Compilation.HotLoop)]
    private void AddLinearised<G>(P[] x, P[] f, Span<P> jacobian)
        where G : struct, IGradient<G, P>
    {
        Flows flows = default;
        foreach (Face face in _faces)
            AddRates(x, f, face, AddFace<G>(face, x, jacobian), ref flows);
        AddBalances(x, f, flows);
        AddCircuit(x, jacobian);
    }

    /// <summary>Adds the derivatives of a face's reaction.</summary>
    /// <returns>Protons into PSG [1/s].</returns>
    [MethodImpl(Compilation.HotLoop)]
    private P AddFace<G>(Face face, P[] x, Span<P> jacobian)
        where G : struct, IGradient<G, P>
    {
        P one = P.From(1);
        LocalBlock<P> b = face.Block;
        var v = b.Seed<G>(x, Gate);
        var phi = b.Seed<G>(x, Phi);
        var c = b.Seed<G>(x, Proton);
        var given = b.Seed<G>(x, Given) * _inverseArea;
        var inverse = _context.HasHeat
            ? Dual<P, G>.Reciprocal(b.Seed<G>(x, Temperature) * VoltPerKelvin)
            : Dual<P, G>.Constant(_context.InverseThermalVoltage);
        var protons = _reaction.Rate(v, phi, c, given, inverse, _context.IsReferenceTemperature) * face.Area;
        b.Add(jacobian, RowProton, protons, one);
        b.Add(jacobian, RowGiven, protons, one);
        if (!_context.HasEnergy)
            return protons.Value;
        P hydrogen = _reaction.Rest.Enthalpy;
        var power = protons * (v - phi - hydrogen) * ElementaryCharge;
        if (_context.HasLedger)
            b.AddTo(ReservoirGradient, protons * hydrogen, P.From(ElementaryCharge));
        _context.AddHeat(jacobian, b, power, one, RowHeatPsg, RowHeatMetal);
        return protons.Value;
    }

    /// <summary>What flows through all faces, so far: displacement [C], protons [1/s] and chemical work on the reservoir [W].</summary>
    private struct Flows
    {
        public P Stored, Protons, ReservoirWork;
    }

    private sealed record Face(int Node, P Area, P Capacitance, LocalBlock<P> Block)
    {
        public int HeatByGate { get; set; }
    }
}
