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
