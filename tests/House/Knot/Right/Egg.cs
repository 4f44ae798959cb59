using FvSolver.Tests.House.Knot.Left;

namespace FvSolver.Tests.House.Knot.Right;

/// <summary>The other half: knows the first only by a call.</summary>
internal sealed class Egg
{
    public static int Hatch() => Hen.Lay.GetHashCode();
}
