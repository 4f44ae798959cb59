namespace FvSolver.Tests.Physics;

/// <summary>Marks a test that proves the own identity of terms: equilibrium, limits or sign.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CoversAttribute(params Type[] terms) : Attribute
{
    public Type[] Terms { get; } = terms;
}
