using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Flux of inserted hydrogen in WO3, J = -D_H(y) dC/dz with the
/// <see cref="HydrogenDiffusivity{P}"/> of the edge's mean composition.</summary>
/// <remarks>Equilibrium is a uniform composition, to rounding.</remarks>
/// <typeparam name="P">Type of parameters.</typeparam>
/// <typeparam name="THeat"><see cref="Warm"/> where temperature varies; else the Arrhenius factor
/// is part of an edge's conductance.</typeparam>
public readonly struct InsertionDiffusion<P, THeat> : IEdgeFlow<P>
    where P : struct, IParameter<P>, IReal<P, P>
    where THeat : struct
{
    // A field: a property would give a copy with each call.
    private readonly HydrogenDiffusivity<P> _diffusivity;

    /// <summary>D_H(y) at the reference temperature.</summary>
    public required HydrogenDiffusivity<P> Diffusivity
    {
        get => _diffusivity;
        init => _diffusivity = value;
    }

    /// <summary>Temperature dependence.</summary>
    public required Arrhenius<P> Temperature { get; init; }

    /// <summary>1/C_max [m^3].</summary>
    public required P InverseSiteDensity { get; init; }

    /// <summary>q/kT of an isothermal device [1/V].</summary>
    public required P InverseThermalVoltage { get; init; }

    /// <summary>The flux is linear: the coefficient is constant, at one temperature.</summary>
    public bool IsLinear => typeof(THeat) != typeof(Warm) && !Diffusivity.IsThermodynamic;

    /// <summary>The law of a device's channel.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="device">The device that decides which terms there are.</param>
    public static InsertionDiffusion<P, THeat> Of(Pack<P> pack, Device device) => new()
    {
        Diffusivity = HydrogenDiffusivity<P>.Of(pack, device),
        Temperature = Arrhenius<P>.Of(pack, d => d.Wo3.DiffusionActivationEnergy),
        InverseSiteDensity = pack(d => 1 / d.Wo3.SiteDensity),
        InverseThermalVoltage = pack(d => 1 / Constants.ThermalVoltage(d.Heat.AmbientTemperature)),
    };

    /// <summary>The law where it <see cref="IsLinear"/>.</summary>
    public LinearFlow<P> Linear => new() { Conductivity = Diffusivity.Constant * Temperature.At(InverseThermalVoltage) };

    /// <inheritdoc/>
    public EdgeFactors<P> Edge(P length, P area, P factor) =>
        new(typeof(THeat) == typeof(Warm) ? area / length * factor : area / length * factor * Temperature.At(InverseThermalVoltage),
            default);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate<T>(T left, T right, T drop, T inverseThermalVoltage, EdgeFactors<P> edge)
        where T : struct, IReal<T, P>
    {
        T flux = _diffusivity.IsThermodynamic
            ? (left - right) * _diffusivity.Thermodynamic((left + right) * (InverseSiteDensity * 0.5), inverseThermalVoltage)
            : (left - right) * _diffusivity.Constant;
        return typeof(THeat) == typeof(Warm) ? flux * Temperature.At(inverseThermalVoltage) * edge.Conductance : flux * edge.Conductance;
    }

    /// <summary>D_H of protons that drift (see <see cref="InsertionDrift{P,THeat}"/>) over what <see cref="Edge"/> has of it.</summary>
    /// <param name="composition">y at the middle of the edge.</param>
    /// <param name="inverseThermalVoltage">q/kT [1/V].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Mobility<T>(T composition, T inverseThermalVoltage)
        where T : struct, IReal<T, P>
    {
        T mobility = _diffusivity.IsThermodynamic ? _diffusivity.Tracer(composition) / (-composition + 1.0)
            : T.Constant(_diffusivity.Constant);
        return typeof(THeat) == typeof(Warm) ? mobility * Temperature.At(inverseThermalVoltage) : mobility;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public P Evaluate(P left, P right, P drop, P inverseThermalVoltage, EdgeFactors<P> edge, out FlowSlopes<P> slopes)
    {
        Dual<P, Gradient4<P>> flow = Evaluate<Dual<P, Gradient4<P>>>(
            new(left, Gradient4<P>.Seed(0)), new(right, Gradient4<P>.Seed(1)), default, new(inverseThermalVoltage, Gradient4<P>.Seed(2)),
            edge);
        slopes = new(flow.Slope.D0, flow.Slope.D1, default, flow.Slope.D2);
        return flow.Value;
    }
}
