using System.Reflection;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Work that is compiled for one hop law, so that no call through an interface is left in it.</summary>
/// <typeparam name="P">Type of the law's parameters.</typeparam>
/// <typeparam name="R">What the work gives.</typeparam>
public interface IHopLawUse<P, R>
    where P : struct, IParameter<P>
{
    /// <summary>The work with a law.</summary>
    R With<TLaw>()
        where TLaw : struct, IHopLaw<TLaw, P>;
}

/// <summary>From the name of a hop law to its struct.</summary>
public static class HopLaws
{
    /// <summary>Does work with the law of a name: that of <see cref="HopLaw"/>.X is XHop.</summary>
    public static R Use<P, R>(HopLaw law, IHopLawUse<P, R> use)
        where P : struct, IParameter<P>
    {
        Type type = typeof(HopLaws).Assembly.GetType($"{typeof(HopLaws).Namespace}.{law}Hop`1")
            ?? throw new ArgumentOutOfRangeException(nameof(law), law, "Unknown hop law.");
        MethodInfo work = typeof(IHopLawUse<P, R>).GetMethod(nameof(use.With))!.MakeGenericMethod(type.MakeGenericType(typeof(P)));
        return (R)work.Invoke(use, BindingFlags.DoNotWrapExceptions, null, [], null)!;
    }

    /// <summary>Mobility over that of the same protons at low field without saturation, s(x) sinh(x)/x.</summary>
    /// <param name="device">Device whose law and parameters are taken.</param>
    /// <param name="law">Law.</param>
    /// <param name="field">Field [V/m].</param>
    /// <param name="temperature">Temperature [K].</param>
    public static double Gain(Device device, HopLaw law, double field, double temperature) =>
        Use(law, new GainOf(device, field, 1 / Constants.ThermalVoltage(temperature)));

    private sealed record GainOf(Device Device, double Field, double Inverse) : IHopLawUse<Scalar, double>
    {
        public double With<TLaw>()
            where TLaw : struct, IHopLaw<TLaw, Scalar>
        {
            Scalar x = new(Device.Psg.HopDistance * Field * Inverse / 2);
            return TLaw.Of(Pack.One(Device), Device).Factor(x, new Scalar(Inverse)) * Scalar.Sinhc(x);
        }
    }
}
