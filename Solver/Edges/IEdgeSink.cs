using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Edges;

/// <summary>What is done with the flow of a group of edges.</summary>
internal interface IEdgeSink<W>
    where W : struct
{
    /// <summary>Takes a group; groups come one after the other. The last overlaps the one before it.</summary>
    /// <param name="e">First edge of the group.</param>
    /// <param name="ends">What is at the ends.</param>
    /// <param name="flow">Flux times area [1/s].</param>
    /// <param name="slopes">Its derivatives, in a sweep that works them out.</param>
    void Take(nint e, in EdgeEnds<W> ends, W flow, in FlowSlopes<W> slopes);

    /// <summary>Called after the last group.</summary>
    void Finish();
}
