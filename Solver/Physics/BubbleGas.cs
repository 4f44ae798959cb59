using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Physics;

/// <summary>Hydrogen in bubbles of a given height that cover a part of the interface: fugacity and chemical potential of its molecules.</summary>
/// <remarks>
/// n = n_b/(h_b f_b), p by <see cref="AbelNoble{P}"/>, f_b = p e^(b p/kT), mu = V_T ln f_b over q with f_b in bar: the scale of
/// <see cref="HenryLaw{P}"/>. Valid below the density 1/b; from 0.99/b on the pressure no longer grows.
/// </remarks>
public readonly struct BubbleGas<P>
    where P : struct, IParameter<P>
{
    private const double Bar = 1e5;

    /// <summary>1/(h_b f_b) [1/m].</summary>
    public required P InverseHeight { get; init; }

    /// <summary>Equation of state.</summary>
    public required AbelNoble<P> Gas { get; init; }

    /// <summary>The bubbles of a device.</summary>
    public static BubbleGas<P> Of(Pack<P> pack, Device device) => new()
    {
        InverseHeight = pack(d => 1 / (d.Gas.BubbleHeight * d.Gas.BubbleFraction)),
        Gas = AbelNoble<P>.Of(pack, device),
    };

    /// <summary>Pressure [Pa].</summary>
    /// <param name="bubbles">n_b [m^-2]; none below 0.</param>
    /// <param name="thermalEnergy">kT [J].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Pressure<T>(T bubbles, T thermalEnergy)
        where T : struct, IReal<T, P>
    {
        P zero = default, largest = P.Reciprocal(Gas.ExcludedVolume + P.From(1e-40)) * 0.99;
        T density = -T.Max(-(T.Max(bubbles, zero) * InverseHeight), -largest);
        return Gas.Pressure(density, thermalEnergy);
    }

    /// <summary>Fugacity f_b [bar].</summary>
    /// <param name="bubbles">n_b [m^-2]; none below 0.</param>
    /// <param name="inverseThermalVoltage">q/kT [1/V].</param>
    [MethodImpl(Compilation.HotLoop)]
    public T Fugacity<T>(T bubbles, T inverseThermalVoltage)
        where T : struct, IReal<T, P>
    {
        T thermalEnergy = T.Reciprocal(inverseThermalVoltage) * ElementaryCharge;
        T pressure = Pressure(bubbles, thermalEnergy);
        return pressure * T.Exp(Gas.LogFugacityCoefficient(pressure, thermalEnergy)) * (1 / Bar);
    }
}
