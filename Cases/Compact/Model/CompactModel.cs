using FvSolver.Materials;
using static System.Math;

namespace FvSolver.Cases.Compact.Model;

/// <summary>Behavioural model of the device: equations of seven states, at one temperature.</summary>
/// <remarks>
/// <para>
/// The film is a capacitor beside a sinh conductor, between the gate's own transfer on one side and, on the channel's, a layer of
/// protons, through which they pass on into coverage, surface and depth of the channel. Per area, V_T = kT/q; the lines as they are
/// computed: <see cref="CompactEquations"/>.
/// </para>
/// <code>
/// V_G   = V_rest + (D + a + p)/C_f + (D + q)/C_S          u_g = D/(C_S V_T),  u = (D + a + q)/(C_S V_T)
/// J_g   = J_G [ exp(alpha_g u_g) - c_a exp(-(1-alpha_g) u_g) ]     c_a = 1 + (a/(C_D V_T)) (1 + max(0, -w)/k)
/// J     = J_f sinh(w)                                     w = (D + a)/(C_f V_s)
/// dp/dt = (J_f/Q_f) [ k C_D V_T (2.6 + x_t^2/4) f (psi - p/(C_f V_T)) - b w ]
///         k = C_D V_T/(C_f V_s),  g(w) = sinh(w)/w,  e = max(0, w)/k,  f = 1/(1 + e^2), w >= 0;  g(w), w &lt; 0
/// b     = C_D V_T { int_0^x_o g(w + k s) ds + int_0^x_o [g(w + k s) - g(w)]/(s + s^2/3) ds }
/// psi   = ln(1 + x^2/2 + ln(1 + x + 0.37 x^2)), x >= 0;  x - 0.13 x^2, x &lt; 0          x = q/(C_D V_T)
/// r     = J_0 [ va c_w exp(alpha u) - th exp(-(1-alpha) u) ]           th, va: covered and free sites over rest
/// c_w   = e^psi + (x - x_o) e                                            density at the channel's wall
/// r_a   = k_A Q_T [ th - va exp(n ln Y_s + g_W (Y_s - 1)/V_T) ]          Y_s: composition of the channel's surface over rest
/// dD/dt = I_G/A - J_g - g_leak V_G     da/dt = J_g - J     dq/dt = J - r     dT/dt = r - r_a
/// dH_s/dt = r_a - k_d (Y_s - Y_b)      dH_b/dt = k_d (Y_s - Y_b)
/// G     = (W/L) G_sq (BG + (1 - BG) Y)                    Y: mean composition
/// </code>
/// <para>
/// Where they come from. J: field-assisted hopping in a neutral film, the reduced law. J_g: Butler-Volmer at the gate, on the
/// plateau of its hydrogen. It lags behind the film: a, what the film lacks on that side (or has too much) by then, keeps about a
/// percent of a short pulse back, and more of it limits long ones. q: protons held at the channel's side. p: their moment, C_f
/// times the voltage over their layer. By Ramo's theorem the gate sees the layer's own hopping as a change of p, minus the
/// integral of J(z) - J over the layer. In equilibrium the layer's own field and diffusion cancel, so a field from outside starts
/// it with J(z) = J_f w g(w + w_layer(z)) c(z)/c_fix, whose integral is b w: the first part of b is the charge of the layer, the
/// second the film's charge within its field, with the charge density s + s^2/3 where the charge s C_D V_T lies beyond (that of
/// e^psi - 1, within 5 % for s of -1 to 3). A field towards the channel sweeps the layer against the wall; what is not swept,
/// x_o, has the moment of the tail of an equilibrium layer. Of p/(C_f V_T) = psi(x_t) the swept part has 3.3 (x_o/x)(x - x_o)/(e
/// + (x + x_o)/2), and the tail is drawn out: its moment is larger by 0.38 (x - x_o)/(1 + x) than that of equilibrium. The swept
/// part stands in equilibrium with the field that holds it there, hence c_w. A field away from the channel draws the layer out:
/// x_o = 2 x - x_t. The first term of dp/dt brings the layer back to equilibrium once the field is gone. The three numbers, the
/// rate and the share of b's first integral, which its three points overrate at high fields, come from numerical solutions of the
/// layer's equation, which p follows within 4 %. All this makes steps grow with the state, and up and down steps alike although
/// the gate's voltage rises. psi: potential of a diffuse layer of one mobile species before a fixed background, q^2/(2 eps c V_T)
/// = e^psi - 1 - psi in units of charge, inverted within 0.3 %. r: Volmer step with the compact layer's drop u. r_a: absorption,
/// in detailed balance with the insertion potential; in equilibrium psi + u = n ln Y + g_W (Y - 1)/V_T, Nernst's law. Two stores
/// in the channel have the lag and the slowest rate of diffusion from one side. The exponent of steps in the pulse width comes
/// from the edges, and the apparent hopping distance from the share of the layers in the voltage.
/// </para>
/// <para>
/// Left out: relaxation of profiles within the film (it takes eps/conductivity, 0.7 ms with the defaults: pulses that follow sooner
/// find a film that is not at rest), the gate's hydrogen beyond its plateau, self-heating, gas.
/// </para>
/// </remarks>
public sealed class CompactModel
{
    /// <summary>Largest argument of sinh and exp: far above any valid use, it only keeps iterates of a solver finite.</summary>
    public const double LargestArgument = 40;

    /// <summary>Below this sinh(w)/w is 1 + w^2/6, to 1e-14.</summary>
    public const double SmallArgument = 1e-3;

    /// <summary>Quadratic coefficient in the inner logarithm of psi at x >= 0.</summary>
    public const double Accumulation = 0.37;

    /// <summary>Quadratic coefficient of psi at x below 0: the second derivative is continuous.</summary>
    public const double Depletion = 0.5 - Accumulation;

    /// <summary>Depth of the first charge that is swept against the wall, in units of kT over the force that holds it there.</summary>
    public const double SweptDepth = 3.3;

    /// <summary>
    /// Share by which the moment of what is not swept exceeds that of an equilibrium layer, for as much charge swept as there is.
    /// </summary>
    public const double Stretch = 0.38;

    /// <summary>Fourth power of k x_o at which Simpson's rule overrates the integral of g over the layer twofold.</summary>
    public const double Curvature = 1200;

    /// <summary>Rates at which a layer regains its equilibrium: of a thin one, and per square of the charge x_t.</summary>
    public const double Relaxation = 2.6, RelaxationByCharge = 0.25;

    private readonly double[] _arguments;

    /// <param name="parameters">Parameters.</param>
    /// <param name="temperature">Temperature [K]; NaN takes the reference.</param>
    public CompactModel(CompactParameters parameters, double temperature = double.NaN)
    {
        parameters.Check();
        Parameters = parameters;
        Temperature = double.IsNaN(temperature) ? parameters.ReferenceTemperature : temperature;
        ThermalVoltage = Constants.ThermalVoltage(Temperature);
        RestVoltage = parameters.RestVoltage + parameters.RestVoltageSlope * (Temperature - parameters.ReferenceTemperature);
        _arguments = CompiledEquations.Arguments(parameters, Temperature);
    }

    /// <summary>Parameters.</summary>
    public CompactParameters Parameters { get; }

    /// <summary>Temperature [K].</summary>
    public double Temperature { get; }

    /// <summary>kT/q [V].</summary>
    public double ThermalVoltage { get; }

    /// <summary>Gate voltage at rest, at this temperature [V].</summary>
    public double RestVoltage { get; }

    /// <summary>Capacitance between gate and channel, per area [F/m^2].</summary>
    public double GateCapacitance => 1 / (1 / Parameters.FilmCapacitance + 1 / Parameters.SternCapacitance);

    /// <summary>
    /// Time constant of a stored state with the gate open [s]: the charge beyond rest over the leak's current; infinite
    /// without a leak.
    /// </summary>
    public double RetentionTime(double composition)
    {
        CompactState state = Equilibrium(composition);
        return Parameters.LeakConductance == 0
            ? double.PositiveInfinity
            : state.Stored / (Parameters.LeakConductance * GateVoltage(state));
    }

    /// <summary>Mean composition of the channel over its rest value.</summary>
    public double Composition(CompactState s) => 1 + (s.Surface + s.Deep) / Parameters.ChannelCharge;

    /// <summary>State of equilibrium at a composition over its rest value, as a long rest with the gate open leaves it.</summary>
    /// <remarks>D = 0 and psi + u = n ln Y + g_W (y - y_ref)/V_T, solved for q_R by bisection (psi + u rises with q_R).</remarks>
    public CompactState Equilibrium(double composition)
    {
        double excess = composition - 1, theta = Parameters.RestCoverage;
        double target = Parameters.DiluteSpecies * Log(composition) + Parameters.InteractionPotential * excess / ThermalVoltage;
        double low = 0, high = 0, unit = Parameters.DiffuseCapacitance * ThermalVoltage * Sign(target);
        double Drop(double charge) => Diffuse(charge) + charge / (Parameters.SternCapacitance * ThermalVoltage);
        while (unit != 0 && Abs(Drop(high)) < Abs(target))
            (low, high) = (high, high == 0 ? unit : 2 * high);
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (Abs(Drop(middle)) < Abs(target))
                low = middle;
            else
                high = middle;
        }
        double charge = (low + high) / 2, activity = Exp(target), inserted = Parameters.ChannelCharge * excess;
        return new CompactState(
            0, 0, charge, Parameters.FilmCapacitance * ThermalVoltage * Diffuse(charge),
            Parameters.CoverageCharge * (1 - theta) * (activity - 1) / (1 + theta * (activity - 1)),
            CompactEquations.SurfaceShare * inserted, (1 - CompactEquations.SurfaceShare) * inserted);
    }

    /// <summary>Composition over its rest value at a conductance [S]: the inverse of <see cref="Conductance"/>.</summary>
    public double CompositionAt(double conductance, double length, double width) =>
        (conductance * length / (width * Parameters.SheetConductance) - Parameters.BackgroundShare) / (1 - Parameters.BackgroundShare);

    /// <summary>Conductance of a channel [S].</summary>
    public double Conductance(CompactState s, double length, double width) =>
        width / length * Parameters.SheetConductance * (Parameters.BackgroundShare + (1 - Parameters.BackgroundShare) * Composition(s));

    /// <summary>Gate voltage of a state [V].</summary>
    public double GateVoltage(CompactState s) =>
        RestVoltage + (s.Metal + s.Gate + s.Moment) / Parameters.FilmCapacitance + (s.Metal + s.Interface) / Parameters.SternCapacitance;

    /// <summary>Charge on the metal at which the gate has a voltage [C/m^2].</summary>
    public double MetalAt(double gateVoltage, CompactState s) => GateCapacitance *
        (gateVoltage - RestVoltage - (s.Gate + s.Moment) / Parameters.FilmCapacitance - s.Interface / Parameters.SternCapacitance);

    /// <summary>Rates of a state, then j and V_G, on request with derivatives: see <see cref="CompiledEquations"/>.</summary>
    internal void Evaluate(double[] state, double[] output, bool derivatives) =>
        (derivatives ? CompiledEquations.ValuesAndDerivatives : CompiledEquations.Values)(_arguments, state, output);

    /// <summary>Diffuse-layer potential over V_T, psi.</summary>
    private double Diffuse(double charge)
    {
        double x = charge / (Parameters.DiffuseCapacitance * ThermalVoltage);
        return x >= 0 ? Log(1 + x * x / 2 + Log(1 + x + Accumulation * x * x)) : x - Depletion * x * x;
    }
}
