using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;

namespace FvSolver.Solver.Observe;

/// <summary>Conductance of the channel between source and drain, on the frozen composition profile.</summary>
/// <remarks>
/// G = (W/L) integral of sigma dz with sigma = q mu_e (C + n_0); above the percolation threshold, where it is switched on,
/// sigma grows as (y/y_perc)^t instead of linearly. In 1-D the channel carries no sheet of image charge. In a cross-section
/// div(sigma grad psi) = 0 is solved between source and drain, with the image charge where electrons are part of the
/// model; for a channel that does not vary along x that is the same.
/// </remarks>
public sealed class ChannelReadout
{
    private readonly DeviceSimulation _device;
    private readonly double[] _weight;
    private readonly int _start;
    private readonly SheetConduction? _sheet;

    /// <summary>Read-out of a device.</summary>
    public ChannelReadout(DeviceSimulation device)
    {
        _device = device;
        _start = device.Layout.Hydrogen;
        DeviceGeometry g = device.Device.Geometry;
        if (device.Mesh.Dimension > 1)
            _sheet = new(device);
        // Volume over L W is the thickness that a node stands for.
        _weight = [.. device.Layout.Wo3Nodes.Select(n =>
            g.Width / g.Length * Constants.ElementaryCharge * device.Device.Wo3.ElectronMobility * device.Mesh.Volume[n] / g.Area)];
    }

    /// <summary>Conductance now [S].</summary>
    public double Conductance => Of(_device.State);

    /// <summary>Conductance of a state [S].</summary>
    public double Of(Scalar[] state)
    {
        if (_sheet is not null)
            return _sheet.Conductance(state);
        Channel wo3 = _device.Device.Wo3;
        double sum = 0;
        for (int j = 0; j < _weight.Length; j++)
        {
            double density = state[_start + j];
            double y = density / wo3.SiteDensity;
            double gain = wo3.PercolationThreshold > 0 && y > wo3.PercolationThreshold
                ? Math.Pow(y / wo3.PercolationThreshold, wo3.PercolationExponent - 1)
                : 1;
            sum += _weight[j] * gain * (density + wo3.BackgroundElectrons);
        }
        return sum;
    }
}
