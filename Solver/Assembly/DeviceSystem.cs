using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Assembly;

/// <summary>The equations of a device, put together from their parts: this is where terms are chosen.</summary>
/// <typeparam name="P"><see cref="Scalar"/> for one device, <see cref="Lanes"/> for up to eight with
/// the same terms and mesh topology.</typeparam>
public sealed class DeviceSystem<P> : IStiffSystem<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    // With it what the few hundred steps of a pulse miss adds up to a few times rtol of its energy.
    private const double WatchedPart = 4;

    // Parts of all sites: by which a step may miss a full or empty state, and which an occupation below 1 can still tell from it.
    private const double Rounding = 1e-9, LastDigits = 1e-15;

    private readonly AssemblyContext<P> _context;
    // Methods of the parts, bound once: a call through an interface looks for the method of each part in turn.
    private readonly Action<P[], P[]>[] _addResidual;
    private readonly AddLinearised[] _addLinearised;
    private readonly GateContact<P> _gate;
    private readonly ChannelContact<P> _channel;
    private readonly SpeciesTransport<P> _transport, _hydrogen;
    private readonly IFilmElectrons<P>? _film;
    private readonly ElectronTransport<P>? _density;
    private readonly DrainDrive<P>? _drain;
    private readonly CapacitiveLinks<P> _links;
    private readonly ElectronConduction<P>? _electrons;
    private readonly HeatConduction<P>? _conduction;
    private readonly ChemicalWork<P>? _chemicalWork;
    private readonly MatrixEntries<P> _entries;
    private readonly P[] _constantJacobian;

    private readonly P[] _scratchRate, _scratchQuadratures;
    private readonly int[] _timeRows;

    /// <summary>Puts the equations of one device, or of several in lanes, together.</summary>
    /// <param name="columns">Devices with their meshes: one, or one a lane.</param>
    /// <param name="createSolver">Makes the linear solver for a pattern.</param>
    /// <param name="tracksEnergy">True to add up dissipation and chemical work also when the run is isothermal.</param>
    /// <param name="energyBalance">False to leave that out with heat.</param>
    public DeviceSystem(
        IReadOnlyList<DeviceColumn> columns, Func<SparsityPattern, ILinearSolver<P>> createSolver, bool tracksEnergy = false,
        bool energyBalance = true)
    {
        Device device = columns[0].Device;
        ControlVolumeMesh mesh = columns[0].Mesh;
        Layout = columns[0].Layout;
        QuadratureLayout = QuadratureLayout.Of(device, energyBalance, tracksEnergy);
        _context = new(columns, Layout, QuadratureLayout.Heat >= 0);
        _links = new(_context);
        _gate = new(_context, _links);
        _channel = new(_context);
        _hydrogen = HydrogenTransport.Of(_context);
        _transport = ProtonTransport.Of(_context);
        List<IAssemblyPart<P>> parts = [_transport, _gate, _channel, _hydrogen];
        if (Layout.ElectronDensity >= 0)
            parts.Add(_film = _density = new(_context));
        else if (Layout.FilmPotential >= 0)
            parts.Add(_film = FilmElectrons.Of(_context));
        if (Layout.Bound >= 0)
            parts.Add(new TrapStore<P>(_context));
        if (Layout.Temperature >= 0)
            parts.Add(_conduction = new(_context));
        if (!_links.IsEmpty)
            parts.Add(_links);
        if (Layout.Electron >= 0)
            parts.Add(_electrons = new(_context));
        if (Layout.DrainVoltage >= 0)
            parts.Add(_drain = new(Layout));
        _addResidual = [.. parts.Select(p => (Action<P[], P[]>)p.AddResidual)];
        _addLinearised = [.. parts.Select(p => (AddLinearised)p.AddLinearised)];

        Scale = new double[Layout.Size];
        foreach (UnknownField field in Layout.Fields.Where(f => f.Start >= 0))
            Array.Fill(Scale, field.Scale, field.Start, field.Count);
        _entries = new(Layout.Size);
        foreach (IAssemblyPart<P> part in parts)
            part.Enter(_entries);
        Solver = createSolver(_entries.Pattern.Build(Layout.Size, new UnknownLevels(mesh, Layout).For(_entries.Pattern), Scale));
        _entries.Place(Solver);
        foreach (IAssemblyPart<P> part in parts)
            part.Enter(_entries);
        _constantJacobian = _entries.Constants;
        _constantJacobian.CopyTo(Solver.Values);

        ControlledAlgebraic = _density is not null ? [.. _density.Held]
            : Layout.FilmPotential >= 0 ? [.. Enumerable.Range(Layout.FilmPotential, Layout.Wo3Nodes.Length)] : [];
        Conserved = Layout.ElectronDensity >= 0 ? [Hydrogen(), Electrons()] : [Hydrogen()];
        Ranges = FillingRanges();
        if (_context.HasLedger)
            _chemicalWork = new(_context, _gate);
        _timeRows = [Layout.GateCharge, Layout.GateVoltage, .. Layout.DrainVoltage >= 0 ? [Layout.DrainVoltage] : Array.Empty<int>()];
        _scratchRate = AlignedArray.Create<P>(Size);
        _scratchQuadratures = AlignedArray.Create<P>(QuadratureCount);
        // All heat goes to the rows of temperature: it is their sum with the losses at the outer faces.
        IEnumerable<int> all = Enumerable.Range(0, QuadratureCount);
        RateWeights = [.. all.Select(q => q == QuadratureLayout.Chemical ? _chemicalWork!.Weights : q == QuadratureLayout.Heat
            ? _conduction?.RowsOfTemperature : null)];
        QuadratureSupport = [.. all.Select(q => q == QuadratureLayout.Work ? _gate.GradientSupport
            : q == QuadratureLayout.LeakedGas ? _channel.LeakSupport : q == QuadratureLayout.Heat ? _conduction?.LossSupport : null)];
    }

    private delegate void AddLinearised(P[] state, P[] rate, Span<P> jacobian);

    /// <summary>Where the unknowns live.</summary>
    public UnknownLayout Layout { get; }

    /// <summary>Which quadratures there are.</summary>
    public QuadratureLayout QuadratureLayout { get; }

    /// <inheritdoc/>
    public int Size => Layout.Size;

    /// <inheritdoc/>
    public int QuadratureCount => QuadratureLayout.Count;

    /// <inheritdoc/>
    public P[] Mass => _entries.Mass;

    /// <inheritdoc/>
    public IReadOnlyList<P[]?> RateWeights { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int[]?> QuadratureSupport { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> TimeRows => _timeRows;

    /// <inheritdoc/>
    public IReadOnlyList<MassCoupling<P>> MassCouplings => _entries.Couplings;

    /// <inheritdoc/>
    public IReadOnlyList<int> ControlledAlgebraic { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ConservedSum<P>> Conserved { get; }

    /// <inheritdoc/>
    public IReadOnlyList<UnknownRange<P>> Ranges { get; }

    /// <inheritdoc/>
    public double[] Scale { get; }

    /// <inheritdoc/>
    public ILinearSolver<P> Solver { get; }

    /// <summary>Connects a drive to the gate for the coming segment, whose time starts at 0.</summary>
    public void Connect(in LinearDrive<P> drive)
    {
        _gate.Drive = drive;
        _gate.SetMass(_entries);
    }

    /// <summary>
    /// Prepares the electrons for the coming segment from the state at its start; nothing to do without them.
    /// </summary>
    /// <param name="state">State at the start.</param>
    /// <param name="drain">Voltage of the drain over the segment.</param>
    public void Prepare(P[] state, in LinearDrive<P> drain)
    {
        if (_drain is not null)
            _drain.Drive = drain;
        _electrons?.Prepare(state);
        _density?.Prepare(state);
    }

    /// <summary>Largest |D|/(q n_2D) of the film under the gate's field; 0 without electrons.</summary>
    public double LargestImageRatio(P[] state) => _electrons?.LargestImageRatio(state) ?? 0;

    /// <summary>
    /// Displacement that ends on channel, source and drain [C]; with the gate's charge it balances the charge of PSG. With space charge it
    /// ends in the film and beyond: displacement into contacts and substrate less the charge of the film.
    /// </summary>
    public P Drained(P[] state) =>
        _links.Drained(state) + (_film is null ? _channel.Drained(state) : -(_hydrogen.ChargeOf(state) + _film.ChargeOf(state)));

    /// <summary>Potential of an insulator node that has a field [V].</summary>
    public P InsulatorPotential(P[] state, int node) => _links.PotentialAt(state, node);

    /// <summary>State of rest of each device, one a lane; see <see cref="DeviceColumn.RestState"/>.</summary>
    public P[] RestState() => _context.RestState();

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public void Residual(double time, P[] state, P[] rate, P[] quadratureRate)
    {
        Array.Clear(rate);
        AddResidual(time, state, rate, quadratureRate);
    }

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(double time, P[] state, P[] rate, P[] quadratureRate)
    {
        _context.HeatRate = default;
        _context.AtNodes?.Update(state);
        SetTime(time);
        // Chemical work takes what is added here: the difference that it makes.
        P before = _chemicalWork?.Sum(rate) ?? default;
        foreach (Action<P[], P[]> add in _addResidual)
            add(state, rate);
        TakeRates(quadratureRate);
        if (_chemicalWork is not null)
            quadratureRate[QuadratureLayout.Chemical] = _chemicalWork.Rate(rate) - before;
    }

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public void AddStage(double time, StageSums<P> sums, P[] point, P[] rate, P[] quadratureRate)
    {
        if (!_transport.Edges.FormsStages)
        {
            sums.Form(point, rate);
            AddResidual(time, point, rate, quadratureRate);
            return;
        }
        int formed = Layout.Potential + Layout.PsgNodes.Length;
        sums.Form(point, rate, formed, Size - formed);
        SetTime(time);
        _transport.Edges.AddStage(sums, point, rate);
        for (int p = 1; p < _addResidual.Length; p++)
            _addResidual[p](point, rate);
        TakeRates(quadratureRate);
    }

    /// <inheritdoc/>
    public void Jacobian(double time, P[] state, Span<P> jacobian, P[][] quadratureGradient) =>
        Linearise(time, state, _scratchRate, _scratchQuadratures, jacobian, quadratureGradient);

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public void Linearise(double time, P[] state, P[] rate, P[] quadratureRate, Span<P> jacobian, P[][] quadratureGradient)
    {
        Array.Clear(rate);
        _context.HeatRate = default;
        PutConstants(jacobian);
        Clear(_gate.WorkGradient, _gate.GradientSupport);
        Clear(_gate.ReservoirGradient, _gate.GradientSupport);
        Clear(_channel.LeakGradient, _channel.LeakSupport);
        Array.Clear(_context.HeatGradient);
        _context.AtNodes?.Update(state);
        SetTime(time);
        foreach (AddLinearised add in _addLinearised)
            add(state, rate, jacobian);
        TakeRates(quadratureRate);
        Copy(_gate.WorkGradient, quadratureGradient[QuadratureLayout.Work], _gate.GradientSupport);
        if (QuadratureLayout.LeakedGas >= 0)
            Copy(_channel.LeakGradient, quadratureGradient[QuadratureLayout.LeakedGas], _channel.LeakSupport);
        if (QuadratureLayout.Heat >= 0)
        {
            if (_conduction is not null)
                Copy(_conduction.LossGradient, quadratureGradient[QuadratureLayout.Heat], _conduction.LossSupport);
            else
                _context.HeatGradient.CopyTo(quadratureGradient[QuadratureLayout.Heat], 0);
            quadratureRate[QuadratureLayout.Chemical] = _chemicalWork!.Linearise(rate, quadratureGradient[QuadratureLayout.Chemical]);
        }
    }

    /// <summary>Puts the constant entries where they may have been added to; in memory of the caller, everywhere.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void PutConstants(Span<P> jacobian)
    {
        bool isOwn = Unsafe.AreSame(ref MemoryMarshal.GetReference(jacobian), ref MemoryMarshal.GetReference(Solver.Values));
        Range rest = isOwn ? _transport.Edges.Written : default;
        _constantJacobian.AsSpan(0, rest.Start.Value).CopyTo(jacobian);
        _constantJacobian.AsSpan(rest.End.Value).CopyTo(jacobian[rest.End.Value..]);
    }

    [MethodImpl(Compilation.HotLoop)]
    private void TakeRates(P[] quadratureRate)
    {
        quadratureRate[QuadratureLayout.Work] = _gate.WorkRate;
        if (QuadratureLayout.LeakedGas >= 0)
            quadratureRate[QuadratureLayout.LeakedGas] = _channel.LeakRate;
        if (QuadratureLayout.Heat >= 0)
            quadratureRate[QuadratureLayout.Heat] = _context.HeatRate;
    }

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public void TimeDerivative(double time, P[] state, P[] rate, P[] quadratureRate)
    {
        foreach (int row in _timeRows)
            rate[row] = default;
        Array.Clear(quadratureRate);
        SetTime(time);
        _gate.AddTimeDerivative(rate);
        _drain?.AddTimeDerivative(rate);
        quadratureRate[QuadratureLayout.Work] = _gate.WorkTimeDerivative(state);
    }

    /// <summary>
    /// Energy of the field in PSG and in the compact layers, with the work of their flat-band drops, and with space charge that of WO3 and
    /// the free energy of its electrons [J].
    /// </summary>
    public P FieldEnergy(P[] state) =>
        _transport.FieldEnergy(state) + _hydrogen.FieldEnergy(state) + (_film?.Energy(state) ?? default) + _gate.CompactLayerEnergy(state)
            + _channel.CompactLayerEnergy(state) + _links.FieldEnergy(state);

    /// <inheritdoc/>
    /// <remarks>
    /// Energy, where all of it is known: what comes in at the drain is not added up. In parts of what the compact layer at the gate stores
    /// at kT/q.
    /// </remarks>
    public double BalanceScale => QuadratureLayout.Heat < 0 || _drain is { IsGrounded: false } ? 0
        : WatchedPart * Scale[Layout.GateCharge] * Scale[Layout.GateVoltage];

    /// <inheritdoc/>
    public P Income(P[] quadratures) =>
        quadratures[QuadratureLayout.Work] - quadratures[QuadratureLayout.Heat] - quadratures[QuadratureLayout.Chemical];

    /// <inheritdoc/>
    public P Stored(P[] state) =>
        _gate.Drive.Mode == DriveMode.Voltage ? FieldEnergy(state) - StoredAtGate(Layout, state) : FieldEnergy(state);

    /// <summary>V_G (Q_M + e N) [J], which the quadrature of work leaves out under an ideal source.</summary>
    /// <remarks>Of the layout, so that a device that goes in lanes need not have equations of its own for it.</remarks>
    public static P StoredAtGate(UnknownLayout u, P[] state) =>
        state[u.GateVoltage] * P.MultiplyAdd(state[u.GateHydrogen], P.From(Constants.ElementaryCharge), state[u.GateCharge]);

    /// <summary>Hydrogen in WO3, atoms of the whole device.</summary>
    public P HydrogenInChannel(P[] state) => _hydrogen.Inventory(state);

    /// <summary>Protons in PSG, mobile and bound, on the interface, in gas and in WO3, less what Pd has given; two atoms leave with each
    /// molecule that leaks out.</summary>
    private ConservedSum<P> Hydrogen()
    {
        P[] weights = OnInterface(out int[] faces);
        AddMass(weights, Layout.Proton, Layout.PsgNodes.Length);
        AddMass(weights, Layout.Bound, Layout.PsgNodes.Length);
        AddMass(weights, Layout.Hydrogen, Layout.Wo3Nodes.Length);
        weights[Layout.GateHydrogen] -= Mass[Layout.GateHydrogen];
        return new(weights, faces, QuadratureLayout.LeakedGas, 2);
    }

    /// <summary>Electrons in WO3, in the hydrogen of the interface and of the gas, and those that the contacts took.</summary>
    private ConservedSum<P> Electrons()
    {
        P[] weights = OnInterface(out _);
        AddMass(weights, Layout.ElectronDensity, Layout.Wo3Nodes.Length);
        AddMass(weights, Layout.Drained, 2);
        int[] rows = [.. Enumerable.Range(Layout.ElectronDensity, Layout.Wo3Nodes.Length).Except(_density!.Held)];
        return new(weights, rows, QuadratureLayout.LeakedGas, 2);
    }

    /// <summary>Sites of WO3 and of the interface are neither more than full nor less than empty.</summary>
    /// <remarks>
    /// Rounding may pass an end where laws go on behind it; the logarithm of <see cref="InsertionPotential{P}"/> ends there. With more
    /// adsorbed or inserted hydrogen than sites, absorption drives both on.
    /// </remarks>
    private UnknownRange<P>[] FillingRanges()
    {
        double beyond = InsertionPotential<P>.Of(_context.Pack, _context.Device).IsIdeal ? Rounding : -LastDigits;
        return
        [
            new(Layout.Hydrogen, Layout.Wo3Nodes.Length, _context.Pack(d => beyond > 0 ? -beyond * d.Wo3.SiteDensity : double.Epsilon),
                _context.Pack(d => (1 + beyond) * d.Wo3.SiteDensity)),
            .. InterfaceSpecies.All.Where(s => s.IsCoverage && Layout.Start(s) >= 0).Select(s => new UnknownRange<P>(
                Layout.Start(s), Layout.ChannelInterfaces.Length, P.From(-Rounding), P.From(1 + Rounding))),
        ];
    }

    private void AddMass(P[] weights, int start, int count)
    {
        for (int u = start; start >= 0 && u < start + count; u++)
            weights[u] += Mass[u];
    }

    /// <summary>Atoms that the interface and its gas hold, as weights; in the rows of its protons.</summary>
    private P[] OnInterface(out int[] faces)
    {
        P[] weights = AlignedArray.Create<P>(Size);
        int[] rows = [.. Layout.ChannelInterfaces.Select(f => Layout.Proton + Layout.Local[f.First])];
        foreach (MassCoupling<P> m in MassCouplings)
            if (rows.Contains(m.Row))
                weights[m.Column] += m.Value;
        AddMass(weights, Layout.Bubbles, Layout.ChannelInterfaces.Length);
        for (int k = 0; Layout.Bubbles >= 0 && k < Layout.ChannelInterfaces.Length; k++)
            weights[Layout.Bubbles + k] *= P.From(2);
        faces = rows;
        return weights;
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void Clear(P[] gradient, int[] support)
    {
        for (int i = 0; i < support.Length && gradient.Length > 0; i++)
            gradient[support[i]] = default;
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void Copy(P[] from, P[] to, int[] support)
    {
        foreach (int u in support)
            to[u] = from[u];
    }

    private void SetTime(double time)
    {
        _gate.Time = time;
        if (_drain is not null)
            _drain.Time = time;
    }
}
