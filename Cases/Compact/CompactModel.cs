using FvSolver.Materials;
using static System.Math;

namespace FvSolver.Cases.Compact;

/// <summary>Behavioural model of the device: equations of three states, written for one temperature.</summary>
/// <remarks>
/// <para>
/// The film is a capacitor beside a sinh conductor, the channel side a double layer through which protons pass on into the
/// channel. Per area, with V_T = kT/q, V_f the voltage over film and gate's compact layer, and D = C_f V_f:
/// </para>
/// <code>
/// V_G = V_rest + V_f + V_T (psi + u)                      u = (D + q_R)/(C_S V_T)
/// psi = ln(1 + x + 0.42 x^2), x >= 0;  x - 0.08 x^2, x &lt; 0   x = q_R/(C_D V_T)
/// J   = J_f (1 + q_R/Q_f) sinh(V_f/V_s)                   protons through the film
/// r   = J_0 [ exp(psi + alpha u) - Y exp(-(1-alpha) u) ]/(1 + theta_0 (Y - 1))    protons into the channel
/// H   = Q_W (Y - 1) + Q_T (1 - theta_0)(Y - 1)/(1 + theta_0 (Y - 1))              Y: composition over its rest value
/// dD/dt = I_G/A - J - g_leak V_G      dq_R/dt = J - r      dH/dt = r
/// G   = (W/L) G_sq (BG + (1 - BG) Y)
/// </code>
/// <para>
/// Where they come from. J: field-assisted hopping in a neutral film, the reduced law; the factor (1 + q_R/Q_f) is Ramo's
/// theorem: the gate sees the mean of the local current over the film, and a layer of charge adds carriers. This makes steps
/// grow with the state. psi: potential of a diffuse layer of one mobile species before a fixed background,
/// q_R^2/(2 eps q c V_T) = e^psi - 1 - psi, inverted within 2 % of x for psi in 0 to 3. r: Volmer step with the compact
/// layer's drop u; coverage in equilibrium with the channel (Langmuir), so it vanishes where psi + u = ln Y, Nernst's law. H: part
/// of the charge stays as coverage, part in q_R: both shares fall as the channel fills. The exponent of steps in the pulse
/// width comes from the edges, and the apparent hopping distance from the share of the layers in the voltage.
/// </para>
/// <para>
/// Left out: the gate's own transfer (widths beyond about 100 ns), profiles within the channel (reads sooner than some ms
/// see their mean), self-heating, gas.
/// </para>
/// </remarks>
public sealed class CompactModel
{
    /// <summary>Largest argument of sinh and exp: far above any valid use, it only keeps iterates of a solver finite.</summary>
    public const double LargestArgument = 40;

    /// <summary>Quadratic coefficient of psi at x >= 0.</summary>
    public const double Accumulation = 0.42;

    /// <summary>Quadratic coefficient of psi at x below 0: the second derivative is continuous.</summary>
    public const double Depletion = 0.5 - Accumulation;

    private readonly double _filmCurrent, _slope, _exchange, _rest, _coverage;

    /// <param name="parameters">Parameters.</param>
    /// <param name="temperature">Temperature [K]; NaN takes the reference.</param>
    public CompactModel(CompactParameters parameters, double temperature = double.NaN)
    {
        parameters.Check();
        Parameters = parameters;
        double reference = parameters.ReferenceTemperature;
        Temperature = double.IsNaN(temperature) ? reference : temperature;
        ThermalVoltage = Constants.ThermalVoltage(Temperature);
        double inverse = 1 / ThermalVoltage - 1 / Constants.ThermalVoltage(reference);
        _filmCurrent = parameters.FilmCurrent * Exp(-parameters.FilmActivation * inverse);
        _exchange = parameters.ExchangeCurrent * Exp(-parameters.InterfaceActivation * inverse);
        _slope = parameters.SlopeVoltage * Temperature / reference;
        _rest = parameters.RestVoltage + parameters.RestVoltageSlope * (Temperature - reference);
        _coverage = parameters.CoverageCharge * (1 - parameters.RestCoverage);
    }

    /// <summary>Parameters.</summary>
    public CompactParameters Parameters { get; }

    /// <summary>Temperature [K].</summary>
    public double Temperature { get; }

    /// <summary>kT/q [V].</summary>
    public double ThermalVoltage { get; }

    /// <summary>Gate voltage at rest, at this temperature [V].</summary>
    public double RestVoltage => _rest;

    /// <summary>Capacitance between gate and channel, per area [F/m^2].</summary>
    public double GateCapacitance => 1 / (1 / Parameters.FilmCapacitance + 1 / Parameters.SternCapacitance);

    /// <summary>Composition over its rest value.</summary>
    public double Composition(double inserted)
    {
        double qw = Parameters.ChannelCharge, theta = Parameters.RestCoverage;
        double b = qw + _coverage - theta * inserted;
        return 1 + 2 * inserted / (b + Sqrt(Max(0, b * b + 4 * qw * theta * inserted)));
    }

    /// <summary>Inserted charge at a composition: the inverse of <see cref="Composition"/> [C/m^2].</summary>
    public double Inserted(double composition)
    {
        double excess = composition - 1;
        return Parameters.ChannelCharge * excess + _coverage * excess / (1 + Parameters.RestCoverage * excess);
    }

    /// <summary>Conductance of a channel [S].</summary>
    public double Conductance(double inserted, double length, double width) =>
        width / length * Parameters.SheetConductance
        * (Parameters.BackgroundShare + (1 - Parameters.BackgroundShare) * Composition(inserted));

    /// <summary>Gate voltage of a state [V].</summary>
    public double GateVoltage(CompactState s) =>
        _rest + s.Film / Parameters.FilmCapacitance + ThermalVoltage * Diffuse(s.Interface, out _)
        + (s.Film + s.Interface) / Parameters.SternCapacitance;

    /// <summary>Film charge at which the gate has a voltage [C/m^2].</summary>
    public double FilmAt(double gateVoltage, double interfaceCharge) => FilmAt(gateVoltage, interfaceCharge, out _);

    /// <summary>The same, with its derivative to q_R.</summary>
    internal double FilmAt(double gateVoltage, double interfaceCharge, out double slope)
    {
        double capacitance = GateCapacitance, psi = Diffuse(interfaceCharge, out double dpsi);
        slope = -capacitance * (ThermalVoltage * dpsi + 1 / Parameters.SternCapacitance);
        return capacitance * (gateVoltage - _rest - ThermalVoltage * psi - interfaceCharge / Parameters.SternCapacitance);
    }

    /// <summary>Protons through the film, from gate to channel [A/m^2], with derivatives to D and q_R.</summary>
    internal double FilmFlow(CompactState s, out double toFilm, out double toInterface)
    {
        double scale = 1 / (Parameters.FilmCapacitance * _slope), x = s.Film * scale;
        double clamped = Clamp(x, -LargestArgument, LargestArgument);
        double carriers = _filmCurrent * (1 + s.Interface / Parameters.CarrierCharge), sinh = Sinh(clamped);
        toFilm = x == clamped ? carriers * Cosh(x) * scale : 0;
        toInterface = _filmCurrent * sinh / Parameters.CarrierCharge;
        return carriers * sinh;
    }

    /// <summary>Protons into the channel [A/m^2], with derivatives to D, q_R and H.</summary>
    internal double Transfer(CompactState s, out double toFilm, out double toInterface, out double toInserted)
    {
        double alpha = Parameters.TransferCoefficient, theta = Parameters.RestCoverage;
        double scale = 1 / (Parameters.SternCapacitance * ThermalVoltage);
        double u = (s.Film + s.Interface) * scale, psi = Diffuse(s.Interface, out double dpsi);
        double y = Composition(s.Inserted), d = 1 + theta * (y - 1);
        double forward = Exp(Min(LargestArgument, psi + alpha * u)), back = Exp(Min(LargestArgument, -(1 - alpha) * u));
        toFilm = _exchange / d * (alpha * forward + (1 - alpha) * y * back) * scale;
        toInterface = toFilm + _exchange / d * forward * dpsi;
        double toComposition = -_exchange / (d * d) * (theta * forward + (1 - theta) * back);
        toInserted = toComposition / (Parameters.ChannelCharge + _coverage / (d * d));
        return _exchange / d * (forward - y * back);
    }

    /// <summary>Diffuse-layer potential over V_T, psi, with its derivative to q_R.</summary>
    private double Diffuse(double interfaceCharge, out double slope)
    {
        double scale = 1 / (Parameters.DiffuseCapacitance * ThermalVoltage), x = interfaceCharge * scale;
        if (x >= 0)
        {
            double sum = 1 + x + Accumulation * x * x;
            slope = (1 + 2 * Accumulation * x) / sum * scale;
            return Log(sum);
        }
        slope = (1 - 2 * Depletion * x) * scale;
        return x - Depletion * x * x;
    }
}
