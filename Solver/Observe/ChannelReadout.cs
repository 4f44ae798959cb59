using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Observe;

/// <summary>Conductance of the channel between source and drain, on the frozen profile of its carriers.</summary>
/// <remarks>
/// In 1-D by <see cref="ReadoutConductance{P}"/>. In a cross-section
/// div(sigma grad psi) = 0 is solved between source and drain, with the image charge where electrons are part of the
/// model; for a channel that does not vary along x that is the same.
/// </remarks>
public sealed class ChannelReadout
{
    private readonly DeviceSimulation _device;
    private readonly double[] _thickness;
    private readonly ReadoutConductance<Scalar> _law;
    private readonly int _start, _film;
    private readonly SheetConduction? _sheet;

    /// <summary>Read-out of a device.</summary>
    public ChannelReadout(DeviceSimulation device)
    {
        _device = device;
        (_start, _film) = (device.Layout.Hydrogen, device.Layout.FilmPotential);
        _law = ReadoutConductance<Scalar>.Of(Pack.One(device.Device), device.Device);
        if (device.Mesh.Dimension > 1)
            _sheet = new(device);
        _thickness = [.. device.Layout.Wo3Nodes.Select(n => device.Mesh.Volume[n] / device.Device.Geometry.Area)];
    }

    /// <summary>Conductance now [S].</summary>
    public double Conductance => Of(_device.State);

    /// <summary>Conductance of a state [S].</summary>
    public double Of(Scalar[] state)
    {
        if (_sheet is not null)
            return _sheet.Conductance(state);
        double sum = 0;
        for (int j = 0; j < _thickness.Length; j++)
            sum += _thickness[j] * (_film < 0 ? _law.PerThickness(state[_start + j])
                : _law.WithSpaceCharge(state[_start + j], state[_film + j]));
        return sum;
    }
}
