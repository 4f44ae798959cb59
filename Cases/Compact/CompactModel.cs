using FvSolver.Cases.Compact.Equations;
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
/// J   = J_f w [ g(w) + (q_R/Q_f) (g(w) + 4 g(w + v/2) + g(w + v))/6 ]    protons through the film
/// g(w) = sinh(w)/w                                        w = V_f/V_s,  v = q_R/(C_f V_s)
/// r   = J_0 [ exp(psi + alpha u) - Y exp(-(1-alpha) u) ]/(1 + theta_0 (Y - 1))    protons into the channel
/// H   = Q_W (Y - 1) + Q_T (1 - theta_0)(Y - 1)/(1 + theta_0 (Y - 1))              Y: composition over its rest value
/// dD/dt = I_G/A - J - g_leak V_G      dq_R/dt = J - r      dH/dt = r
/// G   = (W/L) G_sq (BG + (1 - BG) Y)
/// </code>
/// <para>
/// Where they come from. J: field-assisted hopping in a neutral film, the reduced law J_f sinh(w); beside it the hopping of
/// the charge q_R held at the channel's side. By Ramo's theorem the gate sees the mean of the local current over the film. In
/// a layer that was in equilibrium before the pulse drift and diffusion cancel but for the film's field D/eps, while the
/// mobility grows with the whole field (D + Q)/eps, Q the layer's charge between the film and the place: the layer adds
/// (J_f/Q_f) times the integral of g((D + Q)/(C_f V_s)) w over Q from 0 to q_R, here by Simpson's rule. It makes steps grow with
/// the state, and up and down steps alike although the gate's rest voltage rises. psi: potential of a diffuse layer of one mobile species before a fixed background,
/// q_R^2/(2 eps q c V_T) = e^psi - 1 - psi, inverted within 2 % of x for psi in 0 to 3. r: Volmer step with the compact
/// layer's drop u; coverage in equilibrium with the channel (Langmuir), so it vanishes where psi + u = ln Y, Nernst's law. H: part
/// of the charge stays as coverage, part in q_R: both shares fall as the channel fills. The exponent of steps in the pulse
/// width comes from the edges, and the apparent hopping distance from the share of the layers in the voltage.
/// </para>
/// <para>
/// Left out: the gate's own transfer (widths beyond about 100 ns), the compression of the layer
/// by pulses of more than some 20 ns, profiles within the channel (reads sooner than some ms
/// see their mean), self-heating, gas.
/// </para>
/// </remarks>
public sealed class CompactModel
{
    /// <summary>Largest argument of sinh and exp: far above any valid use, it only keeps iterates of a solver finite.</summary>
    public const double LargestArgument = 40;

    /// <summary>Below this sinh(w)/w is 1 + w^2/6, to 1e-14.</summary>
    public const double SmallArgument = 1e-3;

    /// <summary>Quadratic coefficient of psi at x >= 0.</summary>
    public const double Accumulation = 0.42;

    /// <summary>Quadratic coefficient of psi at x below 0: the second derivative is continuous.</summary>
    public const double Depletion = 0.5 - Accumulation;

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
            0, charge, Parameters.FilmCapacitance * ThermalVoltage * Diffuse(charge),
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
        RestVoltage + (s.Film + s.Moment) / Parameters.FilmCapacitance + (s.Film + s.Interface) / Parameters.SternCapacitance;

    /// <summary>Film charge at which the gate has a voltage [C/m^2].</summary>
    public double FilmAt(double gateVoltage, CompactState s) => FilmAt(gateVoltage, s.Interface, s.Moment);

    /// <summary>The same from the two states that it depends on.</summary>
    internal double FilmAt(double gateVoltage, double charge, double moment) =>
        GateCapacitance * (gateVoltage - RestVoltage - moment / Parameters.FilmCapacitance - charge / Parameters.SternCapacitance);

    /// <summary>Rates of a state, then j and V_G, on request with derivatives: see <see cref="CompiledEquations"/>.</summary>
    internal void Evaluate(double[] state, double[] output, bool derivatives) =>
        (derivatives ? CompiledEquations.ValuesAndDerivatives : CompiledEquations.Values)(_arguments, state, output);

    /// <summary>Diffuse-layer potential over V_T, psi.</summary>
    private double Diffuse(double charge)
    {
        double x = charge / (Parameters.DiffuseCapacitance * ThermalVoltage);
        return x >= 0 ? Log(1 + x + Accumulation * x * x) : x - Depletion * x * x;
    }
}
