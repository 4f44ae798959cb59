using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Assembly;

/// <summary>The voltage of the drain against the source, which is data.</summary>
internal sealed class DrainDrive<P>(UnknownLayout u) : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    /// <summary>Voltage over the segment.</summary>
    public LinearDrive<P> Drive { get; set; }

    /// <summary>True when it is 0 over the whole segment.</summary>
    public bool IsGrounded => VectorMath.LargestLane(P.Abs(Drive.Start) + P.Abs(Drive.Slope)) == 0;

    /// <summary>Time since the segment's start [s].</summary>
    public double Time { get; set; }

    public void Enter(MatrixEntries<P> entries) => entries.Add(u.DrainVoltage, u.DrainVoltage, P.From(-1));

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f) => f[u.DrainVoltage] += Drive.At(Time) - x[u.DrainVoltage];

    /// <summary>dF/dt at fixed unknowns.</summary>
    public void AddTimeDerivative(P[] rate) => rate[u.DrainVoltage] += Drive.Slope;
}
