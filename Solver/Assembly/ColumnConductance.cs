using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

/// <summary>Conductance between source and drain of a channel that does not vary along x, on the frozen profile of its carriers.</summary>
public sealed class ColumnConductance
{
    private readonly double[] _thickness;
    private readonly ReadoutConductance<Scalar> _law;
    private readonly int _start, _film;

    /// <summary>That of a device on a 1-D mesh.</summary>
    public ColumnConductance(Device device, ControlVolumeMesh mesh, UnknownLayout layout)
    {
        (_start, _film) = (layout.Hydrogen, layout.FilmPotential);
        _law = ReadoutConductance<Scalar>.Of(Pack.One(device), device);
        _thickness = [.. layout.Wo3Nodes.Select(n => mesh.Volume[n] / device.Geometry.Area)];
    }

    /// <summary>Conductance of a state [S].</summary>
    public double Of(Scalar[] state)
    {
        double sum = 0;
        for (int j = 0; j < _thickness.Length; j++)
            sum += _thickness[j] * (_film < 0 ? _law.PerThickness(state[_start + j])
                : _law.WithSpaceCharge(state[_start + j], state[_film + j]));
        return sum;
    }
}
