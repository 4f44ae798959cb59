using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using static FvSolver.Solver.Arithmetic.AlignedArray;

namespace FvSolver.Solver.Edges;

/// <summary>Flows along edges that join any nodes, edge e at place e, until they are added to the balances of both ends.</summary>
/// <param name="Flow">Flux times area [1/s].</param>
/// <param name="Displacement">Displacement [C].</param>
/// <param name="Power">Dissipated power [W].</param>
internal sealed record EdgeFlows<P>(P[] Flow, P[] Displacement, P[] Power)
    where P : struct, IParameter<P>
{
    /// <summary>Room for the flows of edges.</summary>
    public static EdgeFlows<P> Create(int edges, bool isCharged, bool hasPower)
    {
        P[] Room(bool present) => present && edges > 0 ? AlignedArray.Create<P>(edges) : [];
        return new(Room(true), Room(isCharged), Room(hasPower));
    }

    /// <summary>Takes flows from the left ends and gives them to the right ones; likewise displacements, if there are any.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public void Move(ref P rates, ref P charges, EdgeSet edges)
    {
        ref int l = ref MemoryMarshal.GetArrayDataReference(edges.LeftRow), r = ref MemoryMarshal.GetArrayDataReference(edges.RightRow);
        ref int leftNode = ref MemoryMarshal.GetArrayDataReference(edges.Left),
            rightNode = ref MemoryMarshal.GetArrayDataReference(edges.Right);
        ref P flow = ref First(Flow), displacement = ref First(Displacement);
        bool hasCharge = Displacement.Length > 0;
        for (nint e = 0; e < edges.Count; e++)
        {
            int from = Unsafe.Add(ref l, e), to = Unsafe.Add(ref r, e);
            Unsafe.Add(ref rates, from) -= Unsafe.Add(ref flow, e);
            Unsafe.Add(ref rates, to) += Unsafe.Add(ref flow, e);
            if (!hasCharge)
                continue;
            Unsafe.Add(ref charges, Unsafe.Add(ref leftNode, e)) -= Unsafe.Add(ref displacement, e);
            Unsafe.Add(ref charges, Unsafe.Add(ref rightNode, e)) += Unsafe.Add(ref displacement, e);
        }
    }

    /// <summary>Gives half of the power to either end.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public void Share(ref P rates, int[] left, int[] right)
    {
        ref int l = ref MemoryMarshal.GetArrayDataReference(left), r = ref MemoryMarshal.GetArrayDataReference(right);
        ref P power = ref First(Power);
        for (nint e = 0; e < left.Length; e++)
        {
            P half = Unsafe.Add(ref power, e) * 0.5;
            Unsafe.Add(ref rates, Unsafe.Add(ref l, e)) += half;
            Unsafe.Add(ref rates, Unsafe.Add(ref r, e)) += half;
        }
    }
}
