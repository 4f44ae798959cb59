using System.Collections.Concurrent;
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
    private static readonly ConcurrentDictionary<(HopLaw, Type), MethodInfo> s_works = new();

    /// <summary>Does work with the law of a name: that of <see cref="HopLaw"/>.X is XHop.</summary>
    public static R Use<P, R>(HopLaw law, IHopLawUse<P, R> use)
        where P : struct, IParameter<P>
    {
        MethodInfo work = s_works.GetOrAdd((law, typeof(IHopLawUse<P, R>)), static key =>
        {
            Type type = typeof(HopLaws).Assembly.GetType($"{typeof(HopLaws).Namespace}.{key.Item1}Hop`1")
                ?? throw new ArgumentOutOfRangeException(nameof(law), key.Item1, "Unknown hop law.");
            return key.Item2.GetMethod(nameof(use.With))!.MakeGenericMethod(type.MakeGenericType(key.Item2.GenericTypeArguments[0]));
        });
        return (R)work.Invoke(use, BindingFlags.DoNotWrapExceptions, null, [], null)!;
    }

    /// <summary>s(x) of a device's electrolyte by any of the laws.</summary>
    /// <param name="device">Device whose parameters are taken.</param>
    /// <param name="law">Law.</param>
    /// <param name="x">q a E/(2kT).</param>
    /// <param name="temperature">Temperature [K].</param>
    public static double Factor(Device device, HopLaw law, double x, double temperature) =>
        Use(law, new FactorOf(device, new(x), new(1 / Constants.ThermalVoltage(temperature))));

    private sealed record FactorOf(Device Device, Scalar X, Scalar Inverse) : IHopLawUse<Scalar, double>
    {
        public double With<TLaw>()
            where TLaw : struct, IHopLaw<TLaw, Scalar> => TLaw.Of(Pack.One(Device), Device).Factor(X, Inverse);
    }
}
