using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Solver.Maps;

/// <summary>A directly computed pulse with its rest.</summary>
/// <param name="Start">u before.</param>
/// <param name="End">u after the rest.</param>
/// <param name="Step">Change of content over N_0: e^End - e^Start without its cancellation.</param>
/// <param name="LeastGiven">Least hydrogen that the gate has given in between, beyond what it had at the start.</param>
/// <param name="MostGiven">Most.</param>
/// <param name="Row">Row of <see cref="PulseTable"/>.</param>
/// <param name="Quadratures">Growth of the quadratures.</param>
/// <param name="Nuclei">Expected number of nuclei of bubbles.</param>
/// <param name="Extremes">Extremes of the pulse.</param>
/// <param name="Strain">How far the state after the rest is from the settled one of its content, see
/// <see cref="SettledStates.Distance"/>.</param>
/// <param name="State">State after the rest.</param>
public sealed record PulseSample(
    double Start, double End, double Step, double LeastGiven, double MostGiven, double[] Row, double[] Quadratures, double Nuclei,
    RunExtremes Extremes, double Strain, Scalar[] State);

/// <summary>Where a directly computed pulse starts, and what it is.</summary>
/// <param name="Place">Puts a device into the state before.</param>
/// <param name="Amplitude">Amplitude [V].</param>
/// <param name="Width">Width [s].</param>
internal sealed record PulseStart(Action<DeviceSimulation> Place, double Amplitude, double Width);
