using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Time;

namespace FvSolver.Validation.Devices;

/// <summary>Diffusion or conduction through a stack of layers in perfect contact, on the solver's control volumes.</summary>
/// <remarks>capacity du/dt = d/dz(conductivity du/dz); u is held at both ends. Neighbouring layers share their node.</remarks>
internal sealed class LayeredSlab : IStiffSystem<Scalar>
{
    private readonly (int Left, int Right, double Conductance)[] _links;
    private readonly double _start, _end;

    /// <summary>A slab per area.</summary>
    /// <param name="layers">Thickness [m], conductivity, capacity and number of cells of each layer.</param>
    /// <param name="start">u at z = 0.</param>
    /// <param name="end">u at the far end.</param>
    public LayeredSlab(IReadOnlyList<(double Thickness, double Conductivity, double Capacity, int Cells)> layers, double start, double end)
    {
        (_start, _end) = (start, end);
        List<StackLayer> stack = [];
        double depth = 0;
        foreach ((double thickness, _, _, int cells) in layers)
        {
            stack.Add(new("layer", MaterialKind.Oxide, depth, Grading1D.Uniform(thickness, cells)));
            depth += thickness;
        }
        ControlVolumeMesh mesh = StackMesh.Build(stack, 1);
        // Each layer after the first starts with the last node of the one before.
        int Unknown(int node) => node - mesh.RegionOf(node);
        Size = mesh.NodeCount - (layers.Count - 1);
        Z = new double[Size];
        Mass = new Scalar[Size];
        for (int n = 0; n < mesh.NodeCount; n++)
        {
            Z[Unknown(n)] = mesh.Z[n];
            Mass[Unknown(n)] += new Scalar(layers[mesh.RegionOf(n)].Capacity * mesh.Volume[n]);
        }
        Mass[0] = Mass[^1] = default;
        _links = [.. Enumerable.Range(0, mesh.EdgeCount).Select(e => (Unknown(mesh.EdgeLeft[e]), Unknown(mesh.EdgeRight[e]),
            layers[mesh.RegionOf(mesh.EdgeLeft[e])].Conductivity * mesh.EdgeArea[e] / mesh.EdgeLength[e]))];
        Scale = [.. Enumerable.Repeat(Math.Max(Math.Abs(start), Math.Abs(end)), Size)];
        (int Row, int Column)[] entries = [.. Enumerable.Range(0, Size).SelectMany(i => new[] { (i, i - 1), (i, i), (i, i + 1) })
            .Where(e => e.Item2 >= 0 && e.Item2 < Size)];
        Solver = new BlockTridiagonal<Scalar>(new(Size, [.. entries.Select(e => e.Row)], [.. entries.Select(e => e.Column)],
            [.. Enumerable.Range(0, Size)], Scale));
    }

    /// <summary>Depth of each unknown [m].</summary>
    public double[] Z { get; }

    public int Size { get; }

    public int QuadratureCount => 0;

    public Scalar[] Mass { get; }

    public double[] Scale { get; }

    public ILinearSolver<Scalar> Solver { get; }

    public void Residual(double time, Scalar[] x, Scalar[] f, Scalar[] quadratureRate)
    {
        Array.Clear(f);
        foreach ((int left, int right, double conductance) in _links)
        {
            Scalar flux = (x[left] - x[right]) * conductance;
            f[left] -= flux;
            f[right] += flux;
        }
        (f[0], f[^1]) = (new(_start - x[0]), new(_end - x[^1]));
    }

    public void Jacobian(double time, Scalar[] x, Span<Scalar> jacobian, Scalar[][] quadratureGradient)
    {
        jacobian.Clear();
        foreach ((int left, int right, double conductance) in _links)
            foreach ((int row, int column, int sign) in new[] { (left, left, -1), (left, right, 1), (right, right, -1), (right, left, 1) })
                if (row > 0 && row < Size - 1)
                    jacobian[Solver.Slot(row, column)] += new Scalar(sign * conductance);
        jacobian[Solver.Slot(0, 0)] = jacobian[Solver.Slot(Size - 1, Size - 1)] = new(-1);
    }

    public void TimeDerivative(double time, Scalar[] state, Scalar[] rate, Scalar[] quadratureRate) => Array.Clear(rate);
}
