using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Assembly;

/// <summary>The equations of a device, put together from their parts: this is where terms are chosen.</summary>
/// <typeparam name="P"><see cref="Scalar"/> for one device, <see cref="Lanes"/> for up to eight with the same terms and mesh topology.</typeparam>
public sealed class DeviceSystem<P> : IStiffSystem<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    /// <summary>Quadrature of electrical work at the gate [J]; see <see cref="ElectricalWork"/>.</summary>
    public const int Work = 0;

    private readonly AssemblyContext<P> _context;
    // Methods of the parts, bound once: a call through an interface looks for the method of each part in turn.
    private readonly Action<P[], P[]>[] _addResidual;
    private readonly AddLinearised[] _addLinearised;
    private readonly GateContact<P> _gate;
    private readonly ChannelContact<P> _channel;
    private readonly HydrogenDiffusion<P> _hydrogen;
    private readonly CapacitiveLinks<P> _links;
    private readonly ElectronConduction<P>? _electrons;
    private readonly HeatConduction<P>? _conduction;
    private readonly ChemicalWork<P>? _chemicalWork;
    private readonly Func<P[], P> _fieldEnergy;
    private readonly P[] _constantJacobian;
    private readonly P[] _scratchRate, _scratchQuadratures;

    /// <summary>Puts the equations of one device, or of several in lanes, together.</summary>
    /// <param name="columns">Devices with their meshes: one, or one a lane.</param>
    /// <param name="createSolver">Makes the linear solver for a pattern.</param>
    /// <param name="tracksEnergy">True to add up dissipation and chemical work also when the run is isothermal.</param>
    /// <param name="energyBalance">False to leave that out with heat.</param>
    public DeviceSystem(
        IReadOnlyList<DeviceColumn> columns, Func<SparsityPattern, ILinearSolver<P>> createSolver, bool tracksEnergy = false, bool energyBalance = true)
    {
        Device device = columns[0].Device;
        ControlVolumeMesh mesh = columns[0].Mesh;
        Layout = new(mesh, device.Psg.TrapDensity > 0, device.Gas.Enabled, device.Heat.Enabled,
            device.Wo3.Electrons && mesh.Dimension > 1);
        Check(mesh);
        _context = new(columns, Layout, tracksEnergy || (energyBalance && device.Heat.Enabled));
        _links = new(_context);
        _gate = new(_context, _links);
        _channel = new(_context);
        _hydrogen = HydrogenDiffusion<P>.Of(_context);
        (IAssemblyPart<P> transport, _fieldEnergy) = CreateTransport(_context);
        List<IAssemblyPart<P>> parts = [transport, _gate, _channel, _hydrogen];
        if (Layout.Bound >= 0)
            parts.Add(new TrapStore<P>(_context));
        if (Layout.Temperature >= 0)
            parts.Add(_conduction = new(_context));
        if (!_links.IsEmpty)
            parts.Add(_links);
        if (Layout.Electron >= 0)
            parts.Add(_electrons = new(_context));
        _addResidual = [.. parts.Select(p => (Action<P[], P[]>)p.AddResidual)];
        _addLinearised = [.. parts.Select(p => (AddLinearised)p.AddLinearised)];

        Scale = NaturalScale(columns[0]);
        var pattern = new PatternBuilder();
        foreach (IAssemblyPart<P> part in parts)
            part.Declare(pattern);
        SparsityPattern built = pattern.Build(Layout.Size, new UnknownLevels(mesh, Layout).For(pattern), Scale);
        Solver = createSolver(built);
        Mass = AlignedArray.Create<P>(Layout.Size);
        _constantJacobian = AlignedArray.Create<P>(Solver.Values.Length);
        foreach (IAssemblyPart<P> part in parts)
        {
            part.Bind(Solver);
            part.AddConstants(_constantJacobian, Mass);
        }

        int quadratures = 1;
        LeakedGas = Layout.Dissolved >= 0 ? quadratures++ : -1;
        if (_context.HasLedger)
        {
            Heat = quadratures++;
            Chemical = quadratures++;
            _chemicalWork = new(_context, _gate, _channel);
        }
        QuadratureCount = quadratures;
        _scratchRate = AlignedArray.Create<P>(Size);
        _scratchQuadratures = AlignedArray.Create<P>(quadratures);
        // All heat goes to the rows of temperature: it is their sum with the losses at the outer faces.
        IEnumerable<int> all = Enumerable.Range(0, quadratures);
        RateWeights = [.. all.Select(q => q == Chemical ? _chemicalWork!.Weights : q == Heat ? _conduction?.RowsOfTemperature : null)];
        QuadratureSupport = [.. all.Select(q => q == Work ? _gate.GradientSupport
            : q == LeakedGas ? _channel.LeakSupport : q == Heat ? _conduction?.LossSupport : null)];
    }

    private delegate void AddLinearised(P[] state, P[] rate, Span<P> jacobian);

    /// <summary>Where the unknowns live.</summary>
    public UnknownLayout Layout { get; }

    /// <summary>Quadrature of hydrogen molecules that leaked out [1], or -1.</summary>
    public int LeakedGas { get; }

    /// <summary>Quadrature of dissipated heat [J], or -1.</summary>
    public int Heat { get; } = -1;

    /// <summary>Quadrature of chemical work, sum of mu dN [J], or -1.</summary>
    public int Chemical { get; } = -1;

    /// <inheritdoc/>
    public int Size => Layout.Size;

    /// <inheritdoc/>
    public int QuadratureCount { get; }

    /// <inheritdoc/>
    public P[] Mass { get; }

    /// <inheritdoc/>
    public IReadOnlyList<P[]?> RateWeights { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int[]?> QuadratureSupport { get; }

    /// <inheritdoc/>
    public IReadOnlyList<MassCoupling<P>> MassCouplings => _context.MassCouplings;

    /// <inheritdoc/>
    public double[] Scale { get; }

    /// <inheritdoc/>
    public ILinearSolver<P> Solver { get; }

    /// <summary>Connects a drive to the gate for the coming segment, whose time starts at 0.</summary>
    public void Connect(in GateDrive<P> drive)
    {
        _gate.Drive = drive;
        _gate.SetMass(Mass);
    }

    /// <summary>
    /// Prepares the electrons for the coming segment from the state at its start; nothing to do without them.
    /// </summary>
    /// <param name="state">State at the start.</param>
    /// <param name="drain">Voltage of the drain over the segment.</param>
    public void Prepare(P[] state, in GateDrive<P> drain)
    {
        if (_electrons is null)
            return;
        _electrons.Drain = drain;
        _electrons.Prepare(state);
    }

    /// <summary>Largest |D|/(q n_2D) of the film under the gate's field; 0 without electrons.</summary>
    public double LargestImageRatio(P[] state) => _electrons?.LargestImageRatio(state) ?? 0;

    /// <summary>Displacement that ends on channel, source and drain [C]; with the gate's charge it balances the charge of PSG.</summary>
    public P Drained(P[] state) => _channel.Drained(state) + _links.Drained(state);

    /// <summary>Potential of an insulator node that has a field [V].</summary>
    public P InsulatorPotential(P[] state, int node) => _links.PotentialAt(state, node);

    /// <summary>State of rest: uniform protons, no field, reference coverage and composition, gate at its rest voltage.</summary>
    public P[] RestState()
    {
        var x = AlignedArray.Create<P>(Size);
        void Fill(int start, int count, Func<Device, double> value)
        {
            if (start >= 0)
                Array.Fill(x, _context.Pack(value), start, count);
        }
        Fill(Layout.Proton, Layout.PsgNodes.Length, d => Calibration.RestProtonDensity(d.Psg));
        Fill(Layout.Potential, Layout.PsgNodes.Length, d => -ChannelContact<P>.RestPotential(d));
        Fill(Layout.Bound, Layout.PsgNodes.Length, d => d.Psg.FixedChargeDensity - Calibration.RestProtonDensity(d.Psg));
        Fill(Layout.Hydrogen, Layout.Wo3Nodes.Length, d => d.Wo3.RestComposition * d.Wo3.SiteDensity);
        Fill(Layout.Coverage, Layout.ChannelInterfaces.Length, d => d.Interface.RestCoverage);
        Fill(Layout.Dissolved, Layout.ChannelInterfaces.Length, ChannelContact<P>.RestDissolved);
        Fill(Layout.GateVoltage, 1, d => d.Gate.RestVoltage);
        Fill(Layout.Temperature, _context.Mesh.NodeCount, d => d.Heat.AmbientTemperature);
        Fill(Layout.Insulator, Layout.Insulators.Free.Length, d => -ChannelContact<P>.RestPotential(d));
        return x;
    }

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
        // Chemical work needs the rates by themselves; with temperature the sums are the same whether there is a balance of energy or not.
        bool isApart = Chemical >= 0 || Layout.Temperature >= 0;
        P[] own = isApart ? _scratchRate : rate;
        if (isApart)
            Array.Clear(own);
        foreach (Action<P[], P[]> add in _addResidual)
            add(state, own);
        TakeRates(quadratureRate);
        if (Chemical >= 0)
            quadratureRate[Chemical] = _chemicalWork!.Rate(own);
        if (isApart)
            VectorMath.AddScaled(VectorMath.Doubles(rate), 1, VectorMath.Doubles(own));
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
        _constantJacobian.CopyTo(jacobian);
        Clear(_gate.WorkGradient, _gate.GradientSupport);
        Clear(_gate.ReservoirGradient, _gate.GradientSupport);
        Clear(_channel.LeakGradient, _channel.LeakSupport);
        Array.Clear(_context.HeatGradient);
        _context.AtNodes?.UpdateSlopes(state);
        SetTime(time);
        foreach (AddLinearised add in _addLinearised)
            add(state, rate, jacobian);
        TakeRates(quadratureRate);
        Copy(_gate.WorkGradient, quadratureGradient[Work], _gate.GradientSupport);
        if (LeakedGas >= 0)
            Copy(_channel.LeakGradient, quadratureGradient[LeakedGas], _channel.LeakSupport);
        if (Heat >= 0)
        {
            if (_conduction is not null)
                Copy(_conduction.LossGradient, quadratureGradient[Heat], _conduction.LossSupport);
            else
                _context.HeatGradient.CopyTo(quadratureGradient[Heat], 0);
            quadratureRate[Chemical] = _chemicalWork!.Linearise(rate, quadratureGradient[Chemical]);
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private void TakeRates(P[] quadratureRate)
    {
        quadratureRate[Work] = _gate.WorkRate;
        if (LeakedGas >= 0)
            quadratureRate[LeakedGas] = _channel.LeakRate;
        if (Heat >= 0)
            quadratureRate[Heat] = _context.HeatRate;
    }

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public void TimeDerivative(double time, P[] state, P[] rate, P[] quadratureRate)
    {
        Array.Clear(rate);
        Array.Clear(quadratureRate);
        SetTime(time);
        _gate.AddTimeDerivative(rate);
        _electrons?.AddTimeDerivative(rate);
        quadratureRate[Work] = _gate.WorkTimeDerivative(state);
    }

    /// <summary>Energy of the field in PSG and in the compact layers, with the work of their flat-band drops [J].</summary>
    public P FieldEnergy(P[] state) =>
        _fieldEnergy(state) + _gate.CompactLayerEnergy(state) + _channel.CompactLayerEnergy(state) + _links.FieldEnergy(state);

    /// <summary>
    /// Electrical work of a segment [J] from its quadrature: under an ideal source the total derivative d(V_G Q_M) that the
    /// quadrature leaves out is added from the states at the ends.
    /// </summary>
    public P ElectricalWork(P quadrature, P[] before, P[] after, DriveMode mode) => mode == DriveMode.Voltage
        ? quadrature + (after[Layout.GateVoltage] * after[Layout.GateCharge] - before[Layout.GateVoltage] * before[Layout.GateCharge])
        : quadrature;

    /// <summary>Hydrogen in WO3, atoms of the whole device.</summary>
    public P HydrogenInChannel(P[] state) => _hydrogen.Inventory(state);

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
        if (_electrons is not null)
            _electrons.Time = time;
    }

    private static void Check(ControlVolumeMesh mesh)
    {
        foreach (MaterialKind needed in new[] { MaterialKind.GateMetal, MaterialKind.Electrolyte, MaterialKind.Channel })
            if (Enumerable.Range(0, mesh.NodeCount).All(n => mesh.MaterialOf(n) != needed))
                throw new MeshException($"The device has no {ParameterNames.Snake(needed.ToString())}; it needs a gate metal, an electrolyte and a channel.");
        foreach (Interface f in mesh.Interfaces)
            if (mesh.MaterialOf(f.First) == mesh.MaterialOf(f.Second) && mesh.MaterialOf(f.First) is (MaterialKind.Electrolyte or MaterialKind.Channel))
                throw new MeshException($"Regions '{mesh.Regions[mesh.RegionOf(f.First)].Name}' and '{mesh.Regions[mesh.RegionOf(f.Second)].Name}' of one material touch; give them one name.");
        bool Touch(MaterialKind a, MaterialKind b) => mesh.Interfaces.Any(f => mesh.MaterialOf(f.First) == a && mesh.MaterialOf(f.Second) == b);
        if (!Touch(MaterialKind.GateMetal, MaterialKind.Electrolyte) || !Touch(MaterialKind.Electrolyte, MaterialKind.Channel))
            throw new MeshException("The electrolyte must touch the gate metal and the channel.");
    }

    private static (IAssemblyPart<P> Part, Func<P[], P> FieldEnergy) CreateTransport(AssemblyContext<P> context)
    {
        HopLaw law = context.Device.Psg.HopLaw;
        // The JIT compiles one loop per law and number type: no call per edge is left.
        if (context is AssemblyContext<Scalar> scalar)
        {
            (IAssemblyPart<Scalar> Part, Func<Scalar[], Scalar> Energy) made = Create<Scalar, Lanes, EightEdges>(scalar, law);
            return ((IAssemblyPart<P>)made.Part, (Func<P[], P>)(object)made.Energy);
        }
        return Create<P, P, OneEdge<P>>(context, law);
    }

    private static (IAssemblyPart<Q> Part, Func<Q[], Q> Energy) Create<Q, W, A>(AssemblyContext<Q> context, HopLaw law)
        where Q : struct, IParameter<Q>, IReal<Q, Q>
        where W : struct, IParameter<W>, IReal<W, W>
        where A : struct, IAccess<Q, W>
    {
        (IAssemblyPart<Q>, Func<Q[], Q>) Of<TLaw>()
            where TLaw : struct, IHopLaw => context.Device.Psg.SiteDensity > 0 ? With<TLaw, SiteLimit>() : With<TLaw, NoSiteLimit>();

        (IAssemblyPart<Q>, Func<Q[], Q>) With<TLaw, TLimit>()
            where TLaw : struct, IHopLaw
            where TLimit : struct
        {
            var part = new ProtonTransport<Q, W, A, TLaw, TLimit>(context);
            return (part, part.FieldEnergy);
        }

        return law switch
        {
            HopLaw.Sinh => Of<SinhHop>(),
            HopLaw.Saturating => Of<SaturatingHop>(),
            HopLaw.Washboard => Of<WashboardHop>(),
            HopLaw.GaussianDisorder => Of<GaussianDisorderHop>(),
            _ => throw new ArgumentOutOfRangeException(nameof(law), law, "Unknown hop law."),
        };
    }

    /// <summary>Typical size of each unknown: rest densities, thermal voltage, a kelvin, what one pulse moves.</summary>
    private double[] NaturalScale(DeviceColumn column)
    {
        Device d = column.Device;
        var scale = new double[Layout.Size];
        void Fill(int start, int count, double value)
        {
            if (start >= 0)
                Array.Fill(scale, value, start, count);
        }
        double area = Layout.GateInterfaces.Sum(f => f.Area);
        double thermal = Constants.ThermalVoltage(d.Heat.ReferenceTemperature);
        double density = Calibration.RestProtonDensity(d.Psg);
        Fill(Layout.Proton, Layout.PsgNodes.Length, density);
        Fill(Layout.Potential, Layout.PsgNodes.Length, thermal);
        Fill(Layout.Bound, Layout.PsgNodes.Length, d.Psg.FixedChargeDensity);
        Fill(Layout.Hydrogen, Layout.Wo3Nodes.Length, d.Wo3.RestComposition * d.Wo3.SiteDensity);
        Fill(Layout.Coverage, Layout.ChannelInterfaces.Length, d.Interface.RestCoverage);
        Fill(Layout.Dissolved, Layout.ChannelInterfaces.Length, d.Gas.SaturationDensity);
        Fill(Layout.Bubbles, Layout.ChannelInterfaces.Length, d.Gas.SaturationDensity);
        Fill(Layout.GateHydrogen, 1, density * d.Psg.Thickness * area);
        Fill(Layout.GateCharge, 1, d.Psg.RelativePermittivity * Constants.VacuumPermittivity * area * thermal / d.Psg.SternThickness);
        Fill(Layout.GateVoltage, 1, thermal);
        Fill(Layout.Temperature, column.Mesh.NodeCount, 1);
        Fill(Layout.Insulator, Layout.Insulators.Free.Length, thermal);
        Fill(Layout.Electron, Layout.Wo3Nodes.Length, thermal);
        Fill(Layout.DrainVoltage, 1, thermal);
        return scale;
    }
}
