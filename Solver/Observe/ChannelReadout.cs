using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;

namespace FvSolver.Solver.Observe;

/// <summary>Conductance of the channel between source and drain, on the frozen profile of its carriers.</summary>
/// <remarks>
/// In 1-D by <see cref="ColumnConductance"/>. In a cross-section
/// div(sigma grad psi) = 0 is solved between source and drain, with the image charge where electrons are part of the
/// model; for a channel that does not vary along x that is the same.
/// </remarks>
public sealed class ChannelReadout
{
    private readonly DeviceSimulation _device;
    private readonly ColumnConductance? _column;
    private readonly SheetConduction? _sheet;

    /// <summary>Read-out of a device.</summary>
    public ChannelReadout(DeviceSimulation device)
    {
        _device = device;
        if (device.Mesh.Dimension > 1)
            _sheet = new(device);
        else
            _column = new(device.Device, device.Mesh, device.Layout);
    }

    /// <summary>Conductance now [S].</summary>
    public double Conductance => Of(_device.State);

    /// <summary>Conductance of a state [S].</summary>
    public double Of(Scalar[] state) => _column?.Of(state) ?? _sheet!.Conductance(state);
}
