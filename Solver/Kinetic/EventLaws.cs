using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Kinetic;

/// <summary>The solver's laws as rates of single events: the one place where the twin meets them.</summary>
/// <remarks>
/// Every law is asked at the work of the event, u = -(change of the electrostatic energy)/kT, which is the mean of the
/// drops before and after it. Forward and backward rates at one u have the ratio e^u: detailed balance with the total
/// energy, whatever the law and however large the change.
/// </remarks>
public sealed class EventLaws
{
    private readonly Func<Scalar, Scalar>? _factor;
    private readonly PalladiumInjection<Scalar> _gate;
    private readonly ChargeTransfer<Scalar> _transfer;
    private readonly Absorption<Scalar> _absorption;
    private readonly InsertionDiffusion<Scalar, Isothermal> _diffusion;
    private readonly Scalar _inverse;
    private readonly double _hopRate, _gateRate, _channelRate, _absorptionRate;
    private readonly double _restVacancy, _sites;
    private readonly bool _isothermal;

    /// <summary>The laws of a device at its ambient temperature.</summary>
    /// <param name="device">Resolved parameters.</param>
    /// <param name="area">Area over which events are counted [m^2].</param>
    /// <exception cref="NotSupportedException">The device uses a law that has no event here.</exception>
    public EventLaws(Device device, double area)
    {
        if (InterfaceSpecies.Optional(device).FirstOrDefault() is { } species)
            throw new NotSupportedException($"Single protons know nothing of the {species.LongName} ({species.Key}).");
        if (device.Psg.TrapDensity > 0 || device.Psg.SiteDensity > 0 || device.Heat.Enabled || device.Wo3.SpaceCharge)
            throw new NotSupportedException(
                "Single protons know no traps (psg.trap_density), no site limit (psg.site_density), no space charge in WO3 "
                + "(wo3.space_charge) and no heating (heat.enabled).");
        double temperature = device.Heat.AmbientTemperature;
        InverseThermalVoltage = 1 / ThermalVoltage(temperature);
        _inverse = new(InverseThermalVoltage);
        _isothermal = temperature == device.Heat.ReferenceTemperature;
        Pack<Scalar> pack = Pack.One(device);
        _factor = HopLaws.Use(device.Psg.HopLaw, new FactorOf(pack, device, _inverse));
        _hopRate = HopRate<Scalar>.Of(pack, device).At(_inverse);
        _gate = PalladiumInjection<Scalar>.Of(pack, device);
        _transfer = ChargeTransfer<Scalar>.Of(pack, device);
        _absorption = Absorption<Scalar>.Of(pack, device);
        _diffusion = InsertionDiffusion<Scalar, Isothermal>.Of(pack, device);
        Scalar thermal = new(1 / InverseThermalVoltage);
        double gate = SternLayer<Scalar>.AtGate(pack, device).FlatBand, wo3 = SternLayer<Scalar>.Of(pack, device).FlatBand;
        FlatVoltage = gate + wo3;
        GateOffset = (gate - _gate.Rest.At(thermal)) * InverseThermalVoltage;
        ChannelOffset = (wo3 + InsertionPotential<Scalar>.Of(pack, device).Rest.At(thermal)) * InverseThermalVoltage;
        _gateRate = (double)_gate.ExchangeRate * area * (_isothermal ? 1 : (double)_gate.Temperature.At(_inverse));
        double channel = _isothermal ? 1 : (double)Arrhenius<Scalar>.Of(pack, d => d.Interface.ActivationEnergy).At(_inverse);
        _channelRate = (double)Volmer<Scalar>.Of(pack, device).ExchangeRate * area * channel;
        _absorptionRate = device.Interface.AbsorptionRate * channel;
        _restVacancy = 1 - device.Interface.RestCoverage;
        _sites = device.Interface.SiteDensity * area;
        InverseArea = 1 / area;
    }

    /// <summary>q/kT [1/V].</summary>
    public double InverseThermalVoltage { get; }

    /// <summary>Gate voltage at which no layer holds charge [V].</summary>
    public double FlatVoltage { get; }

    /// <summary>Work of the Pd/PSG reaction over kT where the compact layer holds no charge.</summary>
    public double GateOffset { get; }

    /// <summary>The same of the Volmer step.</summary>
    public double ChannelOffset { get; }

    private double InverseArea { get; }

    /// <summary>Rates of a hop of one distance, per proton [1/s].</summary>
    /// <param name="u">Work of the hop over kT.</param>
    /// <param name="forward">Along the field.</param>
    /// <param name="backward">Against it, at the same u.</param>
    public void Hop(double u, out double forward, out double backward)
    {
        double x = u / 2, rise = Math.Exp(x);
        double rate = _factor is null ? _hopRate : _hopRate * _factor(new(x));
        (forward, backward) = (rate * rise, rate / rise);
    }

    /// <summary>Rates of the Pd/PSG reaction at activities of 1 [1/s]: into PSG, and back.</summary>
    /// <param name="u">Electrostatic work over kT; <see cref="GateOffset"/> is added.</param>
    /// <param name="forward">Into PSG.</param>
    /// <param name="backward">Back.</param>
    public void Gate(double u, out double forward, out double backward)
    {
        u += GateOffset;
        forward = _gateRate * _gate.Transfer.Forward(new Scalar(u), _inverse, out Scalar back);
        backward = _gateRate * back;
    }

    /// <summary>Rates of the Volmer step at activities and coverage of rest [1/s]: out of PSG, and back.</summary>
    /// <param name="u">Electrostatic work over kT; <see cref="ChannelOffset"/> is added.</param>
    /// <param name="forward">Out of PSG.</param>
    /// <param name="backward">Back.</param>
    public void Channel(double u, out double forward, out double backward)
    {
        u += ChannelOffset;
        forward = _channelRate * _transfer.Forward(new Scalar(u), _inverse, out Scalar back);
        backward = _channelRate * back;
    }

    /// <summary>Activity of hydrogen in Pd after it has given this many atoms.</summary>
    public double GateActivity(double given) => _gate.Reservoir.Activity(new Scalar(given * InverseArea));

    /// <summary>Factors of the coverage on the Volmer step: vacant sites and adsorbed atoms over those at rest.</summary>
    public void Coverage(double adsorbed, out double vacant, out double occupied)
    {
        double theta = adsorbed / _sites;
        (vacant, occupied) = ((1 - theta) / _restVacancy, theta / (1 - _restVacancy));
    }

    /// <summary>Rates of absorption into a layer of WO3 [1/s]: atoms that go in, and that come out.</summary>
    /// <param name="adsorbed">Adsorbed atoms.</param>
    /// <param name="composition">Composition of the layer.</param>
    /// <param name="inward">Adsorbed to inserted.</param>
    /// <param name="outward">Inserted to adsorbed.</param>
    public void Absorption(double adsorbed, double composition, out double inward, out double outward)
    {
        double equilibrium = _absorption.Equilibrium(new Scalar(composition), _inverse);
        inward = _absorptionRate * adsorbed * (1 - composition);
        outward = _absorptionRate * equilibrium * composition * (_sites - adsorbed);
    }

    /// <summary>Adsorbed atoms in equilibrium with WO3 of a composition.</summary>
    public double AdsorbedAt(double composition)
    {
        double odds = composition / (1 - composition) * _absorption.Equilibrium(new Scalar(composition), _inverse);
        return _sites * odds / (1 + odds);
    }

    /// <summary>Diffusion coefficient of hydrogen in WO3 between two layers [m^2/s].</summary>
    /// <param name="sum">Sum of their densities [m^-3].</param>
    public double Diffusivity(double sum) =>
        sum > 0 ? _diffusion.Evaluate<Scalar>(new(sum), new(0), default, _inverse, _diffusion.Edge(new(1), new(1), new(1))) / sum : 0;

    /// <summary>s(x) of the device's hop law; null where it is 1.</summary>
    private sealed record FactorOf(Pack<Scalar> Pack, Device Device, Scalar Inverse) : IHopLawUse<Scalar, Func<Scalar, Scalar>?>
    {
        public Func<Scalar, Scalar>? With<TLaw>()
            where TLaw : struct, IHopLaw<TLaw, Scalar>
        {
            if (typeof(TLaw) == typeof(SinhHop<Scalar>))
                return null;
            TLaw law = TLaw.Of(Pack, Device);
            return x => law.Factor(x, Inverse);
        }
    }
}
