using FvSolver.Tests.House.Knot.Right;

namespace FvSolver.Tests.House.Knot.Left;

/// <summary>Half of a cycle of folders on purpose: knows the other half only within the body of a lambda.</summary>
internal static class Hen
{
    public static Func<object> Lay { get; } = () => new Egg();
}
