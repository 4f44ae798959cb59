using FvSolver.Cases.Fits;
using FvSolver.Cases.Fits.Laws;
using FvSolver.Materials;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Hopping;

/// <summary>The paper's joint fit to steps of a virtual device, one pulse from rest a point.</summary>
/// <param name="Distance">Apparent hopping distance [m].</param>
/// <param name="Exponent">Exponent of the pulse width.</param>
/// <param name="WorstResidual">Largest residual relative to the fitted step.</param>
/// <param name="Points">Amplitude [V], width [s], step of conductance [S], fitted step [S].</param>
internal sealed record SinglePulseFit(
    double Distance, double Exponent, double WorstResidual,
    IReadOnlyList<(double Amplitude, double Width, double Step, double Fitted)> Points)
{
    /// <summary>Runs the 4 x 4 grid of physics.md section 8 and fits it: 0.7 to 1 V/nm, 5 to 20 ns,
    /// unweighted least squares on the step.</summary>
    /// <param name="device">Parameters.</param>
    /// <param name="rtol">Relative tolerance of the time integration.</param>
    /// <param name="mesh">Mesh, or null for the default one.</param>
    /// <param name="cancel">Stops between pulses.</param>
    public static SinglePulseFit Measure(Device device, double rtol = 1e-5, MeshSettings? mesh = null, CancellationToken cancel = default)
    {
        List<double> amplitudes = [], widths = [], steps = [];
        double field = 1e9 * device.Psg.Thickness;
        foreach (double share in new[] { 0.7, 0.8, 0.9, 1.0 })
            foreach (double width in new[] { 5e-9, 10e-9, 15e-9, 20e-9 })
            {
                cancel.ThrowIfCancellationRequested();
                var point = new VirtualDevice(device, rtol, mesh);
                double before = point.Readout.Conductance;
                point.Pulse(share * field, width);
                amplitudes.Add(share * field);
                widths.Add(width);
                steps.Add(point.Readout.Conductance - before);
            }
        // The scale of the steps does not matter to the fit; of order 1 it converges best.
        double scale = steps.Max();
        var data = new FitData([amplitudes, widths], [.. steps.Select(s => s / scale)]);
        FitResult fit = Fit.Run(new JointLaw(device.Psg.Thickness, device.Heat.AmbientTemperature), data);
        return new(fit["a"].Value, fit["beta"].Value, fit.WorstRelativeResidual,
            [.. steps.Select((s, i) => (amplitudes[i], widths[i], s, fit.Fitted[i] * scale))]);
    }
}
