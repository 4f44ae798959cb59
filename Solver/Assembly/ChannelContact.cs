using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Time;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>PSG/WO3 interfaces: compact layer, elementary steps over a coverage, molecular hydrogen.</summary>
/// <remarks>
/// Per interface of area A: displacement into the compact layer A eps (phi_N - psi - chi)/l_S leaves the PSG; protons leave
/// at r_V + r_Hy (+ the spot hypothesis); Gamma_s dtheta/dt = r_V - r_A - 2 r_T - r_Hy; hydrogen enters WO3 at r_A;
/// dn_d/dt = r_T + r_Hy - leak - growth, dn_b/dt = growth. With electrons the charge of the compact layer and of the
/// protons goes into their balance (see <see cref="ElectronConduction{P}"/>); without, psi is 0.
/// </remarks>
internal sealed class ChannelContact<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private const int Proton = 0, Phi = 1, Coverage = 2, Hydrogen = 3, Dissolved = 4, Bubbles = 5, HeatPsg = 6, HeatWo3 = 7;
    private const int RowProton = 0, RowCoverage = 1, RowHydrogen = 2, RowDissolved = 3, RowBubbles = 4, RowHeatPsg = 5, RowHeatWo3 = 6, RowElectron = 7;

    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly ChannelReactions<P> _reactions;
    private readonly BubbleKinetics<P> _bubbles;
    private readonly Face[] _faces;
    private readonly P _flatBand, _inverseSites, _sites;
    private readonly bool _hasGas;
    private readonly bool _hasFew;
    private ILinearSolver<P>? _solver;

    public ChannelContact(AssemblyContext<P> context)
    {
        _context = context;
        _u = context.U;
        _hasGas = _u.Dissolved >= 0;
        _reactions = new()
        {
            ExchangeRate = context.Pack(d => d.Interface.ExchangeCurrentDensity / ElementaryCharge),
            Transfer = new()
            {
                Alpha = context.Pack(d => d.Interface.TransferCoefficient),
                IsMarcus = context.Device.Interface.Kinetics == KineticLaw.Marcus,
                ReorganisationEnergy = context.Pack(d => d.Interface.ReorganisationEnergy),
            },
            Temperature = context.Arrhenius(d => d.Interface.ActivationEnergy),
            Activity = context.Activity(),
            RestPotential = context.Pack(RestPotential),
            RestCoverage = context.Pack(d => d.Interface.RestCoverage),
            RestComposition = context.Pack(d => d.Wo3.RestComposition),
            AbsorptionRate = context.Pack(d => d.Interface.SiteDensity * d.Interface.AbsorptionRate),
            ExcessSpecies = context.Pack(d => d.Wo3.DiluteSpecies - 1),
            Interaction = context.Pack(d => d.Wo3.InteractionPotential),
            IsIdeal = context.Device.Wo3.DiluteSpecies == 1 && context.Device.Wo3.InteractionPotential == 0,
            TafelRate = context.Pack(d => d.Interface.SiteDensity * d.Interface.TafelRate),
            HeyrovskyRate = context.Pack(d => d.Interface.SiteDensity * d.Interface.HeyrovskyRate),
            InverseHenry = context.Pack(d => 1 / d.Gas.HenryConstant),
            HasGas = _hasGas,
            Hypotheses = new()
            {
                SpotIsOn = context.Device.Hypotheses.SpotHeyrovsky,
                SpotRate = context.Pack(d => d.Interface.SiteDensity * d.Hypotheses.SpotRate),
                InverseOnsetDrop = context.Pack(d => 1 / (d.Psg.SternThickness * d.Hypotheses.SpotOnsetField)),
                FeedbackIsOn = context.Device.Hypotheses.StressFeedback,
                FeedbackPerDensity = context.Pack(d => d.Hypotheses.FeedbackStrength / d.Hypotheses.FeedbackReference),
            },
        };
        _bubbles = new()
        {
            InverseCritical = context.Pack(d => 1 / d.Gas.CriticalDensity),
            Saturation = context.Pack(d => d.Gas.SaturationDensity),
            GrowthRate = context.Pack(d => 1 / d.Gas.GrowthTime),
            ShrinkRate = context.Pack(d => 1 / d.Gas.ShrinkTime),
            LeakRate = context.Pack(d => 1 / d.Gas.LeakTime),
            Equilibrium = context.Pack(RestDissolved),
        };
        _flatBand = -_reactions.RestPotential;
        _inverseSites = context.Pack(d => 1 / d.Wo3.SiteDensity);
        _sites = context.Pack(d => d.Interface.SiteDensity);
        _faces = [.. Enumerable.Range(0, _u.ChannelInterfaces.Length).Select(k =>
        {
            Interface f = _u.ChannelInterfaces[k];
            int psg = _u.Local[f.First], wo3 = _u.Local[f.Second];
            int heatPsg = context.HasHeat ? _u.Temperature + f.First : -1;
            int heatWo3 = context.HasHeat ? _u.Temperature + f.Second : -1;
            int dissolved = _hasGas ? _u.Dissolved + k : -1, bubbles = _hasGas ? _u.Bubbles + k : -1;
            int psi = _u.Electron >= 0 ? _u.Electron + wo3 : -1;
            return new Face(
                k,
                psg,
                wo3,
                psi,
                context.Pack((_, m) => m.Interfaces.First(i => i.First == f.First && i.Second == f.Second).Area),
                context.Pack((d, m) => m.Interfaces.First(i => i.First == f.First && i.Second == f.Second).Area
                    * d.Psg.RelativePermittivity * VacuumPermittivity / d.Psg.SternThickness),
                new(
                    [_u.Proton + psg, _u.Coverage + k, _u.Hydrogen + wo3, dissolved, bubbles, heatPsg, heatWo3, _u.ElectronRow(wo3)],
                    [_u.Proton + psg, _u.Potential + psg, _u.Coverage + k, _u.Hydrogen + wo3, dissolved, bubbles, heatPsg, heatWo3],
                    psi, Phi));
        })];
        _hasFew = _faces.All(f => f.Block.Count <= Gradient4<P>.Capacity);
        LeakRates = _hasGas ? AlignedArray.Create<P>(_faces.Length) : [];
        LeakGradient = _hasGas ? AlignedArray.Create<P>(_u.Size) : [];
        LeakSupport = _hasGas ? [.. _faces.Select(f => f.Block.Unknowns[Dissolved])] : [];
    }

    /// <summary>Hydrogen molecules that leak out, of the last residual [1/s].</summary>
    public P LeakRate { get; private set; }

    /// <summary>The same at each interface.</summary>
    public P[] LeakRates { get; }

    /// <summary>Derivative of <see cref="LeakRate"/> by each unknown; the leak of an interface depends on its dissolved hydrogen only.</summary>
    public P[] LeakGradient { get; }

    /// <summary>Unknowns on which the leak depends.</summary>
    public int[] LeakSupport { get; }

    /// <summary>U_W(y_ref) at the reference temperature [V].</summary>
    public static double RestPotential(Device device) =>
        CalibrationRules.InsertionPotential(device.Wo3, device.Wo3.RestComposition, device.Heat.ReferenceTemperature);

    /// <summary>Dissolved hydrogen in equilibrium with the state of rest [m^-2]: f = e^(-2 q U_W(y_ref)/kT) bar.</summary>
    public static double RestDissolved(Device device) => device.Gas.HenryConstant
        * Math.Exp(-2 * RestPotential(device) / ThermalVoltage(device.Heat.ReferenceTemperature));

    public void Declare(PatternBuilder pattern)
    {
        foreach (Face face in _faces)
        {
            face.Block.Declare(pattern);
            if (face.Psi >= 0)
                pattern.Add(face.Block.Unknowns[Phi], face.Psi);
        }
    }

    public void Bind(ILinearSolver<P> solver)
    {
        _solver = solver;
        foreach (Face face in _faces)
            face.Block.Bind(solver);
    }

    public void AddConstants(P[] jacobian, P[] mass)
    {
        foreach (Face face in _faces)
        {
            int[] k = face.Block.Unknowns;
            mass[k[Coverage]] += _sites * face.Area;
            if (_hasGas)
            {
                mass[k[Dissolved]] += face.Area;
                mass[k[Bubbles]] += face.Area;
            }
            jacobian[_solver!.Slot(k[Phi], k[Phi])] -= face.Capacitance;
            if (face.Psi >= 0)
                jacobian[_solver.Slot(k[Phi], face.Psi)] += face.Capacitance;
            if (face.Block.Rows[RowElectron] is >= 0 and var row)
            {
                mass[row] += face.Capacitance;
                _context.MassCouplings.Add(new(row, k[Phi], -face.Capacitance));
            }
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        LeakRate = default;
        foreach (Face face in _faces)
        {
            SetState<P, Values>(new(face.Block, x), face, x, out InterfaceState<P> s);
            _reactions.GetRates(s, _context.IsReferenceTemperature, out InterfaceRates<P> r);
            AddRates(f, face, s.Drop, s.Dissolved, s.Bubbles, r);
        }
    }

    /// <summary>Adds what the reactions of an interface do.</summary>
    /// <param name="f">Rates.</param>
    /// <param name="face">Interface.</param>
    /// <param name="drop">phi_N - psi [V].</param>
    /// <param name="dissolved">Dissolved hydrogen [m^-2].</param>
    /// <param name="bubbles">Hydrogen in bubbles [m^-2].</param>
    /// <param name="r">Rates of the reactions.</param>
    [MethodImpl(Compilation.HotLoop)]
    private void AddRates(P[] f, Face face, P drop, P dissolved, P bubbles, in InterfaceRates<P> r)
    {
        int[] rows = face.Block.Rows;
        P area = face.Area, protons = Protons(r), adsorbed = Adsorbed(r);
        f[face.Block.Unknowns[Phi]] -= (drop - _flatBand) * face.Capacitance;
        f[rows[RowProton]] -= protons * area;
        f[rows[RowCoverage]] += adsorbed * area;
        f[rows[RowHydrogen]] += r.Absorption * area;
        if (rows[RowElectron] >= 0)
            f[rows[RowElectron]] += protons * area * ElementaryCharge;
        if (_hasGas)
        {
            P leak = _bubbles.Leak(dissolved), growth = _bubbles.Growth(dissolved, bubbles);
            f[rows[RowDissolved]] += (r.Tafel + r.Heyrovsky + r.Spot - leak - growth) * area;
            f[rows[RowBubbles]] += growth * area;
            LeakRates[face.Place] = leak * area;
            LeakRate += LeakRates[face.Place];
        }
        if (!_context.HasEnergy)
            return;
        NodePotentials<P> at = _context.AtNodes!;
        P power = Power(r, at.Proton.Value[face.PsgPlace] + drop, at.Adsorbed.Value[face.Place], at.Inserted.Value[face.Wo3Place],
            _hasGas ? at.Molecule.Value[face.Place] : default) * area;
        _context.HeatRate += power;
        if (_context.HasHeat)
        {
            f[rows[RowHeatPsg]] += power * 0.5;
            f[rows[RowHeatWo3]] += power * 0.5;
        }
    }

    public void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        LeakRate = default;
        if (_hasFew)
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
        foreach (Face face in _faces)
        {
            LocalBlock<P> b = face.Block;
            SetState<Dual<P, G>, Seeds<G>>(new(b, x), face, x, out InterfaceState<Dual<P, G>> s);
            _reactions.GetRates(s, _context.IsReferenceTemperature, out InterfaceRates<Dual<P, G>> r);
            AddRates(f, face, s.Drop.Value, s.Dissolved.Value, s.Bubbles.Value, new()
            {
                Volmer = r.Volmer.Value,
                Absorption = r.Absorption.Value,
                Tafel = r.Tafel.Value,
                Heyrovsky = r.Heyrovsky.Value,
                Spot = r.Spot.Value,
            });
            P area = face.Area;
            Dual<P, G> protons = Protons(r), adsorbed = Adsorbed(r);
            b.Add(jacobian, RowProton, protons, -area);
            b.Add(jacobian, RowCoverage, adsorbed, area);
            b.Add(jacobian, RowHydrogen, r.Absorption, area);
            b.Add(jacobian, RowElectron, protons, area * ElementaryCharge);
            if (_hasGas)
            {
                var leak = _bubbles.Leak(s.Dissolved);
                var growth = _bubbles.Growth(s.Dissolved, s.Bubbles);
                b.Add(jacobian, RowDissolved, r.Tafel + r.Heyrovsky + r.Spot - leak - growth, area);
                b.Add(jacobian, RowBubbles, growth, area);
                b.AddTo(LeakGradient, leak, area);
            }
            if (!_context.HasEnergy)
                continue;
            NodePotentials<P> at = _context.AtNodes!;
            var power = Power(r, b.Potential<G>(at.Proton, face.PsgPlace, Proton, HeatPsg) + s.Drop,
                b.Potential<G>(at.Adsorbed, face.Place, Coverage, HeatPsg), b.Potential<G>(at.Inserted, face.Wo3Place, Hydrogen, HeatWo3),
                _hasGas ? b.Potential<G>(at.Molecule, face.Place, Dissolved, HeatPsg) : default);
            if (_context.HasHeat)
            {
                b.Add(jacobian, RowHeatPsg, power, area * 0.5);
                b.Add(jacobian, RowHeatWo3, power, area * 0.5);
            }
            else
            {
                b.AddTo(_context.HeatGradient, power, area);
            }
        }
    }

    /// <summary>Energy of the compact layers at the channel, with the work of their flat-band drop [J].</summary>
    public P CompactLayerEnergy(P[] x)
    {
        P sum = default;
        foreach (Face face in _faces)
        {
            P drop = ExcessDrop(x, face);
            sum += (drop * 0.5 + _flatBand) * drop * face.Capacitance;
        }
        return sum;
    }

    /// <summary>Displacement into the channel [C]: its image charge with opposite sign.</summary>
    public P Drained(P[] x)
    {
        P sum = default;
        foreach (Face face in _faces)
            sum += ExcessDrop(x, face) * face.Capacitance;
        return sum;
    }

    private P ExcessDrop(P[] x, Face face)
    {
        P drop = x[face.Block.Unknowns[Phi]] - _flatBand;
        return face.Psi >= 0 ? drop - x[face.Psi] : drop;
    }

    /// <summary>Dissipated power per area [W/m^2]: affinity times rate of each step.</summary>
    /// <remarks>
    /// The spot hypothesis dissipates what the reversible Heyrovsky step would; leak and growth give no heat to the device.
    /// </remarks>
    /// <param name="r">Rates.</param>
    /// <param name="proton">Electrochemical potential of protons against the channel's [V].</param>
    /// <param name="adsorbed">Potential of adsorbed hydrogen [V].</param>
    /// <param name="inserted">That of inserted hydrogen.</param>
    /// <param name="molecule">That of molecular hydrogen, with gas.</param>
    [MethodImpl(Compilation.HotLoop)]
    private T Power<T>(in InterfaceRates<T> r, in T proton, in T adsorbed, in T inserted, in T molecule)
        where T : struct, IReal<T, P>
    {
        T power = (proton - adsorbed) * r.Volmer + (adsorbed - inserted) * r.Absorption;
        if (_hasGas)
            power = power + (adsorbed * 2 - molecule) * r.Tafel + (proton + adsorbed - molecule) * (r.Heyrovsky + r.Spot);
        return power * ElementaryCharge;
    }

    /// <summary>Protons that leave the PSG [m^-2 s^-1]; without gas there are no others than those of the Volmer step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Protons<T>(in InterfaceRates<T> r)
        where T : struct, IReal<T, P> => _hasGas ? r.Volmer + r.Heyrovsky + r.Spot : r.Volmer;

    /// <summary>Growth of adsorbed hydrogen [m^-2 s^-1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Adsorbed<T>(in InterfaceRates<T> r)
        where T : struct, IReal<T, P> => _hasGas
            ? r.Volmer - r.Absorption - r.Tafel * 2 - r.Heyrovsky - r.Spot
            : r.Volmer - r.Absorption;

    // Written where it is used: to give back structures of lanes copies them. A call of its own: the compiler's budget for inlining is finite.
    [MethodImpl(Compilation.HotLoop)]
    private void SetState<T, TLocals>(TLocals locals, Face face, P[] x, out InterfaceState<T> s)
        where T : struct, IReal<T, P>
        where TLocals : struct, ILocals<T>
    {
        s.ProtonDensity = locals[Proton];
        s.Drop = locals[Phi];
        if (face.Psi >= 0)
            s.Drop -= x[face.Psi];
        s.Coverage = locals[Coverage];
        s.Composition = locals[Hydrogen] * _inverseSites;
        s.Dissolved = locals[Dissolved];
        s.Bubbles = locals[Bubbles];
        s.InverseThermalVoltage = _context.HasHeat
            ? T.Reciprocal(locals[HeatPsg] * VoltPerKelvin)
            : T.Constant(_context.InverseThermalVoltage);
    }

    /// <summary>Unknowns of an interface, with or without derivatives.</summary>
    private interface ILocals<T>
    {
        T this[int k] { get; }
    }

    private readonly struct Values(LocalBlock<P> block, P[] x) : ILocals<P>
    {
        public P this[int k]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => block.Value(x, k);
        }
    }

    private readonly struct Seeds<G>(LocalBlock<P> block, P[] x) : ILocals<Dual<P, G>>
        where G : struct, IGradient<G, P>
    {
        public Dual<P, G> this[int k]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => block.Seed<G>(x, k);
        }
    }

    private sealed record Face(int Place, int PsgPlace, int Wo3Place, int Psi, P Area, P Capacitance, LocalBlock<P> Block);
}
