using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Packs a number of each device into one parameter: the number itself for one device, one a lane for several.</summary>
/// <param name="value">The number, taken from a device's parameters.</param>
public delegate P Pack<P>(Func<Device, double> value)
    where P : struct, IParameter<P>;

/// <summary>Packing where there is one device only.</summary>
public static class Pack
{
    /// <summary>The packing of one device.</summary>
    public static Pack<Scalar> One(Device device) => value => new(value(device));
}
