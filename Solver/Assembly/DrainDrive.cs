using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Assembly;

/// <summary>The voltage of the drain against the source, which is data.</summary>
internal sealed class DrainDrive<P>(UnknownLayout u) : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private int _slot;

    /// <summary>Voltage over the segment.</summary>
    public LinearDrive<P> Drive { get; set; }

    /// <summary>True when it is 0 over the whole segment.</summary>
    public bool IsGrounded => VectorMath.LargestLane(P.Abs(Drive.Start) + P.Abs(Drive.Slope)) == 0;

    /// <summary>Time since the segment's start [s].</summary>
    public double Time { get; set; }

    public void Declare(PatternBuilder pattern) => pattern.Add(u.DrainVoltage, u.DrainVoltage);

    public void Bind(ILinearSolver<P> solver) => _slot = solver.Slot(u.DrainVoltage, u.DrainVoltage);

    public void AddConstants(P[] jacobian, P[] mass) => jacobian[_slot] -= P.From(1);

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f) => f[u.DrainVoltage] += Drive.At(Time) - x[u.DrainVoltage];

    /// <remarks>It is linear: its entry of the Jacobian is constant.</remarks>
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian) => AddResidual(x, f);

    /// <summary>dF/dt at fixed unknowns.</summary>
    public void AddTimeDerivative(P[] rate) => rate[u.DrainVoltage] += Drive.Slope;
}
