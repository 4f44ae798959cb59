using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>State of the PSG/WO3 interface that its reactions see.</summary>
public struct InterfaceState<T>
    where T : struct
{
    /// <summary>Mobile protons at the last PSG node, c_N [m^-3].</summary>
    public T ProtonDensity;

    /// <summary>phi_N - psi [V].</summary>
    public T Drop;

    /// <summary>Coverage theta of adsorbed hydrogen.</summary>
    public T Coverage;

    /// <summary>Composition y_s of the first lattice plane of WO3.</summary>
    public T Composition;

    /// <summary>Dissolved molecular hydrogen n_d [m^-2].</summary>
    public T Dissolved;

    /// <summary>Molecular hydrogen in bubbles n_b [m^-2].</summary>
    public T Bubbles;

    /// <summary>q/kT [1/V].</summary>
    public T InverseThermalVoltage;
}

/// <summary>Rates of the elementary steps at the PSG/WO3 interface [m^-2 s^-1].</summary>
public struct InterfaceRates<T>
    where T : struct
{
    /// <summary>Volmer: H+ + e- + * => H_ads.</summary>
    public T Volmer;

    /// <summary>Absorption: H_ads + site => H_W + *.</summary>
    public T Absorption;

    /// <summary>Tafel: 2 H_ads => H2 + 2 *.</summary>
    public T Tafel;

    /// <summary>Heyrovsky: H_ads + H+ + e- => H2 + *.</summary>
    public T Heyrovsky;

    /// <summary>Hypothesis: irreversible Heyrovsky step driven by the field in the compact layer.</summary>
    public T Spot;
}

/// <summary>Elementary steps at the PSG/WO3 interface, each in detailed balance by itself.</summary>
/// <remarks>
/// u_R = (phi_N - psi + U_W(y_ref))/V_T and
/// r_V = (j0_W/q) [(c_N/c_rest)(1-theta)/(1-theta_0) e^(alpha u) - (theta/theta_0) e^(-(1-alpha) u)],
/// r_A = Gamma_s k_A [theta (1-y_s) - K_A y_s (1-theta)],
/// r_T = Gamma_s k_T [theta^2 - Theta^2 f (1-theta)^2],
/// r_Hy = Gamma_s k_Hy [(c_N/c_rest) theta e^(alpha u) - Theta e^(q U_W(y_ref)/kT) f (1-theta) e^(-(1-alpha) u)],
/// with K_A = theta_0 (1-y_ref)/((1-theta_0) y_ref) [(y_s/(1-y_s))/(y_ref/(1-y_ref))]^(n-1) e^(q g_W (y_s - y_ref)/kT),
/// Theta = theta_0/(1-theta_0) e^(q U_W(y_ref)/kT) the ratio theta/(1-theta) in equilibrium with 1 bar of hydrogen, and
/// f = n_d/S_H [bar]. U_W(y_ref) is held at its value at the reference temperature: the reactions carry no entropy of
/// their own.
/// </remarks>
public readonly struct ChannelReactions<P>
    where P : struct, IParameter<P>
{
    // 1/theta_0, 1/(1-theta_0), theta_0/(1-theta_0) and (1-y_ref)/y_ref: divided once, not in every evaluation.
    private readonly P _perRestCoverage, _perRestVacant, _restOdds, _inverseRestRatio;

    /// <summary>j0_W/q [m^-2 s^-1].</summary>
    public required P ExchangeRate { get; init; }

    /// <summary>Charge transfer.</summary>
    public required ChargeTransfer<P> Transfer { get; init; }

    /// <summary>Temperature dependence of every rate.</summary>
    public required Arrhenius<P> Temperature { get; init; }

    /// <summary>Activity of protons in PSG.</summary>
    public required ProtonActivity<P> Activity { get; init; }

    /// <summary>U_W(y_ref) [V].</summary>
    public required P RestPotential { get; init; }

    /// <summary>theta_0.</summary>
    public required P RestCoverage
    {
        get;
        init
        {
            field = value;
            (_perRestCoverage, _perRestVacant) = (P.Reciprocal(value), P.Reciprocal(-value + 1.0));
            _restOdds = value * _perRestVacant;
        }
    }

    /// <summary>y_ref.</summary>
    public required P RestComposition
    {
        get;
        init => (field, _inverseRestRatio) = (value, (-value + 1.0) / value);
    }

    /// <summary>Gamma_s k_A [m^-2 s^-1].</summary>
    public required P AbsorptionRate { get; init; }

    /// <summary>n - 1.</summary>
    public required P ExcessSpecies { get; init; }

    /// <summary>g_W [V].</summary>
    public required P Interaction { get; init; }

    /// <summary>True when n = 1 and g_W = 0, where K_A is a constant.</summary>
    public required bool IsIdeal { get; init; }

    /// <summary>Gamma_s k_T [m^-2 s^-1].</summary>
    public required P TafelRate { get; init; }

    /// <summary>Gamma_s k_Hy [m^-2 s^-1].</summary>
    public required P HeyrovskyRate { get; init; }

    /// <summary>1/S_H [bar m^2].</summary>
    public required P InverseHenry { get; init; }

    /// <summary>True when molecular hydrogen is part of the model.</summary>
    public required bool HasGas { get; init; }

    /// <summary>Hypotheses about Fig. 4.</summary>
    public required SpotHypotheses<P> Hypotheses { get; init; }

    /// <summary>K_A: theta (1-y) over y (1-theta) at equilibrium of absorption.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T AbsorptionEquilibrium<T>(T composition, T inverseThermalVoltage)
        where T : struct, IReal<T, P>
    {
        P rest = _restOdds * _inverseRestRatio;
        if (IsIdeal)
            return T.Constant(rest);
        T odds = composition / (-composition + 1.0) * _inverseRestRatio;
        return T.Exp(T.Log(odds) * ExcessSpecies + inverseThermalVoltage * Interaction * (composition - RestComposition)) * rest;
    }

    /// <summary>Rates of all steps.</summary>
    /// <param name="s">State of the interface.</param>
    /// <param name="isothermal">True when the temperature is the reference one, where Arrhenius factors are 1.</param>
    /// <param name="r">The rates, written in place: to give back structures of lanes copies them.</param>
    [MethodImpl(Compilation.HotLoop)]
    public void GetRates<T>(in InterfaceState<T> s, bool isothermal, out InterfaceRates<T> r)
        where T : struct, IReal<T, P>
    {
        T u = (s.Drop + RestPotential) * s.InverseThermalVoltage;
        T forward = Transfer.Forward(u, s.InverseThermalVoltage, out T backward);
        T vacant = -s.Coverage + 1.0;
        T activity = Activity.Of(s.ProtonDensity);
        r = default;
        r.Volmer = (activity * vacant * forward * _perRestVacant - s.Coverage * backward * _perRestCoverage) * ExchangeRate;
        r.Absorption = (s.Coverage * (-s.Composition + 1.0)
            - AbsorptionEquilibrium(s.Composition, s.InverseThermalVoltage) * s.Composition * vacant) * AbsorptionRate;
        if (HasGas)
            AddGas(s, activity, vacant, forward, backward, ref r);
        if (isothermal)
            return;
        T arrhenius = Temperature.At(s.InverseThermalVoltage);
        r.Volmer *= arrhenius;
        r.Absorption *= arrhenius;
        r.Tafel *= arrhenius;
        r.Heyrovsky *= arrhenius;
        r.Spot *= arrhenius;
    }

    /// <summary>Steps that make gas. A call of its own: one method with all steps is too long for the compiler's budget for inlining.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddGas<T>(in InterfaceState<T> s, T activity, T vacant, T forward, T backward, ref InterfaceRates<T> r)
        where T : struct, IReal<T, P>
    {
        T boost = T.Exp(s.InverseThermalVoltage * RestPotential);
        T ratio = boost * _restOdds;
        T fugacity = s.Dissolved * InverseHenry;
        r.Tafel = (s.Coverage * s.Coverage - ratio * ratio * fugacity * vacant * vacant) * TafelRate;
        r.Heyrovsky = (activity * s.Coverage * forward - ratio * boost * fugacity * vacant * backward) * HeyrovskyRate;
        r.Spot = Hypotheses.Spot(activity * forward, s.Drop + RestPotential);
        T speed = Hypotheses.Speed(s.Bubbles);
        r.Volmer *= speed;
        r.Heyrovsky *= speed;
    }
}
