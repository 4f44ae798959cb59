using System.Numerics;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Cases.Electrochemistry;

/// <summary>Equivalent circuit of a device at rest for small signals, from its parameters alone.</summary>
/// <remarks>
/// Linearised about rest, where the film is neutral and free of field. In PSG a current density i runs past
/// c'' = lambda^2 c with lambda^2 = kappa^2 + i w/D_0, kappa^2 = q c_0/(eps V_T): bulk with conductivity
/// sigma = q c_0 D_0/V_T beside its displacement, L/(sigma + i w eps), and a diffuse layer at each side (Macdonald,
/// Phys. Rev. 92, 4 (1953), with one mobile kind of ion). At an interface the compact layer eps/l_S carries displacement at
/// the potential, the reaction with conductance g carries protons at their electrochemical potential. With
/// phi_0 = E - q A/(eps lambda^2), c_0 = A, phi'_bulk = C = -i/(sigma + i w eps):
/// A [i w q/lambda + g (l_S q/(eps lambda) + V_T/c_0)] = C (sigma - g l_S), V - E = -l_S (q A/(eps lambda) + C) - q A/(eps lambda^2).
/// At zero frequency V - E = i/g. Gate: g = j0_Pd/V_T. Channel: 1/g = V_T/j0_W + 1/(i w C_ads + 1/(R_abs + Z_store)), with
/// C_ads = q Gamma_s theta_0 (1 - theta_0)/V_T, R_abs = V_T/(q Gamma_s k_A theta_0 (1 - y_0)) and hydrogen that diffuses into
/// a closed slab, Z_store = (dmu/dy)/(q C_max sqrt(i w D) tanh(L sqrt(i w/D))), dmu/dy = n V_T/(y_0 (1 - y_0)) + g_W.
/// The two diffuse layers are apart when kappa L is large. Left out: traps, site limit, gas, heat, a reservoir off its
/// plateau, Marcus kinetics, space charge of WO3.
/// </remarks>
public sealed class RestCircuit
{
    private readonly Device _d;
    private readonly double _vt, _eps, _density, _diffusivity, _film, _stern, _dmu;

    /// <summary>The circuit of a device.</summary>
    /// <param name="device">Resolved parameters.</param>
    public RestCircuit(Device device)
    {
        _d = device;
        _vt = ThermalVoltage(device.Heat.ReferenceTemperature);
        _eps = device.Psg.RelativePermittivity * VacuumPermittivity;
        _density = TrapExchange.RestDensity(device.Psg);
        _diffusivity = device.Psg.HopDistance * device.Psg.HopDistance * HopRate.At(device.Psg, device.Heat.ReferenceTemperature);
        _stern = device.Psg.SternThickness;
        _film = device.Psg.Thickness - 2 * _stern;
        double y = device.Wo3.RestComposition;
        _dmu = device.Wo3.DiluteSpecies * _vt / (y * (1 - y)) + device.Wo3.InteractionPotential;
        StoreDiffusivity = device.Wo3.DiffusionLaw == DiffusionLaw.Fick
            ? device.Wo3.Diffusivity
            : device.Wo3.TracerDiffusivityDilute
                * Math.Pow(device.Wo3.TracerDiffusivityRich / device.Wo3.TracerDiffusivityDilute, y / device.Wo3.TracerRichComposition)
                * y * _dmu / _vt;
    }

    private double Area => _d.Geometry.Area;

    /// <summary>Diffusivity of hydrogen in WO3 at rest [m^2/s].</summary>
    public double StoreDiffusivity { get; }

    /// <summary>Conductivity of PSG at low field [S/m].</summary>
    public double Conductivity => ElementaryCharge * _density * _diffusivity / _vt;

    /// <summary>Resistance of the film [ohm].</summary>
    public double FilmResistance => _film / (Conductivity * Area);

    /// <summary>Capacitance of the film between its compact layers [F].</summary>
    public double FilmCapacitance => _eps * Area / _film;

    /// <summary>Capacitance of one compact layer [F].</summary>
    public double SternCapacitance => _eps * Area / _stern;

    /// <summary>Capacitance of one diffuse layer at low frequency, eps kappa A [F].</summary>
    public double DiffuseCapacitance => Area * Math.Sqrt(_eps * ElementaryCharge * _density / _vt);

    /// <summary>Charge-transfer resistance of Pd, V_T/(j0 A) [ohm].</summary>
    public double GateResistance => _vt / (_d.Pd.ExchangeCurrentDensity * Area);

    /// <summary>Charge-transfer resistance of the Volmer step, V_T/(j0 A) [ohm].</summary>
    public double ChannelResistance => _vt / (_d.Interface.ExchangeCurrentDensity * Area);

    /// <summary>Pseudo-capacitance of adsorbed hydrogen [F].</summary>
    public double AdsorptionCapacitance =>
        ElementaryCharge * _d.Interface.SiteDensity * _d.Interface.RestCoverage * (1 - _d.Interface.RestCoverage) * Area / _vt;

    /// <summary>Resistance of absorption [ohm].</summary>
    public double AbsorptionResistance => _vt / (ElementaryCharge * _d.Interface.SiteDensity * _d.Interface.AbsorptionRate
        * _d.Interface.RestCoverage * (1 - _d.Wo3.RestComposition) * Area);

    /// <summary>Capacitance of the channel for hydrogen when it has time to spread [F].</summary>
    public double StoreCapacitance => ElementaryCharge * _d.Wo3.SiteDensity * _d.Wo3.Thickness * Area / _dmu;

    /// <summary>What the device has and the circuit leaves out, in words; empty when it is complete.</summary>
    public IReadOnlyList<string> Omissions
    {
        get
        {
            var omissions = new List<string>();
            if (_d.Wo3.SpaceCharge)
                omissions.Add("the space charge of WO3");
            if (_d.Psg.TrapDensity > 0)
                omissions.Add("traps");
            if (_d.Psg.SiteDensity > 0)
                omissions.Add("the site limit of PSG");
            if (_d.Pd.Kinetics == KineticLaw.Marcus || _d.Interface.Kinetics == KineticLaw.Marcus)
                omissions.Add("Marcus kinetics");
            double layers = _film * Math.Sqrt(ElementaryCharge * _density / (_eps * _vt));
            if (layers < 10)
                omissions.Add($"that the diffuse layers meet in the film (kappa L = {layers:g3})");
            return omissions;
        }
    }

    /// <summary>Impedance of the gate against the channel [ohm] at a frequency [Hz].</summary>
    public Complex Impedance(double frequency)
    {
        Complex s = new(0, 2 * Math.PI * frequency);
        Complex root = Complex.Sqrt(s / StoreDiffusivity);
        Complex store = _dmu / (ElementaryCharge * _d.Wo3.SiteDensity * StoreDiffusivity * root * Tanh(root * _d.Wo3.Thickness));
        Complex faradaic = ChannelResistance * Area + 1 / (s * AdsorptionCapacitance / Area + 1 / (AbsorptionResistance * Area + store));
        Complex total = Interface(s, 1 / (GateResistance * Area)) + _film / (Conductivity + s * _eps) + Interface(s, 1 / faradaic);
        Complex leak = _d.Psg.LeakageConductivity / _d.Psg.Thickness;
        return 1 / (1 / total + leak) / Area + _d.Gate.SeriesResistance;
    }

    /// <summary>Impedance of one interface with its diffuse layer [ohm m^2].</summary>
    private Complex Interface(Complex s, Complex g)
    {
        double q = ElementaryCharge;
        Complex lambda = Complex.Sqrt(q * _density / (_eps * _vt) + s / _diffusivity);
        Complex field = -1 / (Conductivity + s * _eps);
        Complex amplitude = field * (Conductivity - g * _stern)
            / (s * q / lambda + g * (_stern * q / (_eps * lambda) + _vt / _density));
        return -_stern * (q * amplitude / (_eps * lambda) + field) - q * amplitude / (_eps * lambda * lambda);
    }

    /// <summary>tanh, also where its exponentials overflow.</summary>
    private static Complex Tanh(Complex x)
    {
        Complex e = Complex.Exp(-2 * x);
        return (1 - e) / (1 + e);
    }
}
